import { useMemo } from 'react'
import { useMay } from '../../../directory/me.ts'
import { usePreferences } from '../../../shell/preferences.ts'
import { useSearchPart, type ChangeSearch } from '../../../shell/search-part.ts'
import { viewFrom, type Search, type SearchName, type ViewInAddress } from './address.ts'

/** Changes what is shown, by changing the address. */
export type ChangeView = ChangeSearch<SearchName>

/** What of the address changes; undefined takes a part out. */
export type Change = Parameters<ChangeView>[0]

/** The search part of the address, and how to change it. */
export function useAddress(): readonly [Search, ChangeView] {
  return useSearchPart<SearchName>()
}

const NOT_OF_THE_LIST: ReadonlySet<string> = new Set(['user', 'new', 'tab', 'dialect', 'tree'])

/** What the address shows. It stays the same object while only the open panel changes. */
export function useView(search: Search): ViewInAddress {
  const { columns } = usePreferences()
  const mayReadMetadata = useMay('users:read-metadata')
  const text = JSON.stringify(Object.entries(search).filter(([name]) => !NOT_OF_THE_LIST.has(name)))
  return useMemo(
    () => viewFrom(Object.fromEntries(JSON.parse(text) as [string, string][]), columns, mayReadMetadata),
    [text, columns, mayReadMetadata],
  )
}
