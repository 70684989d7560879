import { useQuery } from '@tanstack/react-query'
import type { User } from '@rollcall/sdk'
import { useSettled } from '../use-settled.ts'
import { directory } from './client.ts'
import { useMay } from './me.ts'

interface FoundUsers {
  /** The best matches first; none while they are searched for. */
  readonly users: readonly User[]
  readonly isSearching: boolean
  readonly error: Error | null
}

const PAUSE_MS = 150

/** Users as one types: asked for after a pause, and what comes too late is dropped. Texts shorter than `lengthMin` find nobody. */
export function useFoundUsers(text: string, max: number, lengthMin = 0): FoundUsers {
  const wanted = text.trim()
  const search = useSettled(wanted, PAUSE_MS)
  const mayRead = useMay('users:read')
  const isEnabled = mayRead && search.length >= lengthMin
  const { data, isFetching, error } = useQuery({
    queryKey: ['users', 'found', search, max],
    queryFn: ({ signal }) =>
      directory.users.list({ ...(search === '' ? {} : { search }), limit: max, count: 'none' }, { signal }),
    enabled: isEnabled,
  })
  const isCurrent = isEnabled && search === wanted
  return {
    users: isCurrent ? (data?.users ?? []) : [],
    isSearching: mayRead && wanted.length >= lengthMin && (!isCurrent || isFetching),
    error: isCurrent && !isFetching ? error : null,
  }
}
