import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const PURPOSE = 'rollcall kept secrets'

/**
 * Bytes only who knows the secret can read or make: salt, nonce, AES-256-GCM ciphertext and tag, under a key that HKDF
 * (RFC 5869, SHA-256) makes of secret and salt. `name` says what they are: one sealed thing cannot pass for another.
 */
export function seal(plain: Uint8Array, secret: string, name: string): Uint8Array {
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret, salt), nonce).setAAD(Buffer.from(name))
  return Buffer.concat([salt, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** What was sealed with this secret under this name; undefined where it was not. */
export function unseal(sealed: Uint8Array, secret: string, name: string): Uint8Array | undefined {
  const bytes = Buffer.from(sealed)
  if (bytes.length < SALT_BYTES + NONCE_BYTES + TAG_BYTES) return undefined
  const salt = bytes.subarray(0, SALT_BYTES)
  const nonce = bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret, salt), nonce)
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(SALT_BYTES + NONCE_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    return undefined
  }
}

function sealingKey(secret: string, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, PURPOSE, 32))
}
