import { DirectoryError, invalid, notFound } from '../../core/error.ts'
import type { Permission } from '../../core/principal.ts'
import type { Change, PlacedToken, TokenSelection, TokenStretch } from '../../core/store.ts'
import { isStorable } from '../../core/text.ts'
import type { Token, TokenUse } from '../../core/token.ts'
import { and, NEVER, raw, sql, type Fragment } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { isUuid } from '../sql/uuid.ts'
import type { Row } from './connection.ts'
import type { Asking, Transaction } from './database.ts'
import { anyOf, rowsOfAny, runForEach } from './each.ts'

const SELECT_TOKEN = raw(
  'SELECT id, name, user_id, permissions, scope, created_at, created_by, expires_at, revoked_at, last_used_at, use, parent_id, number FROM tokens',
)

export async function readToken(
  asking: Asking,
  key: { readonly hash: string } | { readonly id: string },
): Promise<Token | undefined> {
  if (!isStorable('hash' in key ? key.hash : key.id)) return undefined
  const row = await asking.first(
    'hash' in key
      ? { ...sql`${SELECT_TOKEN} WHERE hash = ${key.hash}`, name: 'token by hash' }
      : { ...sql`${SELECT_TOKEN} WHERE id = ${key.id}`, name: 'token by id' },
  )
  return row && tokenFrom(row)
}

/** The tokens of a selection, oldest first. */
export async function readTokens(asking: Asking, which?: TokenSelection): Promise<readonly Token[]> {
  const rows = await asking.rows(sql`${SELECT_TOKEN} WHERE ${and(selected(which))} ORDER BY number`)
  return rows.map(tokenFrom)
}

/** A stretch of the tokens of a selection, oldest first. */
export async function readTokenStretch(
  asking: Asking,
  { after, limit }: TokenStretch,
  which?: TokenSelection,
): Promise<readonly PlacedToken[]> {
  const condition = and([...selected(which), sql`number > ${after}`])
  const rows = await asking.rows(sql`${SELECT_TOKEN} WHERE ${condition} ORDER BY number LIMIT ${limit}`)
  return rows.map((row) => ({ place: Number(row.at(-1)), token: tokenFrom(row) }))
}

function selected({ use, userId }: TokenSelection = {}): readonly Fragment[] {
  return [
    ...(use === undefined ? [] : [sql`use = ${use}`]),
    ...(userId === undefined ? [] : [isUuid(userId) ? sql`user_id = ${userId}` : NEVER]),
  ]
}

/** The tokens of a commit under way: read before its first change, written after the last. */
export interface TokensUnderWay {
  issue(change: Change & { readonly kind: 'issue-token' }, hasUser: (id: string) => boolean): null
  /** Revokes a token for good; one that is revoked keeps its first moment, or is refused where it is to be revoked once. */
  revoke(change: Change & { readonly kind: 'revoke-token' }): null
  end(change: Change & { readonly kind: 'end-sessions' }): null
  forget(change: Change & { readonly kind: 'forget-sessions' }): null
  flush(): Promise<void>
}

/** Reads what changes look at. The question is sent at once, behind what was sent before. */
export async function startTokens(transaction: Transaction, changes: readonly Change[]): Promise<TokensUnderWay> {
  const ids: string[] = []
  const hashes: string[] = []
  const signIns: string[] = []
  for (const change of changes) {
    if (change.kind === 'revoke-token' && isStorable(change.id)) ids.push(change.id)
    if (change.kind !== 'issue-token') continue
    ids.push(change.token.id)
    hashes.push(change.hash)
    if (change.token.use === 'sign-in') signIns.push(change.token.userId)
  }
  const found = await rowsOfAny(transaction, SELECT_KNOWN, ids, hashes, signIns)
  const knownIds = new Set(found.map(([id]) => id))
  const knownHashes = new Set(found.map(([, hash]) => hash))
  const ended = new Set(found.flatMap(([id, , revokedAt]) => (revokedAt === null ? [] : [id])))
  // Users by the token that lets them sign in.
  const signedIn = new Map(found.flatMap(([id, , at, user]) => (at === null && user !== null ? [[id, user]] : [])))
  const issued: object[] = []
  const revoked = new Map<string, number>()
  const forgotten: object[] = []
  const ending: object[] = []
  return {
    issue({ token, hash }, hasUser) {
      if (!hasUser(token.userId)) throw invalid('value', 'There is no such user.', { name: 'userId' })
      if (knownIds.has(token.id)) throw taken('id')
      if (knownHashes.has(hash)) throw taken('hash')
      if (token.use === 'sign-in' && token.revokedAt === null) {
        if ([...signedIn.values()].includes(token.userId)) throw taken('userId')
        signedIn.set(token.id, token.userId)
      }
      knownIds.add(token.id)
      knownHashes.add(hash)
      issued.push(tokenRow(token, hash))
      return null
    },
    revoke({ id, at, once }) {
      if (!knownIds.has(id)) throw notFound('Token')
      if (once && (ended.has(id) || revoked.has(id))) {
        throw new DirectoryError('conflict', 'This token has been revoked.', {
          reason: 'changed',
          where: { name: 'id' },
        })
      }
      if (!revoked.has(id)) revoked.set(id, instantMs(at))
      signedIn.delete(id)
      return null
    },
    end({ userId, at, parentId = null, exceptId = null }) {
      if (isUuid(userId)) ending.push({ user_id: userId, at: instantMs(at), parent_id: parentId, except_id: exceptId })
      return null
    },
    forget({ userId, before }) {
      if (isUuid(userId)) forgotten.push({ user_id: userId, before: instantMs(before) })
      return null
    },
    async flush() {
      await Promise.all([
        runForEach(transaction, END_SESSIONS, ending),
        runForEach(transaction, FORGET_SESSIONS, forgotten),
        runForEach(transaction, INSERT_TOKENS, issued),
        runForEach(
          transaction,
          REVOKE_TOKENS,
          [...revoked].map(([id, at]) => ({ id, at })),
        ),
      ])
    },
  }
}

