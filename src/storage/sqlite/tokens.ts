import { DirectoryError, invalid, notFound } from '../../core/error.ts'
import type { Permission } from '../../core/principal.ts'
import type { Change, PlacedToken, TokenSelection, TokenStretch } from '../../core/store.ts'
import type { Token, TokenUse } from '../../core/token.ts'
import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { isUuid, uuidBytes, uuidText } from '../sql/uuid.ts'
import type { Database, Row } from './database.ts'
import { limit } from './limit.ts'

const SELECT_TOKEN = raw(
  'SELECT id, name, user_id, permissions, scope, created_at, created_by, expires_at, revoked_at, last_used_at, use, parent_id, rowid FROM tokens',
)

export function readToken(database: Database, key: { readonly hash: string } | { readonly id: string }) {
  const row =
    'hash' in key
      ? database.first(sql`${SELECT_TOKEN} WHERE hash = ${key.hash}`)
      : database.first(sql`${SELECT_TOKEN} WHERE id = ${key.id}`)
  return row && tokenFrom(row)
}

/** The tokens of a selection, oldest first. */
export function readTokens(database: Database, which?: TokenSelection): readonly Token[] {
  return database.rows(sql`${SELECT_TOKEN} WHERE ${and(selected(which))} ORDER BY rowid`).map(tokenFrom)
}

/** A stretch of the tokens of a selection, oldest first. */
export function readTokenStretch(
  database: Database,
  { after, limit: most }: TokenStretch,
  which?: TokenSelection,
): readonly PlacedToken[] {
  const condition = and([...selected(which), sql`rowid > ${after}`])
  const rows = database.rows(sql`${SELECT_TOKEN} WHERE ${condition} ORDER BY rowid ${limit(most)}`)
  return rows.map((row) => ({ place: Number(row.at(-1)), token: tokenFrom(row) }))
}

function selected({ use, userId }: TokenSelection = {}): readonly Fragment[] {
  return [
    ...(use === undefined ? [] : [sql`use = ${use}`]),
    ...(userId === undefined ? [] : [sql`user_id = ${isUuid(userId) ? uuidBytes(userId) : null}`]),
  ]
}

export function issueToken(database: Database, { token, hash }: Change & { kind: 'issue-token' }): null {
  if (!database.first(sql`SELECT 1 FROM users WHERE id = ${uuidBytes(token.userId)}`)) {
    throw invalid('value', 'There is no such user.', { name: 'userId' })
  }
  if (database.first(sql`SELECT 1 FROM tokens WHERE id = ${token.id}`)) throw taken('id')
  if (database.first(sql`SELECT 1 FROM tokens WHERE hash = ${hash}`)) throw taken('hash')
  if (token.use === 'sign-in' && token.revokedAt === null) assertNoSignIn(database, token.userId)
  database.execute(
    `INSERT INTO tokens (id, hash, name, user_id, permissions, scope, created_at, created_by, expires_at, revoked_at,
       use, parent_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    token.id,
    hash,
    token.name,
    uuidBytes(token.userId),
    JSON.stringify(token.permissions),
    token.scope === 'all' ? null : token.scope,
    instantMs(token.createdAt),
    token.createdBy === null ? null : uuidBytes(token.createdBy),
    token.expiresAt === null ? null : instantMs(token.expiresAt),
    token.revokedAt === null ? null : instantMs(token.revokedAt),
    token.use,
    token.parentId,
  )
  return null
}

function assertNoSignIn(database: Database, userId: string): void {
  const other = database.first(
    sql`SELECT 1 FROM tokens WHERE use = 'sign-in' AND user_id = ${uuidBytes(userId)} AND revoked_at IS NULL`,
  )
  if (other) throw taken('userId')
}

/** Revokes a token for good; one that is revoked keeps its first moment, or is refused where it is to be revoked once. */
export function revokeToken(database: Database, { id, at, once }: Change & { kind: 'revoke-token' }): null {
  if (once && database.first(sql`SELECT 1 FROM tokens WHERE id = ${id} AND revoked_at IS NOT NULL`)) {
    throw new DirectoryError('conflict', 'This token has been revoked.', { reason: 'changed', where: { name: 'id' } })
  }
  const found = database.run(
    sql`UPDATE tokens SET revoked_at = coalesce(revoked_at, ${instantMs(at)}) WHERE id = ${id}`,
  )
  if (found === 0) throw notFound('Token')
  return null
}

/** Revokes sessions of a user: those made from one token, or all but one. */
export function endSessions(database: Database, change: Change & { kind: 'end-sessions' }): null {
  const { userId, at, parentId, exceptId } = change
  if (!isUuid(userId)) return null
  const from = parentId === undefined ? sql`1` : sql`parent_id = ${parentId}`
  const except = exceptId === undefined ? sql`1` : sql`id <> ${exceptId}`
  database.run(sql`UPDATE tokens SET revoked_at = ${instantMs(at)}
    WHERE use = 'session' AND user_id = ${uuidBytes(userId)} AND revoked_at IS NULL AND ${from} AND ${except}`)
  return null
}

/** Removes the sessions of a user that ended before a moment. */
export function forgetSessions(database: Database, { userId, before }: Change & { kind: 'forget-sessions' }): null {
  const ms = instantMs(before)
  database.run(sql`DELETE FROM tokens WHERE use = 'session' AND user_id = ${isUuid(userId) ? uuidBytes(userId) : null}
    AND (revoked_at < ${ms} OR expires_at < ${ms})`)
  return null
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
    userId: uuidText(userId as Uint8Array),
    permissions: JSON.parse(String(permissions)) as Permission[],
    scope: typeof scope === 'number' ? scope : 'all',
    createdAt: instantText(Number(createdAt)),
    createdBy: createdBy instanceof Uint8Array ? uuidText(createdBy) : null,
    expiresAt: instant(expiresAt),
    revokedAt: instant(revokedAt),
    lastUsedAt: instant(lastUsedAt),
  }
}

function taken(name: string): DirectoryError {
  return new DirectoryError('conflict', 'This token is in use.', { reason: 'taken', where: { name } })
}
