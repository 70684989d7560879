import type { Caller } from './caller.ts'
import type { BatchOperation } from './directory.ts'
import { all, LIVE } from './filter.ts'
import { PAGE_SIZE_MAX } from './limits.ts'
import type { UserKey } from './store.ts'
import { fold } from './text.ts'
import type { User } from './user.ts'

/** What users are looked up by, one by one, while a batch is made ready. */
const MATCHED = ['identifier', 'email'] as const
type Matched = (typeof MATCHED)[number]

/**
 * A caller whose store has been asked for all users a batch will look up by identifier or e-mail, in one question each. What
 * it found holds for one look, and until the batch first writes: after that the store is asked again.
 */
export async function withForesight(caller: Caller, operations: readonly BatchOperation[]): Promise<Caller> {
  const { store } = caller
  const foreseen = new Map<string, User | undefined>()
  for (const field of MATCHED) {
    const values = operations.flatMap((one) =>
      one.op === 'upsert' && one.match === field ? (matchValue(one) ?? []) : [],
    )
    // One is as soon looked up by itself.
    if (values.length < 2 || values.length > PAGE_SIZE_MAX) continue
    const minRevision = await store.revision()
    const filter = all(LIVE, { kind: 'in', field, values })
    const page = { kind: 'offset', offset: 0, limit: PAGE_SIZE_MAX } as const
    const { users } = await store.users({ filter, sort: [], page, total: false, minRevision })
    for (const value of values) foreseen.set(keyOf(field, value), undefined)
    for (const user of users) foreseen.set(keyOf(field, user[field] ?? ''), user)
  }
  if (foreseen.size === 0) return caller
  return {
    ...caller,
    store: {
      ...store,
      user(key) {
        const seen = seenKey(key)
        if (seen === undefined || !foreseen.has(seen)) return store.user(key)
        const user = foreseen.get(seen)
        foreseen.delete(seen)
        return Promise.resolve(user)
      },
      commit(commit) {
        foreseen.clear()
        return store.commit(commit)
      },
    },
  }
}

/**
 * The value an operation is matched by, where it has one: the e-mail address of a user without an identifier is its
 * identifier.
 */
export function matchValue({ match, user }: BatchOperation & { op: 'upsert' }): string | undefined {
  const value = match === 'identifier' ? (user.identifier ?? user.email) : user[match]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function seenKey(key: UserKey): string | undefined {
  if ('identifier' in key) return keyOf('identifier', key.identifier)
  return 'email' in key ? keyOf('email', key.email) : undefined
}

function keyOf(field: Matched, value: string): string {
  return `${field}:${fold(value)}`
}
