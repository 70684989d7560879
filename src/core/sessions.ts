import { instantNow, newId, type Caller, type DirectoryParts } from './caller.ts'
import type { CustomerTree } from './customer.ts'
import { commit } from './commits.ts'
import type { OpenedSession, SignInCredentials } from './directory.ts'
import { DirectoryError, notFound } from './error.ts'
import { ACTIVITY_DAYS_MAX, TOKEN_NAME_LENGTH_MAX } from './limits.ts'
import { verifyPassword } from './password.ts'
import { may } from './principal.ts'
import { isWithinScope } from './scope.ts'
import { assertGood, mayAct, principalOf } from './principals.ts'
import { signInRight } from './sign-in-right.ts'
import type { Change } from './store.ts'
import { isStorable } from './text.ts'
import { hashToken, isTokenSecret, tokenSecret, type Token } from './token.ts'
import { isTokenVisible, SECRET_BYTES } from './token-writes.ts'
import type { Instant, User } from './user.ts'

const SESSION_LIFETIME_MS = 12 * 3_600_000
/** How long a session that has ended can still be looked at: as long as its requests. */
const KEPT_MS = ACTIVITY_DAYS_MAX * 86_400_000
/** Whom nobody is: asked about in place of a user there is not, so that the same is done for both. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Opens a session for whoever shows a password or a token: with the permissions and scope of the right to sign in or of the
 * token, until that ends or the lifetime is over. Throws `unauthenticated` with one sentence for whatever is wrong.
 */
export async function openSession(
  parts: DirectoryParts,
  credentials: SignInCredentials,
  userAgent: string | undefined,
): Promise<OpenedSession> {
  const { parent, hash } =
    'token' in credentials
      ? { parent: await tokenShown(parts, credentials.token), hash: undefined }
      : await rightShown(parts, credentials)
  const { changes, ...opened } = newSession(parts, parent, userAgent)
  const at = instantNow(parts)
  await parts.store.commit({ changes, at, by: parent.userId })
  // A new password ends the sessions there are, and this one may have come right after.
  if (hash !== undefined && (await parts.store.passwordHash(parent.userId)) !== hash) {
    const ending = { kind: 'end-sessions', userId: parent.userId, at, parentId: parent.id } as const
    await parts.store.commit({ changes: [ending], at, by: parent.userId })
    throw wrong()
  }
  if (parent.use === 'sign-in') {
    const used = {
      userId: parent.userId,
      tokenId: parent.id,
      requests: 0,
      limited: 0,
      day: at.slice(0, 10),
      lastUsedAt: at,
    }
    await parts.store.addUsage([used])
  }
  return { ...opened, principal: await principalOf(parts, { session: opened.secret }) }
}

/** The changes that open a session from a token, and forget those of its user that ended long ago. */
export function newSession(
  parts: Pick<DirectoryParts, 'now' | 'randomBytes'>,
  parent: Token,
  userAgent: string | undefined,
): Omit<OpenedSession, 'principal'> & { readonly changes: readonly Change[] } {
  const secret = tokenSecret(parts.randomBytes(SECRET_BYTES))
  const end = new Date(parts.now() + SESSION_LIFETIME_MS).toISOString()
  const expiresAt = parent.expiresAt !== null && parent.expiresAt < end ? parent.expiresAt : end
  const token = {
    id: newId(parts),
    use: 'session' as const,
    parentId: parent.id,
    name: nameOf(userAgent),
    userId: parent.userId,
    permissions: parent.permissions,
    scope: parent.scope,
    createdAt: instantNow(parts),
    createdBy: parent.userId,
    expiresAt,
    revokedAt: null,
  }
  const before = new Date(parts.now() - KEPT_MS).toISOString()
  const changes = [
    { kind: 'forget-sessions', userId: parent.userId, before },
    { kind: 'issue-token', token, hash: hashToken(secret) },
  ] as const
  return { changes, secret, expiresAt }
}

function nameOf(userAgent: string | undefined): string {
  return userAgent !== undefined && isStorable(userAgent) ? userAgent.slice(0, TOKEN_NAME_LENGTH_MAX) : ''
}

