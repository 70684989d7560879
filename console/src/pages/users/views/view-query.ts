import type { Search } from '../address/search.ts'

/**
 * What belongs to a view, as an address has it: everything but the user that is open and the place in the list, and the columns also where the address
 * leaves them to who looks. The same view is the same text, whatever was chosen first.
 */
export function viewQueryOf(
  { user: _, tab: __, dialect: ___, tree: ____, new: _____, row: ______, active: _______, ...kept }: Search,
  columns: readonly string[],
) {
  const pairs = Object.entries({ ...kept, columns: columns.join(',') })
  return new URLSearchParams(pairs.sort(([a], [b]) => (a < b ? -1 : 1))).toString()
}
