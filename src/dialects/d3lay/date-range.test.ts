import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../test/arbitrary/runs.ts'
import { DirectoryError } from '../../core/error.ts'
import { moment, rangeFilter } from './date-range.ts'

const read = (text: string) => moment('A moment.').read([text], 'created_at_from')

describe('A moment in a query of d3lay', () => {
  it('is the same instant in whatever offset it is written', () => {
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 })
    const date = fc.date({ min: new Date('0002-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
    fc.assert(
      fc.property(date, offset, fc.constantFrom('+', ' '), (at, minutes, plus) => {
        const wall = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1)
        const clock = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((n) =>
          String(n).padStart(2, '0'),
        )
        assert.equal(read(`${wall}${minutes < 0 ? '-' : plus}${clock.join(':')}`), at.toISOString())
      }),
      runs(500),
    )
  })

  it('is the next millisecond where it lies within one, so that it divides users as the moment itself does', () => {
    assert.equal(read('2023-05-06T00:00:00.000000001Z'), '2023-05-06T00:00:00.001Z')
    assert.equal(read('2023-05-06T00:00:00.1230000Z'), '2023-05-06T00:00:00.123Z')
    assert.equal(read('2023-05-06T23:59:59.9999Z'), '2023-05-07T00:00:00.000Z')
  })

  it('is refused by name unless it is RFC 3339 with an offset', () => {
    const texts = [
      '',
      'now',
      '2023-05-06',
      '2023-05-06T00:00:00',
      '2023-05-06T00:00Z',
      '2023-02-29T00:00:00Z',
      '2023-05-06T25:00:00Z',
      '2023-05-06T00:00:00 Z',
      '2023-05-06T00:00:00+2',
      '0000-01-01T00:00:00Z',
      '99999-01-01T00:00:00Z',
    ]
    for (const text of texts) {
      const refused = (error: unknown) => error instanceof DirectoryError && error.where.name === 'created_at_from'
      assert.throws(() => read(text), refused, text)
    }
  })
})

describe('A range of moments of d3lay', () => {
  const early = '2023-05-06T00:00:00.000Z'
  const late = '2023-05-07T00:00:00.000Z'

  it('includes its beginning and excludes its end', () => {
    assert.deepEqual(rangeFilter('createdAt', 'created_at', { from: early, to: late }), {
      kind: 'all',
      of: [
        { kind: 'compare', field: 'createdAt', op: 'ge', value: early },
        { kind: 'compare', field: 'createdAt', op: 'lt', value: late },
      ],
    })
  })

  it('may be open, and may be empty, but not backwards', () => {
    assert.equal(rangeFilter('updatedAt', 'updated_at', { from: undefined, to: undefined }), undefined)
    assert.ok(rangeFilter('updatedAt', 'updated_at', { from: early, to: early }))
    assert.throws(
      () => rangeFilter('updatedAt', 'updated_at', { from: late, to: early }),
      (error) => error instanceof DirectoryError && error.where.name === 'updated_at_from',
    )
  })
})
