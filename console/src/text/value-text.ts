/** What stands where there is nothing. */
export const NOTHING = '–'

/** A member of a user as a person reads it: lists with commas, maps entry by entry, a dash for nothing. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return NOTHING
  return said(value) || NOTHING
}

function said(value: NonNullable<unknown>): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? entriesText(value) : JSON.stringify(value)
}

function entriesText(value: object): string {
  return Object.entries(value)
    .map(([name, entry]) => `${name}: ${typeof entry === 'string' ? entry : JSON.stringify(entry)}`)
    .join(', ')
}
