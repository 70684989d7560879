import { instantNow, newId, type Caller } from './caller.ts'
import { assertRevision, commit, commitUnlessChanged, earlierResult } from './commits.ts'
import type { PasswordChange, WriteCondition } from './directory.ts'
import { assertKeepsOff, changedUser, replacedUser, userFrom } from './draft.ts'
import { DirectoryError, invalid, notFound } from './error.ts'
import { assertPasswordLength, hashPassword, PASSWORD_SALT_BYTES } from './password.ts'
import { may, assertMay } from './principal.ts'
import { assertMaySetPassword, rightsLost, signInRight } from './sign-in-right.ts'
import type { Change, Committed } from './store.ts'
import type { NewUser, User, UserDraft } from './user.ts'
import { isVisible } from './user-reads.ts'

/** Creates a user for the caller, once per idempotency key. */
export async function createUser(caller: Caller, draft: UserDraft, { password }: PasswordChange = {}): Promise<User> {
  assertMay(caller.principal, 'users:write', 'Creating users')
  const earlier = await earlierResult(caller)
  if (earlier !== undefined) return earlier as User
  const user = await newUser(caller, draft)
  const secret = await secretOf(caller, password)
  return userOf(await commit(caller, [{ kind: 'user', user, expected: null, ...secret }]))
}

/** Puts what the draft says over a live user. */
export function updateUser(
  caller: Caller,
  id: string,
  draft: UserDraft,
  options: WriteCondition & PasswordChange = {},
): Promise<User> {
  return write(caller, id, options, (user) => updated(caller, user, draft))
}

/** Makes a live user what the draft alone says. */
export function replaceUser(
  caller: Caller,
  id: string,
  draft: UserDraft,
  options: WriteCondition & PasswordChange = {},
): Promise<User> {
  return write(caller, id, options, (user) => replaced(caller, user, draft))
}

/** Marks a live user as deleted and takes its right to sign in; its history and id stay. */
export function deleteUser(caller: Caller, id: string, condition: WriteCondition = {}): Promise<User> {
  return write(caller, id, condition, (user) => updated(caller, user, { status: 'deleted' }))
}

/** Gives a deleted user the status it had, but no right to sign in. `conflict` when its identifier or e-mail has been taken since. */
export function restoreUser(caller: Caller, id: string, condition: WriteCondition = {}): Promise<User> {
  return write(caller, id, condition, (user) => restored(caller, user), true)
}

async function write(
  caller: Caller,
  id: string,
  { password, ...condition }: WriteCondition & PasswordChange,
  next: (user: User) => Promise<NewUser | undefined>,
  deleted = false,
): Promise<User> {
  assertMay(caller.principal, 'users:write', 'Changing users')
  const earlier = await earlierResult(caller)
  if (earlier !== undefined) return earlier as User
  const secret = await secretOf(caller, password)
  return commitUnlessChanged(async () => {
    const user = await writableUser(caller, id, deleted)
    assertRevision(user.revision, condition)
    const after = (await next(user)) ?? (secret && touched(caller, user))
    if (!after) return user
    // Looked at in every try: who may sign in is decided without the user being written, but never for the first time.
    const ended = password === undefined ? [] : await sessionsToEnd(caller, user.id, password)
    const lost = (await rightsLost(caller, [{ before: user, after }])).map(({ change }) => change)
    return userOf(await commit(caller, [{ ...userChange(user, after), ...secret }, ...ended, ...lost]))
  })
}

// Whoever signed in with the old password has to do so again with the new one.
async function sessionsToEnd(caller: Caller, userId: string, password: string | null): Promise<readonly Change[]> {
  await assertMaySetPassword(caller, userId)
  const right = await signInRight(caller.store, userId)
  if (right && password !== null) assertPasswordLength(password, 'password')
  return right ? [{ kind: 'end-sessions', userId, at: instantNow(caller), parentId: right.id }] : []
}

// Hashed before anything is read: it takes long, and what was read would be old.
async function secretOf(
  { randomBytes }: Caller,
  password: string | null | undefined,
): Promise<{ readonly passwordHash: string | null } | undefined> {
  if (password === undefined) return undefined
  return { passwordHash: password === null ? null : await hashPassword(password, randomBytes(PASSWORD_SALT_BYTES)) }
}

/** The next version of a user in which no field is another: a new password alone is a change too. */
export function touched(caller: Caller, user: User): NewUser {
  const { revision, ...kept } = user
  return { ...kept, updatedAt: instantNow(caller), updatedBy: caller.principal.userId }
}

/** The change that puts the next version in place of exactly this one. */
export function userChange(before: User, after: NewUser): Change & { readonly kind: 'user' } {
  return { kind: 'user', user: after, expected: before.revision }
}

/** A user the caller may change, live or deleted as asked; `not_found` otherwise. */
export async function writableUser(caller: Caller, id: string, deleted = false): Promise<User> {
  assertMay(caller.principal, 'users:write', 'Changing users')
  const user = await caller.store.user({ id: id.toLowerCase() })
  if (!user || !(await isVisible(caller, user))) throw notFound('User')
  if (user.status === 'deleted' && !deleted) throw notFound('User')
  return user
}

/** The user a draft asks for, born now, in a customer the caller may see. */
export async function newUser(caller: Caller, draft: UserDraft): Promise<NewUser> {
  const { principal } = caller
  if (!may(principal, 'admin')) assertKeepsOff(draft)
  const birth = { id: newId(caller), at: instantNow(caller), by: principal.userId, customerId: principal.customerId }
  const user = userFrom(draft, birth)
  await assertCustomer(caller, user.customerId)
  return user
}

/** The next version of a user, or undefined where the draft changes nothing. */
export async function updated(caller: Caller, user: User, draft: UserDraft): Promise<NewUser | undefined> {
  const after = changedUser(user, draft, instantNow(caller), caller.principal.userId)
  if (after && after.customerId !== user.customerId) await assertCustomer(caller, after.customerId)
  return after
}

/** The version of a user that the draft alone describes, or undefined where that changes nothing. */
export async function replaced(caller: Caller, user: User, draft: UserDraft): Promise<NewUser | undefined> {
  const after = replacedUser(user, draft, instantNow(caller), caller.principal.userId)
  if (after && after.customerId !== user.customerId) await assertCustomer(caller, after.customerId)
  return after
}

/** A deleted user as it was when it was last alive. */
export async function restored(caller: Caller, user: User): Promise<NewUser | undefined> {
  if (user.status !== 'deleted') {
    throw new DirectoryError('conflict', 'Only a deleted user can be restored.')
  }
  const versions = await caller.store.history(user.id)
  const { status, statusReason } = versions.find((version) => version.user.status !== 'deleted')?.user ?? {
    status: 'active' as const,
    statusReason: null,
  }
  return changedUser(user, { status, statusReason }, instantNow(caller), caller.principal.userId)
}

async function assertCustomer(caller: Caller, customerId: number): Promise<void> {
  const tree = await caller.store.customers()
  const { scope } = caller.principal
  const visible = scope === 'all' ? tree.get(customerId) !== undefined : tree.isWithin(customerId, scope)
  if (!visible) throw invalid('value', `There is no customer ${customerId}.`, { in: 'body', name: 'customerId' })
}

function userOf({ results: [user] }: Committed): User {
  return user as User
}