function tokenRow(token: Omit<Token, 'lastUsedAt'>, hash: string): object {
  const { id, use, parentId, name, userId, permissions, scope, createdAt, createdBy, expiresAt, revokedAt } = token
  return {
    id,
    hash,
    name,
    user_id: userId,
    permissions: JSON.stringify(permissions),
    scope: scope === 'all' ? null : scope,
    created_at: instantMs(createdAt),
    created_by: createdBy,
    expires_at: expiresAt === null ? null : instantMs(expiresAt),
    revoked_at: revokedAt === null ? null : instantMs(revokedAt),
    use,
    parent_id: parentId,
  }
}

const SELECT_KNOWN = {
  name: 'known tokens',
  text: `SELECT id, hash, revoked_at, CASE WHEN use = 'sign-in' THEN user_id END FROM tokens
  WHERE id = ${anyOf('text')} OR hash = ${anyOf('text')} OR (use = 'sign-in' AND user_id = ${anyOf('uuid')})`,
}

const INSERT_TOKENS = {
  name: 'insert tokens',
  text: `
  INSERT INTO tokens (id, hash, name, user_id, permissions, scope, created_at, created_by, expires_at, revoked_at,
    use, parent_id)
  SELECT * FROM json_to_recordset(?) AS r (id text, hash text, name text, user_id uuid, permissions text, scope bigint,
    created_at bigint, created_by uuid, expires_at bigint, revoked_at bigint, use text, parent_id text)`,
}

const REVOKE_TOKENS = {
  name: 'revoke tokens',
  text: `UPDATE tokens t SET revoked_at = coalesce(t.revoked_at, r.at)
  FROM json_to_recordset(?) AS r (id text, at bigint) WHERE t.id = r.id`,
}

const END_SESSIONS = {
  name: 'end sessions',
  text: `UPDATE tokens t SET revoked_at = r.at
  FROM json_to_recordset(?) AS r (user_id uuid, at bigint, parent_id text, except_id text)
  WHERE t.use = 'session' AND t.user_id = r.user_id AND t.revoked_at IS NULL
    AND (r.parent_id IS NULL OR t.parent_id = r.parent_id) AND (r.except_id IS NULL OR t.id <> r.except_id)`,
}

const FORGET_SESSIONS = {
  name: 'forget sessions',
  text: `DELETE FROM tokens t USING json_to_recordset(?) AS r (user_id uuid, before bigint)
  WHERE t.use = 'session' AND t.user_id = r.user_id AND (t.revoked_at < r.before OR t.expires_at < r.before)`,
}

function tokenFrom(row: Row): Token {
  const [id, name, userId, permissions, scope, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt, use, parentId] =
    row
  const instant = (ms: Row[number] | undefined) => (typeof ms === 'number' ? instantText(ms) : null)
  return {
    id: String(id),
    use: use as TokenUse,
    parentId: typeof parentId === 'string' ? parentId : null,
    name: String(name),
    userId: String(userId),
    permissions: JSON.parse(String(permissions)) as Permission[],
    scope: typeof scope === 'number' ? scope : 'all',
    createdAt: instantText(Number(createdAt)),
    createdBy: typeof createdBy === 'string' ? createdBy : null,
    expiresAt: instant(expiresAt),
    revokedAt: instant(revokedAt),
    lastUsedAt: instant(lastUsedAt),
  }
}

function taken(name: 'id' | 'hash' | 'userId'): DirectoryError {
  return new DirectoryError('conflict', 'This token is in use.', { reason: 'taken', where: { name } })
}
