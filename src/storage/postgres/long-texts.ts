import type { UserRow } from './user-row.ts'

/** Bytes of a text that an index certainly takes: 2,704 are the most for all of a row. */
const SHORT_BYTES = 2000

/** The columns that may have longer texts. Indexes leave those out. */
export const LONG_COLUMNS: readonly string[] = [
  'given_name', 'family_name', 'full_name', 'display_name', 'status_reason', 'message', 'description',
] // prettier-ignore

/** Both names of a user together: the name of an author, as a column. */
export const LONG_AUTHOR = 'name'

/**
 * The condition of the index of a column that a text is in it. A statement that is to use the index must say so, and may
 * while no user ever had a longer one.
 */
export function shortText(column: string): string {
  return `(octet_length(${column}) <= ${SHORT_BYTES}) IS NOT FALSE`
}

/** The condition that both names of a user are in the index of names: together they take no more room than one text may. */
export function shortNames(family: string, given: string): string {
  const together = `(octet_length(${family}) + octet_length(${given}) <= ${SHORT_BYTES}) IS NOT FALSE`
  return [shortText(family), shortText(given), together].join(' AND ')
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

function isLong(value: UserRow[string] | undefined): boolean {
  return typeof value === 'string' && value.length * 3 > SHORT_BYTES && Buffer.byteLength(value) > SHORT_BYTES
}
