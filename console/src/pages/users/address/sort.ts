import { FIELDS } from '../../../directory/user-fields.ts'

/** One of the keys a list is sorted by, first to last. */
export interface SortKey {
  readonly field: string
  readonly isDescending: boolean
}

/** Keys a list can be sorted by. */
export const SORT_MAX = 8
const SORTABLE: ReadonlySet<string> = new Set([...FIELDS.values()].flatMap(({ sortBy }) => sortBy ?? []))

/** `familyName:desc,givenName`; what cannot be sorted by is passed over. */
export function sortFrom(text: string): readonly SortKey[] {
  const keys = text.split(',').flatMap((one): readonly SortKey[] => {
    const [field = '', order] = one.split(':')
    return SORTABLE.has(field) ? [{ field, isDescending: order === 'desc' }] : []
  })
  return keys.filter(({ field }, at) => keys.findIndex((key) => key.field === field) === at).slice(0, SORT_MAX)
}

/** What in such a text cannot be sorted by, as a sentence; null where all of it can. */
export function sortFault(text: string): string | null {
  const keys = text.split(',')
  if (keys.length > SORT_MAX) return `a list is sorted by at most ${SORT_MAX} fields.`
  for (const key of keys) {
    const [field = '', ...orders] = key.split(':')
    const order = orders.join(':')
    if (!SORTABLE.has(field)) return `users cannot be sorted by ${field === '' ? 'nothing' : field}.`
    if (orders.length > 0 && order !== 'asc' && order !== 'desc') return `${field} is sorted asc or desc, not ${order}.`
  }
  return null
}

/** One key as an address and `/v1` have it. */
export function sortText({ field, isDescending }: SortKey): string {
  return isDescending ? `${field}:desc` : field
}

/** What a click on a column does: ascending, descending, then not at all; with `isAdded` the other keys stay. */
export function sortedBy(sort: readonly SortKey[], field: string, isAdded: boolean): readonly SortKey[] {
  const known = sort.find((key) => key.field === field)
  const next =
    known === undefined
      ? { field, isDescending: false }
      : known.isDescending
        ? undefined
        : { field, isDescending: true }
  if (!isAdded) return next === undefined ? [] : [next]
  if (known === undefined) return [...sort, { field, isDescending: false }].slice(-SORT_MAX)
  return sort.flatMap((key) => (key.field === field ? (next ?? []) : key))
}
