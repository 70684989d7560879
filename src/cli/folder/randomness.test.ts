import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { openRandomness } from './randomness.ts'

describe('randomness', () => {
  it('gives as many bytes as are asked for, never the same ones again, whatever lengths come one after another', () => {
    const lengths = fc.array(fc.integer({ min: 16, max: 5000 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(lengths, (lengths) => {
        const randomBytes = openRandomness()
        const given = lengths.map((length) => randomBytes(length))
        assert.deepEqual(
          given.map(({ length }) => length),
          lengths,
        )
        // Every 16 bytes that stand together are there once.
        const pieces = given.flatMap((bytes) =>
          Array.from({ length: Math.floor(bytes.length / 16) }, (_, n) =>
            Buffer.from(bytes.subarray(n * 16, n * 16 + 16)).toString('hex'),
          ),
        )
        assert.equal(new Set(pieces).size, pieces.length)
      }),
    )
  })

  it('stays what it was when more is taken', () => {
    const randomBytes = openRandomness()
    const first = randomBytes(16)
    const before = Buffer.from(first).toString('hex')
    for (let n = 0; n < 1000; n++) randomBytes(16)
    assert.equal(Buffer.from(first).toString('hex'), before)
  })
})
