import { argon2, timingSafeEqual } from 'node:crypto'
import { invalid } from './error.ts'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './limits.ts'
import { isStorable } from './text.ts'
import { turns } from './turns.ts'

/** Bytes of fresh randomness one hash needs (RFC 9106 §3.1). */
export const PASSWORD_SALT_BYTES = 16

// OWASP's password storage advice for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const TAG_BYTES = 32

/**
 * The Argon2id hash of a password as a PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$tag`: all that is needed to verify
 * it later, also under other costs. Computed off the event loop, on the password's NFC form (RFC 8265 §4.2.2). Throws
 * `invalid` for an empty or overlong password and for one with NUL or lone surrogates. Only few are worked on at once;
 * throws `unavailable` where too many wait.
 */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  if (!isStorable(password)) {
    throw invalid('text', 'password must not contain NUL or lone surrogates.', { name: 'password' })
  }
  if (password.length === 0 || password.length > PASSWORD_LENGTH_MAX) {
    const allowed = `1 to ${PASSWORD_LENGTH_MAX} characters`
    throw invalid('range', `password must have ${allowed}.`, { name: 'password', allowed })
  }
  const costs = { memory: MEMORY_KIB, passes: PASSES, lanes: LANES, salt, tagBytes: TAG_BYTES }
  const tag = await hashing(() => derive(password, costs))
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(salt)}$${base64(tag)}`
}

/** Throws `invalid` for a password that is too short to sign in with; `name` is the member it came in. */
export function assertPasswordLength(password: string, name: string): void {
  if (password.length >= PASSWORD_LENGTH_MIN && password.length <= PASSWORD_LENGTH_MAX) return
  const allowed = `${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters`
  throw invalid('range', `${name} must have ${allowed}.`, { in: 'body', name, allowed })
}

/**
 * Whether a password is the one of a hash, at the hash's own costs. Without a hash, or with one that cannot be read, it
 * is not, and finding that out takes as long as for a hash of today's costs. Only few are worked on at once; throws
 * `unavailable` where too many wait.
 */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const isPossible = isStorable(password) && password.length > 0 && password.length <= PASSWORD_LENGTH_MAX
  const parsed = hash === undefined ? undefined : parsePhc(hash)
  const { tag, ...costs } = parsed ?? NOBODY
  const found = await verifying(() => derive(isPossible ? password : '-', { ...costs, tagBytes: tag.byteLength }))
  return timingSafeEqual(found, tag) && isPossible && parsed !== undefined
}

// Each takes memory and one of the few threads that files and names are read by, too.
const VERIFIED_AT_ONCE = 2
const WAITING_MAX = 64
const verifying = turns(VERIFIED_AT_ONCE, WAITING_MAX, 'Too many people sign in at once.')

// Apart from these: whoever sets many passwords keeps nobody from signing in, and leaves a thread for everything else.
const HASHED_AT_ONCE = 1
const HASHES_WAITING_MAX = 1000
const hashing = turns(HASHED_AT_ONCE, HASHES_WAITING_MAX, 'Too many passwords are set at once.')

interface Costs {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly lanes: number
  readonly salt: Uint8Array
  readonly tagBytes: number
}

function derive(password: string, { memory, passes, lanes, salt, tagBytes }: Costs): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const message = password.normalize('NFC')
    const options = { message, nonce: salt, parallelism: lanes, tagLength: tagBytes, memory, passes }
    argon2('argon2id', options, (error, derived) => {
      if (error) reject(error)
      else resolve(derived)
    })
  })
}

type Parsed = Omit<Costs, 'tagBytes'> & { readonly tag: Uint8Array }

/** What is compared with where there is nobody: no password has it. */
const NOBODY: Parsed = {
  memory: MEMORY_KIB,
  passes: PASSES,
  lanes: LANES,
  salt: new Uint8Array(PASSWORD_SALT_BYTES),
  tag: new Uint8Array(TAG_BYTES),
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([\w+/]{11,128})\$([\w+/]{22,128})$/

// Who can write hashes could otherwise stop the server with one that costs too much.
const MEMORY_KIB_MAX = 262_144
const PASSES_MAX = 16
const LANES_MAX = 16

function parsePhc(hash: string): Parsed | undefined {
  const [, m = '', t = '', p = '', salt = '', tag = ''] = PHC.exec(hash) ?? []
  const [memory, passes, lanes] = [Number(m), Number(t), Number(p)]
  const isBounded = memory <= MEMORY_KIB_MAX && passes <= PASSES_MAX && lanes <= LANES_MAX
  // RFC 9106 §3.1: eight blocks for each lane at least.
  if (!isBounded || passes < 1 || lanes < 1 || memory < 8 * lanes) return undefined
  return { memory, passes, lanes, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') }
}

// The PHC string format leaves the padding out.
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}
