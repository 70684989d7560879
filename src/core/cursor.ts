import { createCipheriv, createDecipheriv, createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto'
import { invalid, type DirectoryError } from './error.ts'
import type { Position } from './query.ts'

/** A place in a list, and the way its maker meant to go on from there. */
export interface CursorPlace {
  readonly position: Position
  readonly direction: 'after' | 'before'
  /** The revision of the list it is a place of: who goes on from there wants to see no earlier one. */
  readonly revision: number
}

/** What cursors are made for: query, sort and what the caller sees. */
export type CursorBinding = Buffer

/** The binding of a text that says all of it. */
export function cursorBinding(text: string): CursorBinding {
  return hash('sha256', text, 'buffer')
}

/**
 * Turns places into opaque text and back. The text is encrypted, because a visible sort key lets a caller bisect values
 * it may not see, and bound to what it was made for. It grants nothing.
 */
export interface Cursors {
  encode(place: CursorPlace, binding: CursorBinding): string
  /** Throws `invalid` with reason `cursor` for text that was not made by `encode` for this binding. */
  decode(text: string, binding: CursorBinding): CursorPlace
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
// Above what three texts of the greatest length come to on their keys: whatever is encoded can be decoded.
const LENGTH_MAX = 1_048_576

/**
 * Cursors under a key of 32 bytes, AES-256-GCM with a synthetic nonce: the nonce is a MAC of binding and place, so no
 * randomness is needed, one place has one text, and a nonce repeats only for the very same message. The MAC is a hash of
 * key, binding and place, cut short so that nobody can lengthen it: an HMAC costs as much
 * as the encryption.
 */
export function cursors(key: Uint8Array): Cursors {
  const cipherKey = derived(key, 'rollcall cursor encryption')
  const nonceKey = bytesOf(key, 'rollcall cursor nonce')
  return {
    encode({ position, direction, revision }, binding) {
      const plain = JSON.stringify([direction === 'after' ? 1 : 0, revision, position.tie, ...position.keys])
      const message = Buffer.from(plain)
      const nonce = hash('sha256', Buffer.concat([nonceKey, binding, message]), 'buffer').subarray(0, NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(binding)
      const sealed = [nonce, cipher.update(message), cipher.final(), cipher.getAuthTag()]
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
        throw cursorRefusal()
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', cipherKey, sealed.subarray(0, NONCE_BYTES))
          .setAAD(binding)
          .setAuthTag(sealed.subarray(-TAG_BYTES))
        const plain =
          decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        const [after, revision, tie, ...keys] = JSON.parse(plain) as [
          0 | 1,
          number,
          string | number,
          ...Position['keys'],
        ]
        return { position: { keys, tie }, direction: after === 1 ? 'after' : 'before', revision }
      } catch {
        throw cursorRefusal()
      }
    },
  }
}

// A key object, because OpenSSL takes four times as long to begin with a key that comes as bytes.
function derived(key: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(bytesOf(key, purpose))
}

function bytesOf(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, 32))
}

/** One answer for forged, foreign and outdated cursors: which of them it was is nobody's business. */
export function cursorRefusal(): DirectoryError {
  return invalid('cursor', 'This cursor was not made for this query and caller.', {
    name: 'cursor',
    allowed: 'a cursor from an earlier answer to the same query; leave it out to begin again',
  })
}