async function tokenShown({ store, now }: DirectoryParts, secret: string): Promise<Token> {
  if (!isTokenSecret(secret)) throw wrong()
  const token = await store.token({ hash: hashToken(secret) })
  if (token?.use !== 'bearer') throw wrong()
  const at = new Date(now()).toISOString()
  const user = await store.user({ id: token.userId })
  try {
    assertGood(token, at)
  } catch {
    throw wrong()
  }
  if (!user || !mayAct(user, at)) throw wrong()
  return token
}

async function rightShown(
  parts: DirectoryParts,
  { identifier, password }: { readonly identifier: string; readonly password: string },
) {
  const at = new Date(parts.now()).toISOString()
  const { store } = parts
  // One may be called by what is the address of another. Whoever of them has the password is meant: nobody can be shut out by
  // giving another user their address for an identifier.
  const [one, other] = await Promise.all([store.user({ identifier }), store.user({ email: identifier })])
  const found = await Promise.all(
    [one, other?.id === one?.id ? undefined : other].map((user) => candidate(parts, user)),
  )
  const able = found.filter(({ right }) => right !== undefined)
  for (const { user, right, hash } of able.length > 0 ? able : [NO_CANDIDATE]) {
    const isRight = await verifyPassword(password, hash)
    if (isRight && user && right && mayAct(user, at)) return { parent: right, hash }
  }
  throw wrong()
}

const NO_CANDIDATE = { user: undefined, right: undefined, hash: undefined }

async function candidate({ store }: DirectoryParts, user: User | undefined) {
  const id = user?.id ?? NOBODY
  const [right, hash] = await Promise.all([signInRight(store, id), store.passwordHash(id)])
  return { user, right, hash }
}

function wrong(): DirectoryError {
  const sentence = 'This identifier and password, or this token, do not let anybody in.'
  return new DirectoryError('unauthenticated', sentence, { reason: 'bad_token' })
}

/** The sessions of the caller's user that go on and may and see no more than the caller, oldest first. */
export async function listSessions(caller: Caller): Promise<readonly Token[]> {
  const { store, principal } = caller
  if (principal.userId === null) return []
  const at = instantNow(caller)
  const sessions = await store.tokens({ use: 'session', userId: principal.userId })
  const tree = await store.customers()
  const open = sessions.filter((session) => isOpen(session, at) && isOwn(caller, session, tree))
  const parents = new Map<string | null, boolean>()
  for (const { parentId } of open) {
    if (parentId === null || parents.has(parentId)) continue
    const parent = await store.token({ id: parentId })
    parents.set(parentId, parent !== undefined && isOpen(parent, at))
  }
  return open.filter(({ parentId }) => parents.get(parentId) === true)
}

function isOpen({ revokedAt, expiresAt }: Token, at: Instant): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > at)
}

// To be the same user is not enough: a token of an administrator may be allowed little, and issued by somebody else.
function isOwn({ principal }: Caller, { id, userId, permissions, scope }: Token, tree: CustomerTree): boolean {
  if (id === principal.tokenId) return true
  const isAllowed = permissions.every((permission) => may(principal, permission))
  return userId === principal.userId && isAllowed && isWithinScope(principal, scope, tree)
}

/** Ends a session that the caller's user has and that may no more than the caller, or one the caller may revoke as a token; at once. Ending it again changes nothing. */
export async function endSession(caller: Caller, id: string): Promise<void> {
  const { store, principal } = caller
  const session = await store.token({ id })
  if (session?.use !== 'session') throw notFound('Session')
  const isOfCaller = isOwn(caller, session, await store.customers())
  const isAllowed = isOfCaller || (may(principal, 'tokens:write') && (await isTokenVisible(caller, session)))
  if (!isAllowed) throw notFound('Session')
  if (session.revokedAt === null) await commit(caller, [{ kind: 'revoke-token', id, at: instantNow(caller) }])
}

/** Ends the session the caller asks in; nothing where it asks with another token. */
export async function endOwnSession(caller: Caller): Promise<void> {
  const token = await caller.store.token({ id: caller.principal.tokenId })
  if (token?.use === 'session') await endSession(caller, token.id)
}
