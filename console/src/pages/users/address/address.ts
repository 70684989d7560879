import type { ListQuery } from '@rollcall/sdk'
import { errorText } from '../../../text/error-text.ts'
import { allOf, filterText, NO_FILTER, groupOf, type Group } from '../filter/filter.ts'
import { filterFrom } from '../filter/filter-text.ts'
import { addressFault } from './address-fault.ts'
import { columnsFrom } from './columns.ts'
import { customerFrom, type Search } from './search.ts'
import { sortFrom, sortText, type SortKey } from './sort.ts'
import { readTyped } from '../search/typed-query.ts'

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
  const customerId = customerFrom(search.customer ?? '')
  const withSubsidiaries = search.subsidiaries !== 'no'
  const withDeleted = search.deleted === 'yes'
  const sort = sortFrom(search.sort ?? '')
  const text = filterText(allOf([filter, ...typed.filters]))
  return {
    q,
    filter,
    sort,
    columns: columnsFrom(search.columns ?? '', columns, mayReadMetadata),
    customerId,
    withSubsidiaries,
    withDeleted,
    fault: fault ?? addressFault(search) ?? typed.fault,
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
