import type { Caller } from './caller.ts'
import { may } from './principal.ts'
import { isWithinScope } from './scope.ts'
import type { Instant } from './user.ts'
import { getUser } from './user-reads.ts'

/**
 * When a user, live or deleted, was last there; null for never. That is the newest of `lastLoginAt`, which others write, and,
 * for who may read tokens or activity, of all that was asked or opened with the user's tokens and sessions, as far as these
 * see no more than the caller. Throws like `getUser`.
 */
export async function lastSeen(caller: Caller, id: string): Promise<Instant | null> {
  const { principal, store } = caller
  const user = await getUser(caller, { id: id.toLowerCase() }, true)
  const known: Instant[] = user.lastLoginAt === null ? [] : [user.lastLoginAt]
  if (may(principal, 'tokens:write') || may(principal, 'audit:read')) {
    const tree = await store.customers()
    for (const { use, scope, createdAt, lastUsedAt } of await store.tokens({ userId: user.id })) {
      if (!isWithinScope(principal, scope, tree)) continue
      // To open a session is to be there, whether or not anything is asked in it.
      if (use === 'session') known.push(createdAt)
      if (lastUsedAt !== null) known.push(lastUsedAt)
    }
  }
  // Instants in UTC with milliseconds: the order of their texts is that of time.
  return known.sort().at(-1) ?? null
}
