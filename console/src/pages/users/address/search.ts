import type { SearchPart } from '../../../shell/search-part.ts'

/** What can stand in the search part of an address of the users page. */
export type SearchName =
  | 'q'
  | 'filter'
  | 'sort'
  | 'columns'
  | 'customer'
  | 'subsidiaries'
  | 'deleted'
  | 'row'
  | 'active'
  | 'user'
  | 'new'
  | 'tab'
  | 'dialect'
  | 'tree'

/** The search part of an address of the users page. */
export type Search = SearchPart<SearchName>

/** What another list has otherwise: it begins at its first row. */
const WHICH_LIST: readonly SearchName[] = ['q', 'filter', 'sort', 'customer', 'subsidiaries', 'deleted']

/** Whether a change of an address leads to another list. */
export function changesList(change: Readonly<Partial<Record<SearchName, string | undefined>>>): boolean {
  return WHICH_LIST.some((name) => name in change)
}

/** Which list the search part of an address is of, as a text to be compared. */
export function listText(search: string): string {
  const said = new URLSearchParams(search)
  return JSON.stringify(WHICH_LIST.map((name) => said.get(name)))
}

/** The number of the customer an address names; null where it names none. */
export function customerFrom(text: string): number | null {
  return /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null
}
