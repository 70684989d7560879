import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/arbitrary/runs.ts'
import { storableText } from '../../test/arbitrary/text.ts'
import { cursorBinding, cursors as openCursors, type CursorPlace } from './cursor.ts'
import { DirectoryError } from './error.ts'

/** Cursors bound by texts. */
function cursors(key: Uint8Array) {
  const bound = openCursors(key)
  return {
    encode: (place: CursorPlace, text: string) => bound.encode(place, cursorBinding(text)),
    decode: (cursor: string, text: string) => bound.decode(cursor, cursorBinding(text)),
  }
}

const key = (byte: number) => new Uint8Array(32).fill(byte)
const one = cursors(key(1))

const place: fc.Arbitrary<CursorPlace> = fc.record(
  {
    position: fc.record(
      {
        keys: fc.array(fc.oneof(storableText, fc.integer(), fc.maxSafeInteger(), fc.constant(null)), { maxLength: 8 }),
        tie: fc.oneof(fc.uuid(), fc.maxSafeNat()),
      },
      { noNullPrototype: true },
    ),
    direction: fc.constantFrom('after', 'before'),
    revision: fc.maxSafeNat(),
  },
  { noNullPrototype: true },
)

const sample: CursorPlace = { position: { keys: ['müller', null, 7], tie: 42 }, direction: 'after', revision: 3 }

function isRefused(decode: () => unknown): boolean {
  try {
    decode()
    return false
  } catch (error) {
    return error instanceof DirectoryError && error.code === 'invalid' && error.reason === 'cursor'
  }
}

describe('a cursor', () => {
  it('comes back as the place it was made for', () => {
    fc.assert(
      fc.property(place, storableText, (place, binding) => {
        assert.deepEqual(one.decode(one.encode(place, binding), binding), place)
      }),
      runs(300),
    )
  })

  it('comes back from places with the longest texts users can have', () => {
    for (const letter of ['a', '中', '😀', '\u0001', 'صلى الله عليه وسلم']) {
      const long = letter.repeat(4_096)
      const far: CursorPlace = { position: { keys: [long, long, long], tie: 1 }, direction: 'before', revision: 9 }
      assert.deepEqual(one.decode(one.encode(far, ''), ''), far)
    }
  })

  it('is made of characters that need no escaping in a URL', () => {
    fc.assert(
      fc.property(place, (place) => {
        assert.match(one.encode(place, ''), /^[A-Za-z0-9_-]+$/)
      }),
      runs(100),
    )
  })

  it('is one text for one place and binding, and another for any other', () => {
    assert.equal(one.encode(sample, 'a'), cursors(key(1)).encode(sample, 'a'))
    const texts = [
      one.encode(sample, 'a'),
      one.encode(sample, 'b'),
      one.encode({ ...sample, direction: 'before' }, 'a'),
      one.encode({ ...sample, position: { keys: ['müller', null, 7], tie: 43 } }, 'a'),
      one.encode({ ...sample, position: { keys: ['müller', null, 8], tie: 42 } }, 'a'),
      cursors(key(2)).encode(sample, 'a'),
    ]
    assert.equal(new Set(texts).size, texts.length)
    // The same nonce under the same key for two messages would give away both.
    assert.equal(new Set(texts.map((text) => text.slice(0, 16))).size, texts.length)
  })

  it('shows nothing of the place', () => {
    const text = Buffer.from(one.encode(sample, 'a'), 'base64url').toString('latin1')
    assert.ok(!text.includes('ller'))
  })

  it('is refused with any one bit changed', () => {
    let tried = 0
    for (let n = 0; tried < 1_000; n++) {
      const bytes = Buffer.from(one.encode({ ...sample, position: { keys: [`name ${n}`], tie: n } }, 'a'), 'base64url')
      for (let bit = 0; bit < bytes.length * 8; bit++, tried++) {
        const forged = Buffer.from(bytes)
        forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        assert.ok(
          isRefused(() => one.decode(forged.toString('base64url'), 'a')),
          `bit ${bit} of ${bytes.toString('hex')}`,
        )
      }
    }
  })

  it('is refused cut short, drawn out, or spelt another way', () => {
    const text = one.encode(sample, 'a')
    for (let length = 0; length < text.length; length++) {
      assert.ok(
        isRefused(() => one.decode(text.slice(0, length), 'a')),
        `${length} characters`,
      )
    }
    for (const other of [
      `${text}A`,
      `${text}=`,
      ` ${text}`,
      `${text}\n`,
      `${text.slice(0, 9)} ${text.slice(9)}`,
      text + text,
    ]) {
      assert.ok(
        isRefused(() => one.decode(other, 'a')),
        JSON.stringify(other),
      )
    }
    // Two spellings of one byte string would be two cursors.
    const last = text.at(-1) ?? ''
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/') {
      if (letter !== last)
        assert.ok(
          isRefused(() => one.decode(text.slice(0, -1) + letter, 'a')),
          letter,
        )
    }
  })

  it('is refused for any text that is no cursor', () => {
    fc.assert(
      fc.property(fc.oneof(storableText, fc.base64String(), fc.string({ maxLength: 200 })), (text) => {
        assert.ok(isRefused(() => one.decode(text, 'a')))
      }),
      runs(300),
    )
    assert.ok(isRefused(() => one.decode('A'.repeat(10_000_000), 'a')))
  })

  it('is refused for another query and under another key', () => {
    const text = one.encode(sample, 'a')
    assert.ok(isRefused(() => one.decode(text, 'b')))
    assert.ok(isRefused(() => one.decode(text, '')))
    assert.ok(isRefused(() => cursors(key(2)).decode(text, 'a')))
  })

  it('is refused in the same words, whatever is wrong with it', () => {
    const said = (decode: () => unknown): string => {
      try {
        decode()
        return ''
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
    }
    const text = one.encode(sample, 'a')
    assert.equal(
      said(() => one.decode('forged', 'a')),
      said(() => one.decode(text, 'b')),
    )
    assert.equal(
      said(() => one.decode(`${text}A`, 'a')),
      said(() => cursors(key(2)).decode(text, 'a')),
    )
  })
})
