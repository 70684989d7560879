import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../test/arbitrary/runs.ts'
import { offsetTime } from './offset-time.ts'

const zones = Intl.supportedValuesOf('timeZone')

/** What Intl says of a zone at a moment: its offset in minutes, seconds rounded. */
function offsetByIntl(timeZone: string, ms: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [hours = 0, minutes = 0, seconds = 0] = name
    .replace(/^GMT[+-]?/, '')
    .split(':')
    .map(Number)
  const offset = Math.round(hours * 60 + minutes + seconds / 60)
  return name.includes('-') ? -offset : offset
}

const instant = fc
  .date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
// Most zones changed their clocks in these years, some of them many times.
const instantOfChanges = fc
  .date({ min: new Date('1880-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

describe('A time with an offset', () => {
  it('is the same instant, at the offset Intl gives, in every zone and year', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.oneof(instant, instantOfChanges), (zone, at) => {
        const written = offsetTime(zone)(at)
        assert.match(written, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
        assert.equal(new Date(written).toISOString(), `${at.slice(0, 19)}.000Z`)
        const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(written) ?? []
        const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
        assert.equal(offset, offsetByIntl(zone, Date.parse(at)) + 0, `${zone} ${at}`)
      }),
      runs(1000),
    )
  })

  it('is right on either side of every change of one zone, second by second', () => {
    const time = offsetTime('Europe/Paris')
    const changes = [
      ['2023-03-26T00:59:59.999Z', '2023-03-26T01:59:59+01:00'],
      ['2023-03-26T01:00:00.000Z', '2023-03-26T03:00:00+02:00'],
      ['2023-10-29T00:59:59.999Z', '2023-10-29T02:59:59+02:00'],
      ['2023-10-29T01:00:00.000Z', '2023-10-29T02:00:00+01:00'],
      ['1944-08-24T22:00:00.000Z', '1944-08-25T00:00:00+02:00'],
      ['2199-07-01T12:00:00.000Z', '2199-07-01T14:00:00+02:00'],
    ] as const
    for (const [at, expected] of changes) assert.equal(time(at), expected)
  })

  it('is written in UTC where the wall clock would leave the years of four digits', () => {
    assert.equal(offsetTime('Europe/Paris')('9999-12-31T23:30:00.000Z'), '9999-12-31T23:30:00+00:00')
    assert.equal(offsetTime('Europe/Paris')('9999-12-31T22:30:00.000Z'), '9999-12-31T23:30:00+01:00')
    assert.equal(offsetTime('America/New_York')('0001-01-01T00:00:00.000Z'), '0000-12-31T19:04:00-04:56')
  })

  it('rounds the offsets with seconds of local mean time, and keeps the instant', () => {
    assert.equal(offsetTime('Europe/Paris')('1880-01-01T00:00:00.000Z'), '1880-01-01T00:09:00+00:09')
    assert.equal(offsetTime('Africa/Monrovia')('1950-01-01T00:00:00.000Z'), '1949-12-31T23:15:00-00:45')
  })

  it('never writes an offset of minus zero', () => {
    assert.equal(offsetTime('UTC')('2023-01-01T00:00:00.000Z'), '2023-01-01T00:00:00+00:00')
    assert.equal(offsetTime('Africa/Abidjan')('2023-01-01T00:00:00.000Z'), '2023-01-01T00:00:00+00:00')
  })

  it('asks for no zone that does not exist', () => {
    assert.throws(() => offsetTime('Europe/Atlantis'), RangeError)
  })
})
