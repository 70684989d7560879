import type { ListQuery } from '@rollcall/sdk'
import type { SearchPart } from '../../../shell/search-part.ts'
import { errorText } from '../../../text/error-text.ts'
import { DEFAULT_COLUMNS, FIELDS, METADATA } from '../../../directory/user-fields.ts'
import { allOf, filterText, NO_FILTER, groupOf, type Group } from '../filter/filter.ts'
import { filterFrom } from '../filter/filter-text.ts'
import { sortFrom, sortText, type SortKey } from './sort.ts'
import { readTyped } from '../search/typed-query.ts'

/** The search part of an address of the users page. */
export type Search = SearchPart<SearchName>
/** What can stand in it. */
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
