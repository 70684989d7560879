import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useMay } from '../../../directory/me.ts'
import { usePreferences } from '../../../shell/preferences.ts'
import { viewFrom, type Search, type SearchName, type ViewInAddress } from './address.ts'

/** Changes of the address; undefined takes a part out. */
export type Change = Readonly<Partial<Record<SearchName, string | undefined>>>

/** `replace` leaves no step to go back to. */
export type ChangeView = (change: Change, options?: { readonly replace?: boolean }) => void

/** The search part of the address, and how to change it. */
export function useAddress(): readonly [Search, ChangeView] {
  const search: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const change = useCallback<ChangeView>(
    (patch, { replace = false } = {}) => {
      void navigate({ to: '.', search: ((now: Search) => ({ ...now, ...patch })) as never, replace })
    },
    [navigate],
  )
  return [search, change]
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
