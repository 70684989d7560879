import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** The search part of an address, by the names a page knows. */
export type SearchPart<Name extends string> = Readonly<Partial<Record<Name, string>>>

/** Changes it: undefined takes a name out, and `replace` leaves no step to go back to. */
export type ChangeSearch<Name extends string> = (
  change: Readonly<Partial<Record<Name, string | undefined>>>,
  options?: { readonly replace?: boolean },
) => void

/** The search part of the address of the page that is shown, and how to change it. */
export function useSearchPart<Name extends string>(): readonly [SearchPart<Name>, ChangeSearch<Name>] {
  const search: SearchPart<string> = useSearch({ strict: false })
  const navigate = useNavigate()
  const change = useCallback<ChangeSearch<Name>>(
    (patch, { replace = false } = {}) => {
      void navigate({ to: '.', search: (now: SearchPart<string>) => ({ ...now, ...patch }), replace })
    },
    [navigate],
  )
  return [search, change]
}
