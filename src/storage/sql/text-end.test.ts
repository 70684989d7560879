import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'node:test'
import { compareCodePoints } from '../../core/text.ts'
import { textEnd } from './text-end.ts'

const unit = fc.constantFrom('a', 'b', '\u0001', '\ud7ff', '\ue000', '\uffff', '𐀀', '\u{10fffe}', '\u{10ffff}')
const text = fc.array(unit, { maxLength: 4 }).map((units) => units.join(''))

describe('textEnd', () => {
  it('is above every text that begins like this, and above no other', () => {
    fc.assert(
      fc.property(text, text, (start, other) => {
        const end = textEnd(start)
        const isWithin = compareCodePoints(other, start) >= 0 && (end === null || compareCodePoints(other, end) < 0)
        assert.equal(isWithin, other.startsWith(start))
      }),
      { numRuns: 2000 },
    )
  })
})
