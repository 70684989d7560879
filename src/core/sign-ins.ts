import { instantNow, type Caller } from './caller.ts'
import { commit, commitUnlessChanged } from './commits.ts'
import type { SignIn, SignInDraft } from './directory.ts'
import { DirectoryError, invalid, notFound } from './error.ts'
import { assertPasswordLength, hashPassword, PASSWORD_SALT_BYTES, verifyPassword } from './password.ts'
import { assertGrants, assertMay } from './principal.ts'
import { assertHandsOn, isWithinScope } from './scope.ts'
import { assertMaySetPassword, assertSees, newSignInRight, signInRight } from './sign-in-right.ts'
import type { Change } from './store.ts'
import type { Token } from './token.ts'
import { isTokenVisible } from './token-writes.ts'
import type { User } from './user.ts'
import { isVisible } from './user-reads.ts'
import { touched, userChange } from './user-writes.ts'

/** How a user whom the caller may see signs in; `not_found` for who does not, or sees more than the caller. */
export async function getSignIn(caller: Caller, userId: string): Promise<SignIn> {
  assertMay(caller.principal, 'tokens:write', 'Reading who may sign in')
  const user = await liveUser(caller, userId)
  const right = await signInRight(caller.store, user.id)
  if (!right || !(await isTokenVisible(caller, right))) throw notFound('Sign-in')
  return signInOf(caller, right)
}

/**
 * Lets a user sign in, with no more than the caller has. A change of permissions or scope ends the sessions there are, and
 * so does a new password. Where more is given without a password, the one there is is forgotten: whoever set it while
 * the user could less, or could not sign in at all, could then sign in with what the caller gives.
 */
export async function putSignIn(caller: Caller, userId: string, draft: SignInDraft): Promise<SignIn> {
  const { principal, store } = caller
  assertMay(principal, 'tokens:write', 'Letting users sign in')
  assertGrants(principal, draft.permissions)
  await assertHandsOn(caller, draft.scope)
  // Who could not change it anyway is told so before anything takes long.
  await liveUser(caller, userId)
  const hash = draft.password === undefined ? undefined : await hashed(caller, draft.password, 'password')
  return commitUnlessChanged(async () => {
    const user = await liveUser(caller, userId)
    const before = await signInRight(store, user.id)
    if (before) await assertSees(caller, before)
    if (before && hash !== undefined) await assertMaySetPassword(caller, user.id)
    const changes: Change[] = []
    if (hash !== undefined || !before || (await givesMore(caller, before, draft))) {
      changes.push({ ...userChange(user, touched(caller, user)), passwordHash: hash ?? null })
    }
    let right = before
    if (!before || !allowsSame(before, draft)) {
      const made = newSignInRight(caller, principal.userId, { ...draft, userId: user.id })
      if (before) changes.push({ kind: 'revoke-token', id: before.id, at: instantNow(caller), once: true })
      changes.push(made.change)
      right = made.token
    } else if (hash !== undefined) {
      changes.push({ kind: 'end-sessions', userId: user.id, at: instantNow(caller), parentId: before.id })
    }
    if (changes.length > 0) await commit(caller, changes)
    if (!right) throw new Error('A right to sign in was neither there nor made.')
    return signInOf(caller, right)
  })
}

/** Takes from a user, live or deleted, the right to sign in, and ends its sessions; its password stays as long as nobody lets it sign in again. */
export async function removeSignIn(caller: Caller, userId: string): Promise<void> {
  assertMay(caller.principal, 'tokens:write', 'Taking the right to sign in')
  return commitUnlessChanged(async () => {
    const user = await visibleUser(caller, userId)
    const right = await signInRight(caller.store, user.id)
    if (!right || !(await isTokenVisible(caller, right))) throw notFound('Sign-in')
    await commit(caller, [{ kind: 'revoke-token', id: right.id, at: instantNow(caller), once: true }])
  })
}

/**
 * Gives the caller's own user a new password, and ends all its sessions but the one that asks. Throws `invalid` unless
 * `current` is the password there is.
 */
export async function changeOwnPassword(caller: Caller, current: string, next: string): Promise<void> {
  const { store, principal } = caller
  assertPasswordLength(next, 'new')
  const { userId } = principal
  const before = userId === null ? undefined : await store.passwordHash(userId)
  if (userId === null || !(await verifyPassword(current, before))) {
    throw invalid('value', 'current is not the password.', { in: 'body', name: 'current' })
  }
  const passwordHash = await hashed(caller, next, 'new')
  await commitUnlessChanged(async () => {
    const user = await store.user({ id: userId })
    if (!user || (await store.passwordHash(userId)) !== before) {
      throw new DirectoryError('conflict', 'The password has been changed meanwhile.')
    }
    const ended = { kind: 'end-sessions', userId, at: instantNow(caller), exceptId: principal.tokenId } as const
    await commit(caller, [{ ...userChange(user, touched(caller, user)), passwordHash }, ended])
  })
}

async function hashed({ randomBytes }: Caller, password: string, name: string): Promise<string> {
  assertPasswordLength(password, name)
  return hashPassword(password, randomBytes(PASSWORD_SALT_BYTES))
}

async function liveUser(caller: Caller, id: string): Promise<User> {
  const user = await visibleUser(caller, id)
  if (user.status === 'deleted') throw notFound('User')
  return user
}

async function visibleUser(caller: Caller, id: string): Promise<User> {
  const user = await caller.store.user({ id: id.toLowerCase() })
  if (!user || !(await isVisible(caller, user))) throw notFound('User')
  return user
}

async function signInOf({ store }: Caller, right: Token): Promise<SignIn> {
  const { permissions, scope, lastUsedAt, userId } = right
  return { permissions, scope, hasPassword: (await store.passwordHash(userId)) !== undefined, lastUsedAt }
}

async function givesMore({ store }: Caller, { permissions: had, scope }: Token, draft: SignInDraft): Promise<boolean> {
  if (!had.includes('admin') && draft.permissions.some((permission) => !had.includes(permission))) return true
  return !isWithinScope({ scope }, draft.scope, await store.customers())
}

function allowsSame(right: Token, { permissions, scope }: SignInDraft): boolean {
  const [had, has] = [new Set<string>(right.permissions), new Set<string>(permissions)]
  return right.scope === scope && had.size === has.size && [...has].every((permission) => had.has(permission))
}
