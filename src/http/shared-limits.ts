import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { stackOf } from './event.ts'
import type { Log } from './log.ts'
import { openPatience } from './patience.ts'
import type { Limiter, LimitOptions, SharedCounts } from './shared-counts.ts'

/** Limits that nodes share, for as long as the place they share them in answers; else each node's own. */
export interface SharedLimits {
  readonly place: SharedCounts['place']
  /** Whether this node counts by itself for now. */
  readonly isAlone: boolean
  limiter(options: LimitOptions): Limiter
  /** Asks the place once, so that it is known at the start whether it answers. */
  open(): Promise<void>
  close(): void
}

/** How often a place that is away is asked whether it is back. */
const PROBE_INTERVAL_MS = 500

/**
 * Limits over counts that nodes share. Where these do not answer within so many milliseconds, a node counts in its own
 * memory, from nothing, and asks until they are back; the log has one event for either.
 */
export function sharedLimits(counts: SharedCounts, countMs: number, log: Log): SharedLimits {
  const { place } = counts
  let probing: NodeJS.Timeout | null = null
  let isClosed = false
  const patience = openPatience(countMs)

  const lost = (error: unknown): void => {
    if (probing !== null || isClosed) return
    log.write({ event: 'rate-limits-alone', place, stack: stackOf(error) })
    probing = setTimeout(() => void probe(), PROBE_INTERVAL_MS)
  }
  const probe = async (): Promise<void> => {
    try {
      await patience.wait(counts.check())
      probing = null
      if (!isClosed) log.write({ event: 'rate-limits-shared', place })
    } catch {
      if (!isClosed) probing = setTimeout(() => void probe(), PROBE_INTERVAL_MS)
    }
  }

  return {
    place,
    get isAlone() {
      return probing !== null
    },
    limiter(options) {
      const shared = counts.limiter(options)
      const own = new RateLimiterMemory(options)
      return {
        consumeAhead: (key) => (probing === null ? (shared.consumeAhead?.(key) ?? null) : null),
        async consume(key) {
          if (probing !== null) return own.consume(key)
          try {
            return await patience.wait(shared.consume(key))
          } catch (error) {
            if (error instanceof RateLimiterRes) throw error
            lost(error)
            return own.consume(key)
          }
        },
        async get(key) {
          if (probing !== null) return own.get(key)
          try {
            return await patience.wait(shared.get(key))
          } catch (error) {
            lost(error)
            return own.get(key)
          }
        },
        async reward(key) {
          if (probing === null) {
            try {
              return await patience.wait(shared.reward(key))
            } catch (error) {
              lost(error)
            }
          }
          // What was counted elsewhere is none of this count's.
          const counted = await own.get(key)
          return counted && counted.consumedPoints > 0 ? own.reward(key) : null
        },
      }
    },
    async open() {
      try {
        await patience.wait(counts.check())
      } catch (error) {
        lost(error)
      }
    },
    close() {
      isClosed = true
      patience.close()
      if (probing !== null) clearTimeout(probing)
    },
  }
}
