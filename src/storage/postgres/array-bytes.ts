import { uuidBytes } from '../sql/uuid.ts'

/** Type numbers of PostgreSQL, which never change. */
const TYPE_NUMBERS = { boolean: 16, bigint: 20, integer: 23, text: 25, uuid: 2950 } as const

/** What the values of an array are to PostgreSQL. */
export type ElementType = keyof typeof TYPE_NUMBERS

const HEADER_BYTES = 20
/** Where an empty array ends. */
const EMPTY_BYTES = 12
const FIXED_MAX_BYTES = 20
const GUESS_BYTES = 12
/** A text takes no more bytes than this for each of its units. */
const UNIT_BYTES = 3
const TWO_32 = 2 ** 32

/**
 * An array as PostgreSQL receives it (array_recv: dimensions, whether there are nulls, type, length, first index; then each value
 * behind its length). It is read without being parsed, which for long ones is most of the work.
 */
export function arrayBytes(type: ElementType, values: readonly (string | number | boolean | null)[]): Uint8Array {
  let bytes = Buffer.allocUnsafe(HEADER_BYTES + values.length * GUESS_BYTES)
  let end = HEADER_BYTES
  for (const value of values) {
    const room = end + FIXED_MAX_BYTES + (typeof value === 'string' ? value.length * UNIT_BYTES : 0)
    if (room > bytes.length) {
      const more = Buffer.allocUnsafe(Math.max(bytes.length * 2, room))
      bytes.copy(more, 0, 0, end)
      bytes = more
    }
    const start = end + 4
    end = value === null ? start : write(bytes, type, value, start)
    bytes.writeInt32BE(value === null ? -1 : end - start, start - 4)
  }
  const isEmpty = values.length === 0
  for (const [place, word] of [isEmpty ? 0 : 1, 1, TYPE_NUMBERS[type], values.length, 1].entries()) {
    bytes.writeInt32BE(word, place * 4)
  }
  return bytes.subarray(0, isEmpty ? EMPTY_BYTES : end)
}

// Writes a value, and gives where it ends.
function write(bytes: Buffer, type: ElementType, value: string | number | boolean, at: number): number {
  switch (type) {
    case 'text':
      return at + bytes.write(String(value), at)
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
