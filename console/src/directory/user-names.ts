import { useQuery } from '@tanstack/react-query'
import { answers, directory } from './client.ts'
import { idFilter } from './id-filter.ts'
import { useMay } from './me.ts'

const NONE: ReadonlyMap<string, string> = new Map()
const AT_ONCE = 1000
const FRESH_MS = 60_000

/** What users are called, by id, where only ids are known. Those the caller may not see are not in it. */
export function useUserNames(ids: Iterable<string>): ReadonlyMap<string, string> {
  const wanted = [...new Set(ids)].sort()
  const mayRead = useMay('users:read')
  const { data } = useQuery({
    queryKey: ['users', 'names', wanted],
    queryFn: ({ signal }) => namesOf(wanted, signal),
    enabled: mayRead && wanted.length > 0,
    staleTime: FRESH_MS,
    placeholderData: (before) => before,
  })
  return data ?? NONE
}

const nameKey = (id: string) => ['users', 'name', id] as const

async function namesOf(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const left = ids.filter((id) => !isKnown(id))
  for (let at = 0; at < left.length; at += AT_ONCE) await askFor(left.slice(at, at + AT_ONCE), signal)
  return new Map(
    ids.flatMap((id): readonly (readonly [string, string])[] => {
      const name = answers.getQueryData<string | null>(nameKey(id))
      return name == null ? [] : [[id, name]]
    }),
  )
}

// A list that is scrolled names the same few people again and again.
function isKnown(id: string): boolean {
  const state = answers.getQueryState(nameKey(id))
  return state?.data !== undefined && !state.isInvalidated && Date.now() - state.dataUpdatedAt < FRESH_MS
}

async function askFor(ids: readonly string[], signal: AbortSignal): Promise<void> {
  const query = {
    filter: idFilter(ids),
    fields: ['id', 'fullName'],
    limit: AT_ONCE,
    count: 'none',
    includeDeleted: true,
  } as const
  const { users } = await directory.users.query(query, { signal })
  const names = new Map(users.map(({ id, fullName }) => [id, fullName]))
  // Null for whom the caller may not see, who is not asked for again either.
  for (const id of ids) answers.setQueryData(nameKey(id), names.get(id) ?? null)
}
