import { instantNow, newId, type Caller, type DirectoryParts } from './caller.ts'
import { commitUnlessChanged } from './commits.ts'
import type { OpenedSession, SetUpDraft } from './directory.ts'
import { DirectoryError } from './error.ts'
import { EVERYONE } from './filter.ts'
import { assertPasswordLength, hashPassword, PASSWORD_SALT_BYTES } from './password.ts'
import { assertMay, operator } from './principal.ts'
import { assertGood, mayAct, principalOf } from './principals.ts'
import { newSession } from './sessions.ts'
import { newSignInRight, signInRight } from './sign-in-right.ts'
import type { Change, Store } from './store.ts'
import { hashToken, isTokenSecret, tokenSecret, type Token } from './token.ts'
import { SECRET_BYTES } from './token-writes.ts'
import type { Instant, NewUser, User } from './user.ts'
import { newUser, touched, updated, userChange } from './user-writes.ts'

const LINK_LIFETIME_MS = 30 * 60_000

/** Whether anybody can sign in with a password. */
export async function isSetUp({ store, now }: Pick<DirectoryParts, 'store' | 'now'>): Promise<boolean> {
  const at = new Date(now()).toISOString()
  for (const { userId, revokedAt } of await store.tokens({ use: 'sign-in' })) {
    if (revokedAt !== null || (await store.passwordHash(userId)) === undefined) continue
    const user = await store.user({ id: userId })
    if (user && mayAct(user, at)) return true
  }
  return false
}

/**
 * Issues the secret of a set-up link, which is told this once, works once, and ends after half an hour, or with the next one.
 * Takes an administrator of everything.
 */
export async function issueSetUpLink(
  caller: Caller,
): Promise<{ readonly secret: string; readonly expiresAt: Instant }> {
  const { principal, store } = caller
  assertMay(principal, 'admin', 'Making a set-up link')
  if (principal.scope !== 'all')
    throw new DirectoryError('forbidden', 'A set-up link reaches everything.', { reason: 'scope' })
  const secret = tokenSecret(caller.randomBytes(SECRET_BYTES))
  const expiresAt = new Date(caller.now() + LINK_LIFETIME_MS).toISOString()
  const token = {
    id: newId(caller),
    use: 'setup' as const,
    parentId: null,
    name: 'Set-up link',
    userId: (await anyUser(store)).id,
    permissions: [],
    scope: 'all' as const,
    createdAt: instantNow(caller),
    createdBy: principal.userId,
    expiresAt,
    revokedAt: null,
  }
  const issued = { kind: 'issue-token', token, hash: hashToken(secret) } as const
  await commitUnlessChanged(async () => {
    const changes = [...(await linksEnded(store, token.createdAt)), issued]
    await store.commit({ changes, at: token.createdAt, by: principal.userId })
  })
  return { secret, expiresAt }
}

// Whoever ends a link must be the first: of several who do, all but one look again, and find what the quicker one has made.
async function linksEnded(store: Store, at: Instant): Promise<readonly Change[]> {
  const links = await store.tokens({ use: 'setup' })
  return links.flatMap(({ id, revokedAt }) => {
    return revokedAt === null ? [{ kind: 'revoke-token', id, at, once: true } as const] : []
  })
}

// Every token belongs to somebody; what this one can do it can do for nobody yet.
async function anyUser(store: Store): Promise<User> {
  const first = await store.user({ number: 1 })
  if (first) return first
  const page = { kind: 'position', from: null, direction: 'after', limit: 1 } as const
  const minRevision = await store.revision()
  const { users } = await store.users({ filter: EVERYONE, sort: [], page, total: false, minRevision })
  const [user] = users
  if (!user) throw new DirectoryError('conflict', 'A directory without users cannot be set up.')
  return user
}

/**
 * Makes an administrator of everything who signs in with a password, and opens a session for it: in the one commit that ends all
 * set-up links there are, so that of several who use one only the first succeeds. Throws `unauthenticated` for a link that
 * is wrong, used or expired.
 */
export async function setUp(
  parts: DirectoryParts,
  draft: SetUpDraft,
  userAgent: string | undefined,
): Promise<OpenedSession> {
  await linkShown(parts, draft.secret)
  assertPasswordLength(draft.password, 'password')
  const passwordHash = await hashPassword(draft.password, parts.randomBytes(PASSWORD_SALT_BYTES))
  const opened = await commitUnlessChanged(async () => {
    // Read before it is known that the link is good: one that is used from here on is among those that must not have ended.
    const ended = await linksEnded(parts.store, instantNow(parts))
    const { customerId } = await linkShown(parts, draft.secret)
    const caller: Caller = { ...parts, principal: operator(customerId), idempotency: undefined }
    const at = instantNow(parts)
    const { user, change } = await administrator(caller, draft.user)
    const before = await signInRight(parts.store, user.id)
    const right = newSignInRight(parts, null, { userId: user.id, permissions: ['admin'], scope: 'all' })
    const session = newSession(parts, right.token, userAgent)
    const changes: readonly Change[] = [
      // First, so that who comes too late is told so of the link, and not of the user that the other one has made.
      ...ended,
      { ...change, passwordHash },
      ...(before ? [{ kind: 'revoke-token', id: before.id, at, once: true } as const] : []),
      right.change,
      ...session.changes,
    ]
    await parts.store.commit({ changes, at, by: null })
    return session
  })
  const { secret, expiresAt } = opened
  return { secret, expiresAt, principal: await principalOf(parts, { session: secret }) }
}

async function administrator(
  caller: Caller,
  draft: SetUpDraft['user'],
): Promise<{ readonly user: NewUser; readonly change: Change & { readonly kind: 'user' } }> {
  const user = await caller.store.user({ identifier: draft.identifier })
  if (!user) {
    const made = await newUser(caller, { ...draft, userType: 'admin' })
    return { user: made, change: { kind: 'user', user: made, expected: null } }
  }
  const { identifier, ...rest } = draft
  const freed = mayAct(user, instantNow(caller)) ? {} : { status: 'active' as const, validFrom: null, expiresAt: null }
  const after = (await updated(caller, user, { ...rest, ...freed })) ?? touched(caller, user)
  return { user: after, change: userChange(user, after) }
}

async function linkShown({ store, now }: DirectoryParts, secret: string): Promise<{ readonly customerId: number }> {
  const token = isTokenSecret(secret) ? await store.token({ hash: hashToken(secret) }) : undefined
  const user = token?.use === 'setup' ? await store.user({ id: token.userId }) : undefined
  if (!token || !user || !isGood(token, new Date(now()).toISOString())) {
    const sentence = 'This set-up link is wrong, has been used or has expired; rollcall setup-link makes another one.'
    throw new DirectoryError('unauthenticated', sentence, { reason: 'bad_token' })
  }
  return { customerId: user.customerId }
}

function isGood(token: Token, at: Instant): boolean {
  try {
    assertGood(token, at)
    return true
  } catch {
    return false
  }
}
