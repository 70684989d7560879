import { createHash } from 'node:crypto'
import type { Permission, Scope } from './principal.ts'
import type { Instant } from './user.ts'

/**
 * What a token is for: `bearer` is shown in `Authorization`; `sign-in` has no secret and is the right of its user to sign in with
 * a password; `session` is kept by a browser, and ends with the token it was made from; `setup` makes one administrator.
 */
export const TOKEN_USES = ['bearer', 'sign-in', 'session', 'setup'] as const
export type TokenUse = (typeof TOKEN_USES)[number]

/** A credential as the directory keeps it: never the secret, only its hash. */
export interface Token {
  /** UUID; also the client id at the token endpoints. */
  readonly id: string
  readonly use: TokenUse
  /** The token a session was made from. */
  readonly parentId: string | null
  /** Of a session: the user agent it was opened by, empty where that is not known. */
  readonly name: string
  readonly userId: string
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly createdAt: Instant
  readonly createdBy: string | null
  readonly expiresAt: Instant | null
  readonly revokedAt: Instant | null
  readonly lastUsedAt: Instant | null
}

/** SHA-256 of the secret in lower-case hex: what is stored and looked up. */
export type TokenHash = string

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6
const FORM = new RegExp(`^rc_[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`)

/** The text of a token from 32 random bytes: `rc_`, 43 characters of secret, 6 of checksum. */
export function tokenSecret(random: Uint8Array): string {
  const body = base62(BigInt(`0x${Buffer.from(random).toString('hex')}`), SECRET_LENGTH)
  return `rc_${body}${checksum(body)}`
}

/** Whether a text is a token that was ever issued somewhere: a mistyped one is refused without asking the store. */
export function isTokenSecret(text: string): boolean {
  return FORM.test(text) && checksum(text.slice(3, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH)
}

/** What stands for the hash of a token that has no secret: no SHA-256 is like it. */
export function hashOfNone(id: string): TokenHash {
  return `none ${id}`
}

export function hashToken(secret: string): TokenHash {
  return createHash('sha256').update(secret).digest('hex')
}

function checksum(body: string): string {
  const digest = createHash('sha256').update(`rollcall token ${body}`).digest()
  return base62(BigInt(digest.readUInt32BE(0)), CHECKSUM_LENGTH)
}

function base62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 62n) text = (ALPHABET[Number(rest % 62n)] ?? '') + text
  return text
}
