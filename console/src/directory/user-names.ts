import { useQuery } from '@tanstack/react-query'
import { directory } from './client.ts'
import { useMay } from './me.ts'

const NONE: ReadonlyMap<string, string> = new Map()
const AT_ONCE = 1000

/** What users are called, by id, where only ids are known. Those the caller may not see are not in it. */
export function useUserNames(ids: Iterable<string>): ReadonlyMap<string, string> {
  const wanted = [...new Set(ids)].sort()
  const mayRead = useMay('users:read')
  const { data } = useQuery({
    queryKey: ['users', 'names', wanted],
    queryFn: ({ signal }) => namesOf(wanted, signal),
    enabled: mayRead && wanted.length > 0,
    staleTime: 60_000,
    placeholderData: (before) => before,
  })
  return data ?? NONE
}

async function namesOf(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const filter = `id in (${ids
      .slice(at, at + AT_ONCE)
      .map((id) => `"${id}"`)
      .join(', ')})`
    const query = { filter, fields: ['id', 'fullName'], limit: AT_ONCE, count: 'none', includeDeleted: true } as const
    const { users } = await directory.users.query(query, { signal })
    for (const { id, fullName } of users) names.set(id, fullName)
  }
  return names
}
