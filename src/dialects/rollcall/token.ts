import type { Token } from '../../core/token.ts'

/** A token as `/v1` shows it. */
export type ShownToken = Omit<Token, 'parentId'>

/** Member by member: whatever else a token may come to hold does not show by itself. */
export function renderToken(token: Token): ShownToken {
  const { id, use, name, userId, permissions, scope, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt } = token
  return { id, use, name, userId, permissions, scope, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt }
}
