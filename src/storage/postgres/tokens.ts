import type { Permission } from '../../core/principal.ts'
import { isStorable } from '../../core/text.ts'
import type { Token } from '../../core/token.ts'
import { raw, sql } from '../sql/fragment.ts'
import { instantText } from '../sql/instant.ts'
import type { Row } from './connection.ts'
import type { Asking } from './database.ts'

const SELECT_TOKEN = raw(
  'SELECT id, name, user_id, permissions, scope, created_at, created_by, expires_at, revoked_at, last_used_at FROM tokens',
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

/** Every token there has been, oldest first. */
export async function readTokens(asking: Asking): Promise<readonly Token[]> {
  return (await asking.rows(sql`${SELECT_TOKEN} ORDER BY number`)).map(tokenFrom)
}

function tokenFrom(row: Row): Token {
  const [id, name, userId, permissions, scope, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt] = row
  const instant = (ms: Row[number] | undefined) => (typeof ms === 'number' ? instantText(ms) : null)
  return {
    id: String(id),
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
