import type { Instant } from '../../core/user.ts'

/** Writes instants as wall time with a numeric offset and no fraction: `2023-01-01T00:00:00+01:00`. */
export type OffsetTime = (at: Instant) => string

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const DAYS_KEPT = 20_000

/** The offsets of one UTC day in minutes: before and from a change on; `changeMs` is Infinity on a day without one. */
interface Day {
  readonly before: number
  readonly after: number
  readonly changeMs: number
}

/**
 * The writer for an IANA zone. Intl is asked once for a day, not once for a date. Offsets with seconds, as before
 * standard time, are rounded to minutes, which is all ISO 8601 writes; the wall time is the one of the written offset,
 * so that the instant stays the same. Throws RangeError for a zone that does not exist.
 */
export function offsetTime(timeZone: string): OffsetTime {
  const offsetAt = offsetReader(timeZone)
  const days = new Map<number, Day>()

  function dayOf(index: number): Day {
    const known = days.get(index)
    if (known) return known
    // Every date of a directory could be another day; what is asked for again is soon known again.
    if (days.size >= DAYS_KEPT) days.clear()
    const startMs = index * DAY_MS
    const before = offsetAt(startMs)
    const after = offsetAt(startMs + DAY_MS)
    const changeMs = before === after ? Infinity : changeWithin(offsetAt, before, startMs)
    const day = { before, after, changeMs }
    days.set(index, day)
    return day
  }

  return (at) => {
    const ms = Date.parse(at)
    const { before, after, changeMs } = dayOf(Math.floor(ms / DAY_MS))
    const offset = ms < changeMs ? before : after
    const wall = new Date(ms + offset * MINUTE_MS).toISOString()
    // A wall clock beyond the year 9999 has no four-digit year: the same instant is written in UTC.
    return wall.startsWith('+') ? `${at.slice(0, 19)}+00:00` : wall.slice(0, 19) + written(offset)
  }
}

// Zones change once a day at most, on a whole second.
function changeWithin(offsetAt: (ms: number) => number, before: number, startMs: number): number {
  let low = 0
  let high = DAY_MS / 1000
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(startMs + middle * 1000) === before) low = middle
    else high = middle
  }
  return startMs + high * 1000
}

function offsetReader(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  return (ms) => {
    // `1/1/2023, GMT+01:00`, `GMT-00:14:44` before standard time, plain `GMT` for none.
    const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(ms))
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = match ?? []
    const offset = Math.round(Number(hours) * 60 + Number(minutes) + Number(seconds) / 60)
    return sign === '-' ? -offset : offset
  }
}

function written(offset: number): string {
  const minutes = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
