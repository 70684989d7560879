import { DirectoryError } from '../../core/error.ts'

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LENGTH = 36
const DIGITS = Array.from('0123456789abcdef')

/** Whether a text is a UUID in lower case. */
export function isUuid(text: string): boolean {
  return FORM.test(text)
}

/** The 16 bytes of a UUID in lower case; their order is that of the texts. Throws for any other text. */
export function uuidBytes(text: string): Uint8Array {
  if (!isUuid(text)) throw new DirectoryError('internal', 'An id is not a UUID in lower case.')
  return Buffer.from(text.replaceAll('-', ''), 'hex')
}

/** The text of 16 bytes. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * The bytes of the first UUID whose text is this text or comes after it; null when there is none. With it any text can
 * stand in a comparison with ids: `id >= text` is `bytes >= uuidFrom(text)`.
 */
export function uuidFrom(text: string): Uint8Array | null {
  let found = ''
  for (let i = 0; i < LENGTH; i++) {
    const wanted = text[i]
    if (wanted === undefined) return uuidBytes(filled(found))
    const own = isDash(i) ? '-' : (DIGITS.find((digit) => digit >= wanted) ?? '')
    if (own === wanted) found += own
    else if (own !== '' && own > wanted) return uuidBytes(filled(found + own))
    else return successor(found)
  }
  return text.length === LENGTH ? uuidBytes(found) : successor(found)
}

// The first UUID after all that begin with this text.
function successor(start: string): Uint8Array | null {
  for (let i = start.length - 1; i >= 0; i--) {
    if (isDash(i)) continue
    const next = DIGITS[DIGITS.indexOf(start[i] ?? '') + 1]
    if (next !== undefined) return uuidBytes(filled(start.slice(0, i) + next))
  }
  return null
}

function filled(start: string): string {
  return start + '00000000-0000-0000-0000-000000000000'.slice(start.length)
}

function isDash(index: number): boolean {
  return index === 8 || index === 13 || index === 18 || index === 23
}
