import type { ColumnSort } from '@tanstack/react-table'
import { FIELDS } from '../../../directory/user-fields.ts'

/** One of the keys a list is sorted by, first to last: the field, and whether it goes downwards. */
export type SortKey = Readonly<ColumnSort>

/** Keys a list can be sorted by. */
export const SORT_MAX = 8
/** Fields by what addresses and `/v1` call sorting by them. */
const SORTED: ReadonlyMap<string, string> = new Map(
  [...FIELDS.values()].flatMap(({ name, sortBy }) => (sortBy === null ? [] : [[sortBy, name] as const])),
)

/** `familyName:desc,givenName`; what cannot be sorted by is passed over. */
export function sortFrom(text: string): readonly SortKey[] {
  const keys = text.split(',').flatMap((one): readonly SortKey[] => {
    const [by = '', order] = one.split(':')
    const id = SORTED.get(by)
    return id === undefined ? [] : [{ id, desc: order === 'desc' }]
  })
  return keys.filter(({ id }, at) => keys.findIndex((key) => key.id === id) === at).slice(0, SORT_MAX)
}

/** What in such a text cannot be sorted by, as a sentence; null where all of it can. */
export function sortFault(text: string): string | null {
  const keys = text.split(',')
  if (keys.length > SORT_MAX) return `a list is sorted by at most ${SORT_MAX} fields.`
  for (const key of keys) {
    const [by = '', ...orders] = key.split(':')
    const order = orders.join(':')
    if (!SORTED.has(by)) return `users cannot be sorted by ${by === '' ? 'nothing' : by}.`
    if (orders.length > 0 && order !== 'asc' && order !== 'desc') return `${by} is sorted asc or desc, not ${order}.`
  }
  return null
}

/** One key as an address and `/v1` have it. */
export function sortText({ id, desc }: SortKey): string {
  const by = FIELDS.get(id)?.sortBy ?? id
  return desc ? `${by}:desc` : by
}
