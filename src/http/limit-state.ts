import type { RateLimitState } from '../dialects/dialect.ts'
import type { FlatHeaders } from './headers.ts'
import { untouched } from './rate-limits.ts'
import type { Owner } from './routes.ts'

/** Adds what a dialect's own headers say of the rate limit; of a caller who is not known, what anybody begins with. */
export function pushLimitState(
  headers: FlatHeaders,
  { dialect, policies }: Owner,
  state: RateLimitState | undefined,
  nowMs: number,
): void {
  if (policies === null || dialect.headers === undefined) return
  const own = dialect.headers(state ?? untouched(policies, nowMs))
  for (const name of Object.keys(own)) headers.push(name, own[name] ?? '')
}
