import { useNavigate } from '@tanstack/react-router'
import type { Search } from './address.ts'

/** What belongs to a view: everything but the user that is open. */
export function viewQueryOf({ user: _, tab: __, tree: ___, ...kept }: Search): string {
  return new URLSearchParams(kept).toString()
}

/** Shows a saved view. */
export function useShowView(): (query: string) => void {
  const navigate = useNavigate()
  return (query) => {
    void navigate({ to: '/users', search: Object.fromEntries(new URLSearchParams(query)) as never })
  }
}
