/** What stands where there is nothing. */
export const NOTHING = '–'

/** A member of a user as a person reads it: lists with commas, maps entry by entry, a dash for nothing. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return JSON.stringify(value)
  const text = Array.isArray(value) ? value.join(', ') : entriesText(value)
  return text === '' ? NOTHING : text
}

function entriesText(value: object): string {
  return Object.entries(value)
    .map(([name, entry]) => `${name}: ${typeof entry === 'string' ? entry : JSON.stringify(entry)}`)
    .join(', ')
}
