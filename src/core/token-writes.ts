import { instantNow, newId, type Caller } from './caller.ts'
import { commit, commitUnlessChanged, earlierResult } from './commits.ts'
import type { RowPageRequest, TokenDraft, TokenListRequest, TokenPage } from './directory.ts'
import { DirectoryError, invalid, notFound } from './error.ts'
import { parseInstant } from './instant.ts'
import { TOKEN_NAME_LENGTH_MAX } from './limits.ts'
import { assertGrants, assertMay, may } from './principal.ts'
import { assertHandsOn, isWithinScope } from './scope.ts'
import type { PlacedToken, TokenSelection } from './store.ts'
import { pageOfStretch } from './stretch.ts'
import { isStorable } from './text.ts'
import { hashToken, tokenSecret, type Token } from './token.ts'
import { isVisible } from './user-reads.ts'

/** Bytes of fresh randomness one secret needs. */
export const SECRET_BYTES = 32

/** The tokens of one use, or of all, of users the caller may see, as far as they see no more than the caller. */
export async function listTokens(
  caller: Caller,
  { use, userId }: TokenListRequest = { use: 'bearer' },
): Promise<readonly Token[]> {
  assertMay(caller.principal, 'tokens:write', 'Listing tokens')
  const tokens = await caller.store.tokens(selectionOf({ use, userId }))
  const users = await caller.store.usersById([...new Set(tokens.map(({ userId }) => userId))])
  const visible = new Set<string>()
  for (const user of users) if (await isVisible(caller, user)) visible.add(user.id)
  const tree = await caller.store.customers()
  return tokens
    .filter(({ userId, scope }) => visible.has(userId) && isWithinScope(caller.principal, scope, tree))
    .map((token) => readableToken(caller, token))
}

/** A page of the same tokens, oldest first. */
export async function listTokenPage(
  caller: Caller,
  request: TokenListRequest,
  page: RowPageRequest,
): Promise<TokenPage> {
  assertMay(caller.principal, 'tokens:write', 'Listing tokens')
  const selection = selectionOf(request)
  const { rows, next } = await pageOfStretch(caller, page, {
    question: ['tokens', selection.use ?? null, selection.userId ?? null],
    read: (after = 0, limit) => caller.store.tokenStretch({ after, limit }, selection),
    placeOf: ({ place }) => place,
    isVisible: tokenSight(caller),
  })
  return { tokens: rows.map(({ token }) => readableToken(caller, token)), next }
}

function selectionOf({ use, userId }: TokenListRequest): TokenSelection {
  return { use: use === 'all' ? undefined : use, userId: userId?.toLowerCase() }
}

// The same user may have many tokens: each is looked at once.
function tokenSight(caller: Caller): (placed: PlacedToken) => Promise<boolean> {
  const users = new Map<string, Promise<boolean>>()
  const sees = async (id: string) => {
    const user = await caller.store.user({ id })
    return user !== undefined && isVisible(caller, user)
  }
  return async ({ token: { userId, scope } }) => {
    if (caller.principal.scope === 'all') return true
    const isSeen = users.get(userId) ?? sees(userId)
    users.set(userId, isSeen)
    return (await isSeen) && isWithinScope(caller.principal, scope, await caller.store.customers())
  }
}

/** One token of whatever use, under the same conditions. */
export async function getToken(caller: Caller, id: string): Promise<Token> {
  assertMay(caller.principal, 'tokens:write', 'Reading tokens')
  const token = await caller.store.token({ id })
  if (!token || !(await isTokenVisible(caller, token))) throw notFound('Token')
  return readableToken(caller, token)
}

/** Issues a token to a user the caller may see, with no more than the caller has; the secret is told this once. */
export async function issueToken(
  caller: Caller,
  draft: TokenDraft,
): Promise<{ readonly token: Token; readonly secret: string }> {
  const { principal, store } = caller
  assertMay(principal, 'tokens:write', 'Issuing tokens')
  if ((await earlierResult(caller)) !== undefined) {
    throw new DirectoryError('conflict', 'This token has been issued; its secret was told once and is not kept.', {
      where: { in: 'header', name: 'Idempotency-Key' },
    })
  }
  assertGrants(principal, draft.permissions)
  await assertHandsOn(caller, draft.scope)
  const user = await store.user({ id: draft.userId.toLowerCase() })
  if (!user || user.status === 'deleted' || !(await isVisible(caller, user))) {
    throw invalid('value', 'There is no such user.', { in: 'body', name: 'userId' })
  }
  const secret = tokenSecret(caller.randomBytes(SECRET_BYTES))
  const at = instantNow(caller)
  const token = {
    id: newId(caller),
    use: 'bearer' as const,
    parentId: null,
    name: checkedName(draft.name),
    userId: user.id,
    permissions: [...new Set(draft.permissions)],
    scope: draft.scope,
    createdAt: at,
    createdBy: principal.userId,
    expiresAt: checkedExpiry(draft.expiresAt, at),
    revokedAt: null,
  }
  await commit(caller, [{ kind: 'issue-token', token, hash: hashToken(secret) }])
  return { token: { ...token, lastUsedAt: null }, secret }
}

/** Revokes a token the caller may see, or its own; at once, and for good. Revoking again changes nothing. */
export async function revokeToken(caller: Caller, id: string): Promise<Token> {
  const isOwn = id === caller.principal.tokenId
  if (!isOwn) assertMay(caller.principal, 'tokens:write', 'Revoking tokens')
  return commitUnlessChanged(async () => {
    const token = await caller.store.token({ id })
    if (!token || !(isOwn || (await isTokenVisible(caller, token)))) throw notFound('Token')
    if (token.revokedAt !== null) return readableToken(caller, token)
    const at = instantNow(caller)
    await commit(caller, [{ kind: 'revoke-token', id, at }])
    return readableToken(caller, { ...token, revokedAt: at })
  })
}

/** A token as the caller may read it: who issued it only with `users:read-metadata`, like who created a user. */
export function readableToken({ principal }: Caller, token: Token): Token {
  const isReadable = may(principal, 'users:read-metadata') || token.createdBy === principal.userId
  return isReadable ? token : { ...token, createdBy: null }
}

/** Whether the caller may see the user of a token, and all that the token sees. */
export async function isTokenVisible(caller: Caller, { userId, scope }: Token): Promise<boolean> {
  const user = await caller.store.user({ id: userId })
  const isSeen = user !== undefined && (await isVisible(caller, user))
  return isSeen && isWithinScope(caller.principal, scope, await caller.store.customers())
}

function checkedName(name: string): string {
  const allowed = `1 to ${TOKEN_NAME_LENGTH_MAX} characters without NUL and lone surrogates`
  if (isStorable(name) && name.trim() !== '' && name.length <= TOKEN_NAME_LENGTH_MAX) return name.normalize('NFC')
  throw invalid('range', `name must have ${allowed}.`, { in: 'body', name: 'name', allowed })
}

function checkedExpiry(expiresAt: string | null, now: string): string | null {
  if (expiresAt === null) return null
  const at = parseInstant(expiresAt)
  if (at !== undefined && at > now) return at
  const allowed = 'an RFC 3339 date-time in the future'
  throw invalid('format', `expiresAt must be ${allowed}.`, { in: 'body', name: 'expiresAt', allowed })
}
