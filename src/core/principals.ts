import type { DirectoryParts } from './caller.ts'
import type { Credential } from './directory.ts'
import { DirectoryError } from './error.ts'
import type { Principal } from './principal.ts'
import { hashToken, isTokenSecret, type Token } from './token.ts'
import { WORKING_STATUSES, type User } from './user.ts'

type Parts = Pick<DirectoryParts, 'store' | 'now'>

/**
 * The caller behind a credential as the newest revision knows it. Each kind of token is good in its own place only, and a
 * session only as long as what it was made from. Throws `unauthenticated`: `bad_token` for one never issued here or
 * whose user may not act, `revoked_token`, `expired_token`.
 */
export async function principalOf(parts: Parts, credential: Credential): Promise<Principal> {
  const { store, now } = parts
  const at = new Date(now()).toISOString()
  const token = await tokenOf(parts, credential)
  assertGood(token, at)
  const parent = token.use === 'session' ? await parentOf(parts, token, at) : null
  const user = await store.user({ id: token.userId })
  if (!user || !mayAct(user, at)) throw refused('bad_token', 'The user of the token may not act.')
  const ends = [token.expiresAt, parent?.expiresAt ?? null, user.expiresAt].filter((end) => end !== null).sort()
  return {
    tokenId: token.id,
    ...(parent && { parentId: parent.id }),
    userId: user.id,
    customerId: user.customerId,
    permissions: new Set(token.permissions),
    scope: token.scope,
    expiresAt: ends[0] ?? null,
  }
}

async function tokenOf({ store }: Parts, credential: Credential): Promise<Token> {
  const secret = 'secret' in credential ? credential.secret : 'session' in credential ? credential.session : null
  if (secret !== null && !isTokenSecret(secret)) throw unknown()
  const key = 'tokenId' in credential ? { id: credential.tokenId } : { hash: hashToken(secret ?? '') }
  const token = await store.token(key)
  if (token?.use !== ('session' in credential ? 'session' : 'bearer')) throw unknown()
  return token
}

async function parentOf({ store }: Parts, { parentId, userId }: Token, at: string): Promise<Token> {
  const parent = parentId === null ? undefined : await store.token({ id: parentId })
  if (!parent || !PARENTS.includes(parent.use) || parent.userId !== userId) throw unknown()
  assertGood(parent, at)
  return parent
}

const PARENTS: readonly Token['use'][] = ['sign-in', 'bearer']

/** Throws `unauthenticated` for a token that has been revoked, or has expired at this moment. */
export function assertGood({ revokedAt, expiresAt }: Token, at: string): void {
  if (revokedAt !== null) throw refused('revoked_token', 'The token has been revoked.')
  if (expiresAt !== null && expiresAt <= at) throw refused('expired_token', 'The token has expired.')
}

/** Whether somebody may do anything at this moment: has not been suspended, is no longer or not yet valid. */
export function mayAct(user: User, at: string): boolean {
  const begun = user.validFrom === null || user.validFrom <= at
  const ended = user.expiresAt !== null && user.expiresAt <= at
  return WORKING_STATUSES.includes(user.status) && begun && !ended
}

function unknown(): DirectoryError {
  return refused('bad_token', 'The token is not valid.')
}

function refused(reason: 'bad_token' | 'revoked_token' | 'expired_token', message: string): DirectoryError {
  return new DirectoryError('unauthenticated', message, { reason })
}
