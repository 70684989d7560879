import { useCallback, useEffect, useMemo } from 'react'
import { useMay } from '../../../directory/me.ts'
import { usePreferences } from '../../../shell/preferences.ts'
import { useSearchPart, type ChangeSearch } from '../../../shell/search-part.ts'
import { viewFrom, type ViewInAddress } from './address.ts'
import { columnsText, OWN_COLUMNS } from './columns.ts'
import { placeFrom, rowFrom, type ListPlace } from './list-place.ts'
import { changesList, type Search, type SearchName } from './search.ts'

/** Changes what is shown, by changing the address. */
export type ChangeView = ChangeSearch<SearchName>

/** What of the address changes; undefined takes a part out. */
export type Change = Parameters<ChangeView>[0]

const BESIDE_THE_LIST: ReadonlySet<string> = new Set(['user', 'new', 'tab', 'dialect', 'tree'])
const PLACE: ReadonlySet<string> = new Set(['row', 'active'])

/** The search part of the address, and how to change it. */
export function useAddress(): readonly [Search, ChangeView] {
  const [search, change] = useSearchPart<SearchName>()
  const changeView = useCallback<ChangeView>(
    (patch, options) => {
      change(changesList(patch) ? { ...patch, row: undefined, active: undefined } : patch, options)
    },
    [change],
  )
  return [search, changeView]
}

/** What the address shows. It stays the same object while only the open panel and the place in the list change. */
export function useView(search: Search): ViewInAddress {
  const { columns } = usePreferences()
  const mayReadMetadata = useMay('users:read-metadata')
  const liked = leavesColumns(search) ? columns : null
  const text = JSON.stringify(Object.entries(search).filter((part) => !BESIDE_THE_LIST.has(part[0]) && !isPlace(part)))
  return useMemo(
    () => viewFrom(Object.fromEntries(JSON.parse(text) as [string, string][]), liked, mayReadMetadata),
    [text, liked, mayReadMetadata],
  )
}

/** Where in the list the address says one is. It stays the same object while that stays the same. */
export function useListPlace({ row, active }: Search): ListPlace {
  return useMemo(() => placeFrom({ ...(row && { row }), ...(active && { active }) }), [row, active])
}

/** Has the address say which columns are shown, so that a copy of it shows them to whoever likes others. */
export function useToldColumns({ columns: told }: Search, columns: readonly string[], change: ChangeView): void {
  const isUntold = told === undefined || told === OWN_COLUMNS
  const text = columnsText(columns)
  useEffect(() => {
    if (isUntold) change({ columns: text }, { replace: true })
  }, [isUntold, text, change])
}

// The page as one comes to it. An address that says which list, and nothing of columns, is the same to everybody.
function leavesColumns({ columns, ...rest }: Search): boolean {
  return (
    columns === OWN_COLUMNS || (columns === undefined && Object.keys(rest).every((name) => BESIDE_THE_LIST.has(name)))
  )
}

function isPlace([name, text]: [string, string]): boolean {
  return PLACE.has(name) && rowFrom(text) !== undefined
}
