import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'node:test'
import { uuidBytes, uuidFrom, uuidText } from './uuid.ts'

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Texts about ids: cut short, carried on, with a letter changed. */
const text = fc
  .tuple(fc.uuid(), fc.nat({ max: 40 }), fc.constantFrom('', '-', '0', 'f', 'g', ' ', '~', 'é', '\u{10ffff}', 'A'))
  .map(([id, cut, more]) => id.slice(0, cut) + more)

describe('uuidFrom', () => {
  it('is the first id at or after a text, in the order of texts', () => {
    fc.assert(
      fc.property(text, fc.uuid(), (text, id) => {
        const from = uuidFrom(text)
        const isAtOrAfter = id >= text
        assert.equal(isAtOrAfter, from !== null && Buffer.compare(uuidBytes(id), from) >= 0)
        if (from) assert.ok(uuidText(from) >= text)
      }),
      { numRuns: 2000 },
    )
  })

  it('is nothing after the last id', () => {
    assert.equal(uuidFrom(`${LAST}0`), null)
    assert.equal(uuidFrom('g'), null)
    assert.equal(uuidText(uuidFrom(LAST) ?? new Uint8Array(16)), LAST)
  })
})

describe('uuidBytes', () => {
  it('are in the order of the texts, and become the text again', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (a, b) => {
        assert.equal(Math.sign(Buffer.compare(uuidBytes(a), uuidBytes(b))), a < b ? -1 : a > b ? 1 : 0)
        assert.equal(uuidText(uuidBytes(a)), a)
      }),
    )
  })
})
