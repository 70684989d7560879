import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseMoment } from './moment.ts'

describe('A moment', () => {
  for (const [text, floor, ceiling] of [
    ['2026-11-22T08:03:33Z', '2026-11-22T08:03:33.000Z', '2026-11-22T08:03:33.000Z'],
    ['2026-11-22T08:03:33.803+01:00', '2026-11-22T07:03:33.803Z', '2026-11-22T07:03:33.803Z'],
    ['2026-11-22T08:03:33.803000000Z', '2026-11-22T08:03:33.803Z', '2026-11-22T08:03:33.803Z'],
    ['2026-11-22T08:03:33.803001+00:00', '2026-11-22T08:03:33.803Z', '2026-11-22T08:03:33.804Z'],
    ['2026-12-31T23:59:59.999999999Z', '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.9999Z', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ] as const) {
    it(`lies between the milliseconds around it: ${text}`, () => {
      assert.deepEqual(parseMoment(text), { floor, ceiling })
    })
  }

  it('is an RFC 3339 date-time and nothing else', () => {
    for (const text of ['', '2026-11-22', '2026-11-22T08:03:33', 'yesterday'])
      assert.equal(parseMoment(text), undefined)
  })
})
