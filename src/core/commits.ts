import { instantNow, type Caller } from './caller.ts'
import type { WriteCondition } from './directory.ts'
import { DirectoryError } from './error.ts'
import { veiled } from './rehearsal.ts'
import type { Change, Committed } from './store.ts'

/** Two quick writers to one user; more tries than that and somebody is in a loop. */
const TRIES_MAX = 5

/**
 * Commits in the caller's name. With an idempotency key, what `kept` makes of the results is kept in the same
 * transaction, for `earlierResult`. A rehearsal keeps nothing.
 */
export async function commit(
  caller: Caller,
  changes: readonly Change[],
  kept: (committed: Committed) => unknown = ({ results }) => results[0],
): Promise<Committed> {
  const { store, principal, idempotency, isRehearsal = false } = caller
  const at = instantNow(caller)
  if (isRehearsal) {
    const { changes: tried, told } = await veiled(caller, changes)
    return told(await store.commit({ changes: tried, at, by: principal.userId, isRehearsal }))
  }
  const plain = { changes, at, by: principal.userId }
  if (!idempotency) return store.commit(plain)
  return store.commit({ ...plain, receipt: { ...idempotency, answer: (committed) => JSON.stringify(kept(committed)) } })
}

/** What the first write with the caller's idempotency key gave; undefined when this is the first. */
export async function earlierResult(caller: Caller): Promise<unknown> {
  const { store, idempotency } = caller
  if (!idempotency) return undefined
  const receipt = await store.receipt(idempotency.scope, idempotency.key)
  if (!receipt) return undefined
  if (receipt.fingerprint !== idempotency.fingerprint) {
    throw new DirectoryError('conflict', 'This Idempotency-Key was used with another payload.', {
      reason: 'key_reused',
      where: { in: 'header', name: 'Idempotency-Key' },
    })
  }
  return JSON.parse(receipt.answer) as unknown
}

/**
 * Reads, decides and commits until nobody else came in between. With a revision the caller insists on, another version
 * is `precondition_failed` at once.
 */
export async function commitUnlessChanged<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      const changed = error instanceof DirectoryError && error.reason === 'changed'
      if (!changed || tries === TRIES_MAX) throw error
    }
  }
}

/** Throws `precondition_failed` unless the version that is about to change is the one the caller knows. */
export function assertRevision(revision: number, { ifRevision, where }: WriteCondition): void {
  if (ifRevision === undefined || ifRevision === revision) return
  const named = ifRevision === 0 ? 'which is not the one that was named' : `not ${ifRevision}`
  throw new DirectoryError('precondition_failed', `It has changed since: its revision is ${revision}, ${named}.`, {
    where: where ?? { in: 'header', name: 'If-Match' },
  })
}
