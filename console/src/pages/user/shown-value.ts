/** A member of a user as a person reads it: lists with commas, maps as JSON, a dash for nothing. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join(', ')
  if (typeof value === 'object') return Object.keys(value).length === 0 ? '–' : JSON.stringify(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
