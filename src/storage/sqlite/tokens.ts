import { DirectoryError, invalid, notFound } from '../../core/error.ts'
import type { Permission } from '../../core/principal.ts'
import type { Change } from '../../core/store.ts'
import type { Token } from '../../core/token.ts'
import { sql } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { uuidBytes, uuidText } from '../sql/uuid.ts'
import type { Database, Row } from './database.ts'

const SELECT_TOKEN =
  'SELECT id, name, user_id, permissions, scope, created_at, created_by, expires_at, revoked_at, last_used_at FROM tokens'

export function readToken(database: Database, key: { readonly hash: string } | { readonly id: string }) {
  const row =
    'hash' in key
      ? database.first({ text: `${SELECT_TOKEN} WHERE hash = ?`, values: [key.hash] })
      : database.first({ text: `${SELECT_TOKEN} WHERE id = ?`, values: [key.id] })
  return row && tokenFrom(row)
}

/** Every token there has been, oldest first. */
export function readTokens(database: Database): readonly Token[] {
  return database.rows({ text: `${SELECT_TOKEN} ORDER BY rowid`, values: [] }).map(tokenFrom)
}

export function issueToken(database: Database, { token, hash }: Change & { kind: 'issue-token' }): null {
  if (!database.first(sql`SELECT 1 FROM users WHERE id = ${uuidBytes(token.userId)}`)) {
    throw invalid('value', 'There is no such user.', { name: 'userId' })
  }
  if (database.first(sql`SELECT 1 FROM tokens WHERE id = ${token.id}`)) throw taken('id')
  if (database.first(sql`SELECT 1 FROM tokens WHERE hash = ${hash}`)) throw taken('hash')
  database.execute(
    `INSERT INTO tokens (id, hash, name, user_id, permissions, scope, created_at, created_by, expires_at, revoked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
  )
  return null
}

/** Revokes a token for good; one that is revoked keeps its first moment. */
export function revokeToken(database: Database, { id, at }: Change & { kind: 'revoke-token' }): null {
  const found = database.run(
    sql`UPDATE tokens SET revoked_at = coalesce(revoked_at, ${instantMs(at)}) WHERE id = ${id}`,
  )
  if (found === 0) throw notFound('Token')
  return null
}

function tokenFrom(row: Row): Token {
  const [id, name, userId, permissions, scope, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt] = row
  const instant = (ms: Row[number] | undefined) => (typeof ms === 'number' ? instantText(ms) : null)
  return {
    id: String(id),
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
