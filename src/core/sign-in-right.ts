import { instantNow, newId, type Caller, type DirectoryParts } from './caller.ts'
import { DirectoryError } from './error.ts'
import { isWithinScope } from './scope.ts'
import { may, type Permission, type Scope } from './principal.ts'
import type { Change, Store } from './store.ts'
import { hashOfNone, type Token } from './token.ts'
import type { NewUser, User } from './user.ts'

/** The token that lets a user sign in with a password, where there is one. */
export async function signInRight(store: Store, userId: string): Promise<Token | undefined> {
  const all = await store.tokens({ use: 'sign-in', userId })
  return all.find(({ revokedAt }) => revokedAt === null)
}

/** The change that lets a user sign in, and the token it makes. */
export function newSignInRight(
  parts: Pick<DirectoryParts, 'now' | 'randomBytes'>,
  by: string | null,
  right: { readonly userId: string; readonly permissions: readonly Permission[]; readonly scope: Scope },
): { readonly token: Token; readonly change: Change } {
  const token: Token = {
    ...right,
    id: newId(parts),
    use: 'sign-in',
    parentId: null,
    name: 'Sign-in',
    permissions: [...new Set(right.permissions)],
    createdAt: instantNow(parts),
    createdBy: by,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  }
  return { token, change: { kind: 'issue-token', token, hash: hashOfNone(token.id) } }
}

/** A user before and after a change. */
export interface UserStep {
  readonly before: User
  readonly after: NewUser
}

/**
 * What takes the right to sign in from users who are deleted, each with its step: who restores a user gives nothing but the
 * user back. A right that a deleted user has kept ends when the user is restored. Fails with `changed` where a right is
 * changed meanwhile.
 */
export async function rightsLost<T extends UserStep>(
  { store, now }: Pick<DirectoryParts, 'store' | 'now'>,
  steps: readonly T[],
): Promise<readonly { readonly step: T; readonly change: Change }[]> {
  const lost = steps.filter(({ before, after }) => (before.status === 'deleted') !== (after.status === 'deleted'))
  if (lost.length === 0) return []
  const byUser = new Map(lost.map((step) => [step.before.id, step]))
  const rights = await store.tokens({ use: 'sign-in', userId: lost.length === 1 ? lost[0]?.before.id : undefined })
  const at = instantNow({ now })
  return rights.flatMap(({ id, userId, revokedAt }) => {
    const step = revokedAt === null ? byUser.get(userId) : undefined
    return step ? [{ step, change: { kind: 'revoke-token', id, at, once: true } as const }] : []
  })
}

/**
 * Throws `forbidden` unless the caller may give a user who signs in a new password: who knows it is that user, so it takes
 * all that the user may. Otherwise writing users would be a way to become an administrator. Being that user is not enough:
 * a token of an administrator may be allowed little.
 */
export async function assertMaySetPassword(caller: Caller, userId: string): Promise<void> {
  const right = await signInRight(caller.store, userId)
  if (right) await assertHolds(caller, right)
}

/** Throws `forbidden` unless the caller has all permissions of a right to sign in, and sees all that it sees. */
async function assertHolds(caller: Caller, right: Token): Promise<void> {
  const missing = right.permissions.find((permission) => !may(caller.principal, permission))
  if (missing !== undefined) {
    const sentence = `The password of a user who signs in with ${missing} can be changed only by a caller who has it.`
    throw new DirectoryError('forbidden', sentence, { reason: 'permission', permission: missing })
  }
  await assertSees(caller, right)
}

/** Throws `forbidden` unless the caller sees all that a right to sign in sees. */
export async function assertSees({ principal, store }: Caller, { scope }: Token): Promise<void> {
  if (isWithinScope(principal, scope, await store.customers())) return
  throw new DirectoryError('forbidden', 'This user signs in to more of the directory than the caller sees.', {
    reason: 'scope',
  })
}
