import { randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Directory } from '../core/directory.ts'
import { DirectoryError, invalid } from '../core/error.ts'
import type { Permission, Principal } from '../core/principal.ts'
import type { Store } from '../core/store.ts'
import { fold } from '../core/text.ts'
import type { SignedToken, SignedTokens } from '../dialects/dialect.ts'
import { ALGORITHM, type SigningKey } from './signing.ts'

/** The media type of an access token in JWT form (RFC 9068 §2.1), without its `application/`. */
const TYPE = 'at+jwt'
const JWT_LENGTH_MAX = 4096

/** Whether a text has the outer form of a JWS in compact form; opaque tokens have no dot. */
export function looksSigned(text: string): boolean {
  return text.includes('.')
}

/**
 * The stored token a signed one stands for, and when the signed one ends. Throws `unauthenticated` unless it is in
 * strict compact form, signed with this key, and of this issuer, audience, type and time.
 */
export async function verifySignedToken(
  signing: SigningKey,
  text: string,
  nowMs: number,
): Promise<{ readonly tokenId: string; readonly expiresAtMs: number }> {
  if (!isStrictCompact(text)) throw badToken()
  try {
    const { payload } = await jwtVerify(text, signing.publicKey, {
      algorithms: [ALGORITHM],
      issuer: signing.issuer,
      audience: signing.audience,
      typ: TYPE,
      requiredClaims: ['exp', 'client_id'],
      currentDate: new Date(nowMs),
    })
    const { client_id: tokenId, exp } = payload
    if (typeof tokenId !== 'string' || exp === undefined) throw badToken()
    return { tokenId, expiresAtMs: exp * 1000 }
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw new DirectoryError('unauthenticated', 'The token has expired.', { reason: 'expired_token' })
    }
    throw badToken()
  }
}

// jose takes white space, padding and bits beyond the last byte, all of which make several texts of one token.
function isStrictCompact(text: string): boolean {
  if (text.length > JWT_LENGTH_MAX) return false
  const parts = text.split('.')
  return parts.length === 3 && parts.every(isCanonicalBase64url)
}

function isCanonicalBase64url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part
}

function badToken(): DirectoryError {
  return new DirectoryError('unauthenticated', 'The token is not valid.', { reason: 'bad_token' })
}

function badCredentials(): DirectoryError {
  return new DirectoryError('unauthenticated', 'The id or the secret is wrong.', { reason: 'bad_token' })
}

function asTheyAre(permissions: readonly Permission[]): readonly string[] {
  return permissions
}

/** Signs tokens for clients that show the token they stand for. They never outlive it. */
export function signedTokens(parts: {
  readonly directory: Directory
  readonly store: Store
  readonly signing: SigningKey
  readonly lifetimeS: number
  readonly now: () => number
}): SignedTokens {
  const { directory, store, signing } = parts

  const issue = async (principal: Principal, scopes = asTheyAre): Promise<SignedToken> => {
    const issuedAtS = Math.floor(parts.now() / 1000)
    const untilS = principal.expiresAt === null ? Infinity : Math.floor(Date.parse(principal.expiresAt) / 1000)
    const expiresAtS = Math.min(issuedAtS + parts.lifetimeS, untilS)
    const permissions = [...principal.permissions]
    const token = await new SignJWT({ client_id: principal.tokenId, scope: scopes(permissions).join(' ') })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: signing.kid })
      .setIssuer(signing.issuer)
      .setAudience(signing.audience)
      .setSubject(principal.userId ?? principal.tokenId)
      .setJti(randomUUID())
      .setIssuedAt(issuedAtS)
      .setNotBefore(issuedAtS)
      .setExpirationTime(expiresAtS)
      .sign(signing.privateKey)
    return { token, lifetimeS: expiresAtS - issuedAtS, expiresAtMs: expiresAtS * 1000, permissions }
  }

  const principalOf = async (secret: string): Promise<Principal> => {
    try {
      return await directory.principal({ secret })
    } catch (error) {
      // Which of the two was wrong, or why the token no longer works, is not said.
      if (error instanceof DirectoryError && error.code === 'unauthenticated') throw badCredentials()
      throw error
    }
  }

  return {
    async forClient(clientId, secret, audience, scopes) {
      const principal = await principalOf(secret)
      if (principal.tokenId !== clientId) throw badCredentials()
      if (audience !== undefined && audience !== signing.audience) {
        throw invalid('value', `audience must be ${signing.audience}.`, {
          in: 'body',
          name: 'audience',
          allowed: [signing.audience],
        })
      }
      return issue(principal, scopes)
    },
    async forUser(userName, secret) {
      const principal = await principalOf(secret)
      const user = principal.userId === null ? undefined : await store.user({ id: principal.userId })
      const name = fold(userName)
      const isUser = user !== undefined && (fold(user.identifier) === name || fold(user.email ?? '') === name)
      if (name === '' || !isUser) throw badCredentials()
      return issue(principal)
    },
  }
}
