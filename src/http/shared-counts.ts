import { RateLimiterRes } from 'rate-limiter-flexible'
import type { Store, WindowCount } from '../core/store.ts'
import { countingAhead } from './counting-ahead.ts'

/** What one limit counts, and how far: in how many seconds, and how long who goes beyond is refused. */
export interface LimitOptions {
  readonly keyPrefix: string
  readonly points: number
  readonly duration: number
  readonly blockDuration?: number
  /** Whether what was counted may be given back: then who is over it is looked up each time. */
  readonly isGivenBack?: true
}

/** Counts requests against one limit; rejects with a RateLimiterRes where that was one too many. */
export interface Limiter {
  consume(key: string): Promise<RateLimiterRes>
  /** Counts at once where that is known to be far below the limit; null, and nothing is counted, where it has to be asked. */
  consumeAhead?(key: string): RateLimiterRes | null
  /** What is left, without counting; null for who has not been counted. */
  get(key: string): Promise<RateLimiterRes | null>
  /** Gives one back. */
  reward(key: string): Promise<unknown>
}

/** Where several nodes count together. Its limiters and `check` reject with an Error where that place does not answer. */
export interface SharedCounts {
  readonly place: 'redis' | 'postgres'
  limiter(options: LimitOptions): Limiter
  check(): Promise<unknown>
}

/** Counts in the store itself; null for one that no other process uses. */
export function storeCounts(store: Store): SharedCounts | null {
  const { countInWindow } = store
  if (countInWindow === undefined) return null
  return {
    place: 'postgres',
    limiter: (options) => storeLimiter(countInWindow, options),
    check: () => store.check(),
  }
}

/** Callers over a limit who are remembered until their window ends: one who does not stop costs the store nothing. */
const REFUSED_MAX = 10_000

// The library's own limiter for PostgreSQL would need the driver, believe this machine's clock and ask once per request.
function storeLimiter(count: NonNullable<Store['countInWindow']>, options: LimitOptions): Limiter {
  const { keyPrefix, points, duration, blockDuration, isGivenBack } = options
  const isRemembered = blockDuration === undefined && isGivenBack !== true
  const refusedUntilMs = new Map<string, number>()
  const ahead = isRemembered ? countingAhead(count, points, duration * 1000) : null
  const nameOf = (key: string): string => `${keyPrefix}:${key}`
  const within = ({ count: counted, endsInMs }: WindowCount): RateLimiterRes =>
    new RateLimiterRes(points - counted, endsInMs, counted, counted === 1)
  return {
    consumeAhead(key) {
      const counted = ahead?.consumeAhead(nameOf(key)) ?? null
      return counted && within(counted)
    },
    async consume(key) {
      const untilMs = refusedUntilMs.get(key)
      if (untilMs !== undefined) {
        const restMs = untilMs - performance.now()
        if (restMs > 0) throw refused(restMs, points + 1)
        refusedUntilMs.delete(key)
      }
      const name = nameOf(key)
      let counted = await (ahead?.consume(name) ?? count(name, 1, duration * 1000, false))
      if (counted.count <= points) return within(counted)
      if (blockDuration !== undefined && counted.count === points + 1) {
        counted = await count(name, points + 1, blockDuration * 1000, true)
      }
      if (isRemembered) {
        refusedUntilMs.set(key, performance.now() + counted.endsInMs)
        const oldest = refusedUntilMs.size > REFUSED_MAX ? refusedUntilMs.keys().next() : { done: true as const }
        if (!oldest.done) refusedUntilMs.delete(oldest.value)
      }
      throw refused(counted.endsInMs, counted.count)
    },
    async get(key) {
      const name = nameOf(key)
      const { count: told, endsInMs } = await count(name, 0, duration * 1000, false)
      const consumed = told + (ahead?.pending(name) ?? 0)
      return new RateLimiterRes(Math.max(0, points - consumed), endsInMs, consumed, consumed === 0)
    },
    reward: (key) => count(nameOf(key), -1, duration * 1000, false),
  }
}

// What the library rejects with is no Error.
function refused(endsInMs: number, count: number): Error {
  return new RateLimiterRes(0, endsInMs, count, false) as unknown as Error
}
