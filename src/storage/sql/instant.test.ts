import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'node:test'
import { instantFrom, instantText } from './instant.ts'

const [FIRST, LAST] = [Date.parse('0000-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')]
const ms = fc.integer({ min: FIRST, max: LAST })

describe('instantFrom', () => {
  it('is the first instant at or after a text, in the order of texts', () => {
    const text = fc
      .tuple(ms, fc.nat({ max: 26 }), fc.constantFrom('', '0', '9', 'T', 'Z', ' ', '+', '~', 'é'))
      .map(([ms, cut, more]) => instantText(ms).slice(0, cut) + more)
    fc.assert(
      fc.property(text, ms, (text, ms) => {
        const from = instantFrom(text)
        assert.equal(instantText(ms) >= text, from !== null && ms >= from)
      }),
      { numRuns: 2000 },
    )
  })

  it('is the instant itself for every instant', () => {
    fc.assert(fc.property(ms, (ms) => assert.equal(instantFrom(instantText(ms)), ms)))
  })
})
