import { queryOptions } from '@tanstack/react-query'
import type { BatchOperation, PageQuery } from '@rollcall/sdk'
import { directory } from '../../directory/client.ts'
import { idFilter } from '../../directory/id-filter.ts'
import { operationOf, SUBJECT_FIELDS, type Change, type Subject } from './change.ts'
import type { Target } from './change-many.ts'

/** Users shown before a change of many is made. */
const FIRST = 8

/** How many users a change would meet now, and the first of them. */
export function firstOf(target: Target) {
  const query: PageQuery =
    target.kind === 'all' ? target.query : { filter: idFilter(target.ids.slice(0, FIRST)), includeDeleted: true }
  const asked = { ...query, fields: SUBJECT_FIELDS, limit: FIRST }
  return queryOptions({
    queryKey: ['users', 'first', asked] as const,
    queryFn: async ({ signal }) => {
      const { users, total = 0 } = await (target.kind === 'all'
        ? directory.users.list(asked, { signal })
        : directory.users.query(asked, { signal }))
      return { users, total: target.kind === 'all' ? total : target.ids.length }
    },
    staleTime: 0,
  })
}

/** What would become of the first users: the server's own answer to a trial that writes nothing. */
export function trialOf(change: Change | null, users: readonly Subject[]) {
  return queryOptions({
    queryKey: ['users', 'trial', change, users.map(({ id, revision }) => [id, revision])] as const,
    queryFn: async ({ signal }) => {
      const operations: readonly BatchOperation[] =
        change === null ? [] : users.map((user) => operationOf(change, user))
      const { results } = await directory.users.batch({ operations, atomic: false, dryRun: true }, { signal })
      return results
    },
    enabled: change !== null && users.length > 0,
    staleTime: 0,
  })
}
