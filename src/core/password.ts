import { argon2 } from 'node:crypto'
import { invalid } from './error.ts'
import { PASSWORD_LENGTH_MAX } from './limits.ts'
import { isStorable } from './text.ts'

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
 * `invalid` for an empty or overlong password and for one with NUL or lone surrogates.
 */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  if (!isStorable(password)) {
    throw invalid('text', 'password must not contain NUL or lone surrogates.', { name: 'password' })
  }
  if (password.length === 0 || password.length > PASSWORD_LENGTH_MAX) {
    const allowed = `1 to ${PASSWORD_LENGTH_MAX} characters`
    throw invalid('range', `password must have ${allowed}.`, { name: 'password', allowed })
  }
  const tag = await new Promise<Uint8Array>((resolve, reject) => {
    argon2(
      'argon2id',
      {
        message: password.normalize('NFC'),
        nonce: salt,
        parallelism: LANES,
        tagLength: TAG_BYTES,
        memory: MEMORY_KIB,
        passes: PASSES,
      },
      (error, derived) => {
        if (error) reject(error)
        else resolve(derived)
      },
    )
  })
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(salt)}$${base64(tag)}`
}

// The PHC string format leaves the padding out.
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}
