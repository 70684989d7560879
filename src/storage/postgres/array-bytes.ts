import { uuidBytes } from '../sql/uuid.ts'

/** Type numbers of PostgreSQL, which never change. */
const TYPE_NUMBERS = { boolean: 16, bigint: 20, integer: 23, text: 25, uuid: 2950 } as const

/** What the values of an array are to PostgreSQL. */
export type ElementType = keyof typeof TYPE_NUMBERS

const HEADER_BYTES = 20
/** Where an empty array ends. */
const EMPTY_BYTES = 12
const FIXED_MAX_BYTES = 20
const INTEGER_BYTES = 4
const LENGTH_BYTES = 4
/** A text takes no more bytes than this for each of its units. */
const UNIT_BYTES = 3
/** Longer texts are written by the runtime, which takes as long as this to be called. */
const SHORT_LENGTH = 40
const TWO_32 = 2 ** 32

/**
 * An array as PostgreSQL receives it (array_recv: dimensions, whether there are nulls, type, length, first index; then each value
 * behind its length). It is read without being parsed, which for long ones is most of the work.
 */
export function arrayBytes(type: ElementType, values: readonly (string | number | boolean | null)[]): Uint8Array {
  let bytes = Buffer.allocUnsafe(HEADER_BYTES + guessedBytes(type, values))
  let end = HEADER_BYTES
  for (const value of values) {
    const room = end + FIXED_MAX_BYTES + (typeof value === 'string' ? value.length * UNIT_BYTES : 0)
    if (room > bytes.length) {
      const more = Buffer.allocUnsafe(Math.max(bytes.length * 2, room))
      bytes.copy(more, 0, 0, end)
      bytes = more
    }
    const start = end + LENGTH_BYTES
    end = value === null ? start : write(bytes, type, value, start)
    bytes.writeInt32BE(value === null ? -1 : end - start, start - LENGTH_BYTES)
  }
  writeHeader(bytes, type, values.length, true)
  return bytes.subarray(0, values.length === 0 ? EMPTY_BYTES : end)
}

/** The same of stretches of integers, one after another: many times as many as of anything else. */
export function integersBytes(stretches: readonly ArrayLike<number>[]): Uint8Array {
  const length = stretches.reduce((sum, stretch) => sum + stretch.length, 0)
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length * (LENGTH_BYTES + INTEGER_BYTES))
  writeHeader(bytes, 'integer', length, false)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let end = HEADER_BYTES
  for (const stretch of stretches) {
    for (let at = 0; at < stretch.length; at++) {
      view.setInt32(end, INTEGER_BYTES)
      view.setInt32(end + LENGTH_BYTES, stretch[at] ?? 0)
      end += LENGTH_BYTES + INTEGER_BYTES
    }
  }
  return bytes.subarray(0, length === 0 ? EMPTY_BYTES : end)
}

function writeHeader(bytes: Buffer, type: ElementType, length: number, mayHaveNulls: boolean): void {
  const words = [length === 0 ? 0 : 1, Number(mayHaveNulls), TYPE_NUMBERS[type], length, 1]
  for (const [place, word] of words.entries()) bytes.writeInt32BE(word, place * 4)
}

// Enough for all but texts with many letters that are not ASCII.
function guessedBytes(type: ElementType, values: readonly unknown[]): number {
  let bytes = values.length * FIXED_MAX_BYTES
  if (type === 'text') for (const value of values) if (typeof value === 'string') bytes += value.length
  return bytes
}

// Writes a value, and gives where it ends.
function write(bytes: Buffer, type: ElementType, value: string | number | boolean, at: number): number {
  switch (type) {
    case 'text':
      return writeText(bytes, String(value), at)
    case 'uuid':
      bytes.set(uuidBytes(String(value)), at)
      return at + 16
    case 'boolean':
      return bytes.writeInt8(Number(value), at)
    case 'integer':
      return bytes.writeInt32BE(Number(value), at)
    case 'bigint': {
      const high = Math.floor(Number(value) / TWO_32)
      return bytes.writeUInt32BE(Number(value) - high * TWO_32, bytes.writeInt32BE(high, at))
    }
  }
}

function writeText(bytes: Buffer, text: string, at: number): number {
  const { length } = text
  if (length > SHORT_LENGTH) return at + bytes.write(text, at)
  for (let place = 0; place < length; place++) {
    const unit = text.charCodeAt(place)
    if (unit > LAST_ASCII) return at + bytes.write(text, at)
    bytes[at + place] = unit
  }
  return at + length
}

const LAST_ASCII = 0x7f
