import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { invalid } from './error.ts'
import type { Position } from './query.ts'

/** A place in a list, and the way its maker meant to go on from there. */
export interface CursorPlace {
  readonly position: Position
  readonly direction: 'after' | 'before'
}

/**
 * Turns places into opaque text and back. The text is encrypted, because a visible sort key lets a caller bisect values
 * it may not see, and bound to what it was made for: query, sort and what the caller sees. It grants nothing.
 */
export interface Cursors {
  encode(place: CursorPlace, binding: string): string
  /** Throws `invalid` with reason `cursor` for text that was not made by `encode` for this binding. */
  decode(text: string, binding: string): CursorPlace
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
// Above what three texts of the greatest length come to on their keys: whatever is encoded can be decoded.
const LENGTH_MAX = 1_048_576

/**
 * Cursors under a key of 32 bytes, AES-256-GCM with a synthetic nonce: the nonce is a MAC of binding and place, so no
 * randomness is needed, one place has one text, and a nonce repeats only for the very same message.
 */
export function cursors(key: Uint8Array): Cursors {
  const cipherKey = derived(key, 'rollcall cursor encryption')
  const nonceKey = derived(key, 'rollcall cursor nonce')
  return {
    encode({ position, direction }, binding) {
      const plain = JSON.stringify([direction === 'after' ? 1 : 0, position.tie, ...position.keys])
      const bound = digest(binding)
      const nonce = createHmac('sha256', nonceKey).update(bound).update(plain).digest().subarray(0, NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(bound)
      const sealed = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return Buffer.concat(sealed).toString('base64url')
    },
    decode(text, binding) {
      const sealed = Buffer.from(text.slice(0, LENGTH_MAX + 1), 'base64url')
      // Only the canonical spelling: base64url decoding passes over what does not belong.
      if (
        text.length > LENGTH_MAX ||
        sealed.length < NONCE_BYTES + TAG_BYTES ||
        sealed.toString('base64url') !== text
      ) {
        throw refused()
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', cipherKey, sealed.subarray(0, NONCE_BYTES))
          .setAAD(digest(binding))
          .setAuthTag(sealed.subarray(-TAG_BYTES))
        const plain =
          decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        const [after, tie, ...keys] = JSON.parse(plain) as [0 | 1, string | number, ...Position['keys']]
        return { position: { keys, tie }, direction: after === 1 ? 'after' : 'before' }
      } catch {
        throw refused()
      }
    },
  }
}

// A key object, because OpenSSL takes four times as long to begin with a key that comes as bytes.
function derived(key: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', purpose, 32)))
}

function digest(binding: string): Buffer {
  return hash('sha256', binding, 'buffer')
}

// One answer for forged, foreign and outdated cursors: which of them it was is nobody's business.
function refused() {
  return invalid('cursor', 'This cursor was not made for this query and caller.', {
    name: 'cursor',
    allowed: 'a cursor from an earlier answer to the same query; leave it out to begin again',
  })
}
