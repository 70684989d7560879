import type { UserRow } from './user-row.ts'

/** Bytes of a text that an index certainly takes: 2,704 are the most for all of a row. */
const SHORT_BYTES = 2000

/** Letters of a longer text that an index has of it, four bytes each at most. */
const LEAD_LENGTH = 400

/** The columns that may have longer texts. The indexes of their orders leave those out, and others have their leads. */
export const LONG_COLUMNS: readonly string[] = [
  'given_name', 'family_name', 'full_name', 'display_name', 'status_reason', 'message', 'description',
] // prettier-ignore

/** Both names of a user together: the name of an author, as a column. */
export const LONG_AUTHOR = 'name'

/** The condition that a text is in the index of its column's order, or absent. A statement that is to use it must say so. */
export function shortText(column: string): string {
  return `(octet_length(${column}) <= ${SHORT_BYTES}) IS NOT FALSE`
}

/** The condition that a text is too long for it: all that `shortText` leaves out. */
export function longText(column: string): string {
  return rarely(`coalesce(octet_length(${column}), 0)`)
}

// That a number is above what is short. As an equation, which the planner takes for rare; a third of all users, which is what it
// thinks of a comparison it knows nothing about, it would rather look at in another order.
function rarely(bytes: string): string {
  return `least(${bytes}, ${SHORT_BYTES + 1}) = ${SHORT_BYTES + 1}`
}

/** The condition that both names of a user are in the index of names: together they take no more room than one text may. */
export function shortNames(family: string, given: string): string {
  const together = `(octet_length(${family}) + octet_length(${given}) <= ${SHORT_BYTES}) IS NOT FALSE`
  return [shortText(family), shortText(given), together].join(' AND ')
}

/** The condition that they are not: all that `shortNames` leaves out. */
export function longNames(family: string, given: string): string {
  return rarely(`coalesce(octet_length(${family}), 0) + coalesce(octet_length(${given}), 0)`)
}

/** The first letters of a text, as an expression: in the order of texts, but the same for several of them. */
export function lead(column: string): string {
  return `left(${column}, ${LEAD_LENGTH})`
}

/** The first letters of a text. */
export function leadOf(text: string): string {
  return text.length <= LEAD_LENGTH ? text : Array.from(text).slice(0, LEAD_LENGTH).join('')
}

/** The columns of rows that have long texts, as bits of the counter `long`. */
export function longColumns(rows: readonly UserRow[]): number {
  let bits = 0
  for (const row of rows) {
    for (const [place, column] of LONG_COLUMNS.entries()) if (isLong(row[column])) bits |= 1 << place
    if (isLong(`${String(row['family_name'] ?? '')}\u0001${String(row['given_name'] ?? '')}`)) bits |= authorBit
  }
  return bits
}

const authorBit = 1 << LONG_COLUMNS.length

/** Whether a column, or both names together, have ever had a long text. */
export function hasLong(bits: number, column: string): boolean {
  const place = LONG_COLUMNS.indexOf(column)
  if (column === LONG_AUTHOR) return (bits & authorBit) !== 0
  return place >= 0 && (bits & (1 << place)) !== 0
}

/** Whether a value is a text too long for an index. */
export function isLong(value: unknown): value is string {
  return typeof value === 'string' && value.length * 3 > SHORT_BYTES && Buffer.byteLength(value) > SHORT_BYTES
}
