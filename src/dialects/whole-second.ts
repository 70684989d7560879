import type { Instant } from '../core/user.ts'

/** `2024-04-02T08:42:31Z`: a moment as three vendors write it, in UTC; a fraction of its second is cut. */
export function wholeSecond(instant: Instant): string {
  return `${instant.slice(0, 19)}Z`
}
