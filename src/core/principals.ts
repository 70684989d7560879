import type { DirectoryParts } from './caller.ts'
import { DirectoryError } from './error.ts'
import type { Principal } from './principal.ts'
import { hashToken, isTokenSecret } from './token.ts'
import { WORKING_STATUSES, type User } from './user.ts'

/**
 * The caller behind a credential as the newest revision knows it. Throws `unauthenticated`: `bad_token` for one never
 * issued here or whose user may not act, `revoked_token`, `expired_token`.
 */
export async function principalOf(
  { store, now }: DirectoryParts,
  credential: { readonly secret: string } | { readonly tokenId: string },
): Promise<Principal> {
  if ('secret' in credential && !isTokenSecret(credential.secret)) throw refused('bad_token', 'The token is not valid.')
  const token = await store.token(
    'secret' in credential ? { hash: hashToken(credential.secret) } : { id: credential.tokenId },
  )
  if (!token) throw refused('bad_token', 'The token is not valid.')
  if (token.revokedAt !== null) throw refused('revoked_token', 'The token has been revoked.')
  const at = new Date(now()).toISOString()
  if (token.expiresAt !== null && token.expiresAt <= at) throw refused('expired_token', 'The token has expired.')
  const user = await store.user({ id: token.userId })
  if (!user || !mayAct(user, at)) throw refused('bad_token', 'The user of the token may not act.')
  const ends = [token.expiresAt, user.expiresAt].filter((end) => end !== null).sort()
  return {
    tokenId: token.id,
    userId: user.id,
    customerId: user.customerId,
    permissions: new Set(token.permissions),
    scope: token.scope,
    expiresAt: ends[0] ?? null,
  }
}

function mayAct(user: User, at: string): boolean {
  const begun = user.validFrom === null || user.validFrom <= at
  const ended = user.expiresAt !== null && user.expiresAt <= at
  return WORKING_STATUSES.includes(user.status) && begun && !ended
}

function refused(reason: 'bad_token' | 'revoked_token' | 'expired_token', message: string): DirectoryError {
  return new DirectoryError('unauthenticated', message, { reason })
}
