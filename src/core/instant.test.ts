import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseInstant } from './instant.ts'

describe('an RFC 3339 date-time', () => {
  it('names an instant in UTC with milliseconds', () => {
    for (const [text, instant] of [
      ['2026-11-22T08:00:00Z', '2026-11-22T08:00:00.000Z'],
      ['2026-11-22t08:00:00.123456789z', '2026-11-22T08:00:00.123Z'],
      ['2026-11-22 08:00:00.5+05:30', '2026-11-22T02:30:00.500Z'],
      ['2026-12-31T23:30:00-01:00', '2027-01-01T00:30:00.000Z'],
      ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00.000Z'],
    ] as const) {
      assert.equal(parseInstant(text), instant, text)
    }
  })

  it('names the first second of the next month where it is a leap second', () => {
    for (const [text, instant] of [
      // The examples of RFC 3339 §5.8.
      ['1990-12-31T23:59:60Z', '1991-01-01T00:00:00.000Z'],
      ['1990-12-31T15:59:60-08:00', '1991-01-01T00:00:00.000Z'],
      ['2015-06-30T23:59:60.25Z', '2015-07-01T00:00:00.250Z'],
      ['2017-01-01T05:29:60+05:30', '2017-01-01T00:00:00.000Z'],
      ['2028-02-29T23:59:60Z', '2028-03-01T00:00:00.000Z'],
    ] as const) {
      assert.equal(parseInstant(text), instant, text)
    }
  })

  it('is nothing else', () => {
    for (const text of [
      '',
      '2026-11-22',
      '2026-11-22T08:00:00',
      '2026-11-22T08:00Z',
      '2026-02-30T08:00:00Z',
      '2026-11-22T24:00:00Z',
      '2026-11-22T08:60:00Z',
      '2026-11-22T08:00:61Z',
      '2026-11-22T08:00:00+24:00',
      '0000-12-31T23:59:59Z',
      '0001-01-01T00:00:00+00:01',
      // A sixtieth second that is no leap second.
      '2016-12-30T23:59:60Z',
      '2016-12-31T22:59:60Z',
      '2016-12-31T23:58:60Z',
      '2016-12-31T23:59:60+01:00',
      '2016-12-31T15:59:60Z',
      '2027-02-29T23:59:60Z',
      '2016-12-31T23:59:61Z',
      '9999-12-31T23:59:60Z',
    ]) {
      assert.equal(parseInstant(text), undefined, text)
    }
  })
})
