import { instantOf, parseInstant } from '../../core/instant.ts'
import type { Instant } from '../../core/user.ts'

/** A moment somebody compares with: as precise as it was written, where users are kept by the millisecond. */
export interface Moment {
  /** The last millisecond that is not after it, and the first that is not before it. */
  readonly floor: Instant
  readonly ceiling: Instant
}

/** The moment an RFC 3339 date-time names; undefined for anything else. */
export function parseMoment(text: string): Moment | undefined {
  const floor = parseInstant(text)
  if (floor === undefined) return undefined
  const isBetween = /\.\d{3}\d*[1-9]/.test(text)
  return { floor, ceiling: isBetween ? (instantOf(Date.parse(floor) + 1) ?? floor) : floor }
}
