import type { Instant } from './user.ts'

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/**
 * The instant an RFC 3339 date-time names, in UTC with milliseconds; finer fractions are cut. A leap second, 23:59:60 at the
 * end of a month in UTC (§5.7), is the first second of the next month, as POSIX time and PostgreSQL have it. Undefined
 * for anything else: a missing offset, a day that does not exist, a 60th second elsewhere, a year outside 0001 to 9999.
 */
export function parseInstant(text: string): Instant | undefined {
  if (text.length === CANONICAL_LENGTH && isCanonical(text)) return text
  const match = DATE_TIME.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined
  const isLeap = second === '60'
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${isLeap ? '59' : second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
  const atMs = Date.parse(wall)
  // Date rolls the 31st of a short month over to the next; RFC 3339 has no such day.
  if (Number.isNaN(atMs) || new Date(atMs).toISOString() !== wall) return undefined
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000
  const utcMs = sign === '-' ? atMs + offsetMs : atMs - offsetMs
  if (!isLeap) return instantOf(utcMs)
  const next = instantOf(utcMs + 1000)
  return next?.slice(7, 20) === '-01T00:00:00.' ? next : undefined
}

const CANONICAL_LENGTH = '2026-01-01T00:00:00.000Z'.length

// Most are what this gives: it takes a fraction of the time to see that.
function isCanonical(text: string): boolean {
  const atMs = Date.parse(text)
  return !Number.isNaN(atMs) && instantOf(atMs) === text
}

const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z')
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** The instant at this many Unix milliseconds; undefined outside the years 0001 to 9999. */
export function instantOf(atMs: number): Instant | undefined {
  return atMs >= FIRST_MS && atMs <= LAST_MS ? new Date(atMs).toISOString() : undefined
}
