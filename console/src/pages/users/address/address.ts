import type { ListQuery } from '@rollcall/sdk'
import { errorText } from '../../../text/error-text.ts'
import { DEFAULT_COLUMNS, FIELDS, METADATA } from '../../../directory/user-fields.ts'
import { allOf, filterText, NO_FILTER, groupOf, type Group } from '../filter/filter.ts'
import { filterFrom } from '../filter/filter-text.ts'
import { readTyped } from '../search/typed-query.ts'

/** The search part of an address of the users page. */
export type Search = Readonly<Partial<Record<SearchName, string>>>
export type SearchName =
  | 'q'
  | 'filter'
  | 'sort'
  | 'columns'
  | 'customer'
  | 'subsidiaries'
  | 'deleted'
  | 'user'
  | 'new'
  | 'tab'
  | 'dialect'
  | 'tree'

export interface SortKey {
  readonly field: string
  readonly isDescending: boolean
}

/** What an address shows. */
export interface ViewInAddress {
  readonly q: string
  readonly filter: Group
  readonly sort: readonly SortKey[]
  readonly columns: readonly string[]
  readonly customerId: number | null
  readonly withSubsidiaries: boolean
  readonly withDeleted: boolean
  /** What in the address or the search box cannot be understood. */
  readonly fault: string | null
  /** What /v1 is asked; of no use where there is a fault. */
  readonly query: ListQuery
}

const SORT_MAX = 8
const SORTABLE: ReadonlySet<string> = new Set([...FIELDS.values()].flatMap(({ sortBy }) => sortBy ?? []))

/** Reads an address; where it says nothing of columns, `columns` are meant. `mayReadMetadata` leaves out what the caller is not shown. */
export function viewFrom(search: Search, columns: readonly string[] | null, mayReadMetadata: boolean): ViewInAddress {
  const q = search.q ?? ''
  const typed = readTyped(q)
  const { filter, fault } = chipsFrom(search.filter ?? '')
  const customerId = /^[1-9]\d{0,15}$/.test(search.customer ?? '') ? Number(search.customer) : null
  const withSubsidiaries = search.subsidiaries !== 'no'
  const withDeleted = search.deleted === 'yes'
  const sort = sortFrom(search.sort ?? '')
  const text = filterText(allOf([filter, ...typed.filters]))
  return {
    q,
    filter,
    sort,
    columns: columnsFrom(search.columns, columns, mayReadMetadata),
    customerId,
    withSubsidiaries,
    withDeleted,
    fault: fault ?? typed.fault,
    query: {
      ...(text === '' ? {} : { filter: text }),
      ...(typed.search === '' ? {} : { search: typed.search }),
      ...typed.patterns,
      ...(customerId === null ? {} : { customerId, ...(withSubsidiaries ? { includeSubsidiaries: true } : {}) }),
      ...(withDeleted ? { includeDeleted: true } : {}),
      ...(sort.length === 0 ? {} : { sort: sort.map(sortText) }),
    },
  }
}

function chipsFrom(text: string): { readonly filter: Group; readonly fault: string | null } {
  try {
    return { filter: groupOf(filterFrom(text)), fault: null }
  } catch (error) {
    return { filter: NO_FILTER, fault: `The filter in the address: ${errorText(error)}` }
  }
}

function columnsFrom(written: string | undefined, liked: readonly string[] | null, mayReadMetadata: boolean) {
  const named = written === undefined ? (liked ?? DEFAULT_COLUMNS) : written.split(',')
  const known = [...new Set(named)].filter((name) => FIELDS.has(name) && (mayReadMetadata || !METADATA.has(name)))
  return known.length === 0 ? DEFAULT_COLUMNS : known
}

/** `familyName:desc,givenName`; what cannot be sorted by is passed over. */
export function sortFrom(text: string): readonly SortKey[] {
  const keys = text.split(',').flatMap((one): readonly SortKey[] => {
    const [field = '', order] = one.split(':')
    return SORTABLE.has(field) ? [{ field, isDescending: order === 'desc' }] : []
  })
  return keys.filter(({ field }, at) => keys.findIndex((key) => key.field === field) === at).slice(0, SORT_MAX)
}

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
