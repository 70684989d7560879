import { createHash } from 'node:crypto'
import type { Caller } from './caller.ts'
import { all, LIVE } from './filter.ts'
import { BATCH_SIZE_MAX } from './limits.ts'
import type { Change, Committed } from './store.ts'
import { fold } from './text.ts'
import type { User } from './user.ts'
import { isVisible } from './user-reads.ts'

/** What no two users may have in common. */
const UNIQUE = ['identifier', 'email'] as const

/** The changes of a rehearsal as they may be tried, and what they gave as it may be told. */
interface Veiled {
  readonly changes: readonly Change[]
  readonly told: (committed: Committed) => Committed
}

/**
 * The changes of a rehearsal in which a value that only somebody has whom the caller may not see is as good as free. To ask what is
 * taken would otherwise cost nothing and leave no trace.
 */
export async function veiled(caller: Caller, changes: readonly Change[]): Promise<Veiled> {
  const open = { changes, told: (committed: Committed) => committed }
  if (caller.principal.scope === 'all') return open
  const taken = new Set<string>()
  for (const field of UNIQUE) {
    const values = changes.flatMap((one) => (one.kind === 'user' ? (one.user[field] ?? []) : []))
    for (const user of await holders(caller, field, values)) {
      if (!(await isVisible(caller, user))) taken.add(`${field} ${fold(user[field] ?? '')}`)
    }
  }
  if (taken.size === 0) return open
  return {
    changes: changes.map((one) => {
      if (one.kind !== 'user') return one
      const stood = UNIQUE.flatMap((field): readonly (readonly [string, string])[] => {
        const value = one.user[field]
        const key = `${field} ${fold(value ?? '')}`
        // Two of one rehearsal that want the same still meet each other.
        return value !== null && taken.has(key) ? [[field, standIn(key)]] : []
      })
      return { ...one, user: { ...one.user, ...Object.fromEntries(stood) } }
    }),
    told: (committed) => ({
      ...committed,
      results: committed.results.map((result, index) => {
        const change = changes[index]
        if (change?.kind !== 'user' || result === null) return result
        const { identifier, email } = change.user
        return { ...(result as User), identifier, email }
      }),
    }),
  }
}

async function holders({ store }: Caller, field: (typeof UNIQUE)[number], values: readonly string[]) {
  if (values.length === 0) return []
  const minRevision = await store.revision()
  const page = { kind: 'offset', offset: 0, limit: BATCH_SIZE_MAX } as const
  const filter = all(LIVE, { kind: 'in', field, values })
  return (await store.users({ filter, sort: [], page, total: false, minRevision })).users
}

// Of a form that both fields take; nobody will ever have it.
function standIn(key: string): string {
  return `${createHash('sha256').update(key).digest('hex')}@rehearsal.invalid`
}
