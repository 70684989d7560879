import type { Store, WindowCount } from '../core/store.ts'

/** Counts requests, many of them before the place where nodes count together has heard of them. */
export interface CountingAhead {
  /** Counts one of a caller who is known to be far below its limit; null, and nothing is counted, where that is not known. */
  readonly consumeAhead: (name: string) => WindowCount | null
  /** Counts one in the place, with those it has not heard of. */
  readonly consume: (name: string) => Promise<WindowCount>
  /** How many have been counted that the place has not heard of. */
  readonly pending: (name: string) => number
}

/** How far ahead callers are counted who have so many requests left. */
interface Pace {
  readonly leftMin: number
  /** How long what the place said is good for. */
  readonly trustedMs: number
  /** How soon the place hears of what has been counted here, and of how many at most before it is waited for. */
  readonly tellMs: number
  readonly pendingMax: number
}

/**
 * Limits are exact as long as all nodes together take fewer requests of one caller than the last pace leaves while a node may not know of
 * them: `trustedMs`, `tellMs` and the way there. The pace before leaves ten times as many for five times as long, and what they take
 * while some are at the one and some at the other. Whoever has too few left is counted in the one place each time.
 */
const PACES: readonly [Pace, Pace] = [
  { leftMin: 20_000, trustedMs: 100, tellMs: 50, pendingMax: 2_500 },
  { leftMin: 2_000, trustedMs: 20, tellMs: 10, pendingMax: 250 },
]
const KNOWN_MAX = 10_000

interface Known {
  /** What the place said last, when it was asked, and when the window ends. */
  count: number
  askedMs: number
  endsAtMs: number
  /** Counted here and not sent yet, and sent and not confirmed yet. */
  pending: number
  sent: number
  timer: NodeJS.Timeout | null
}

/** Counts ahead of a place, for one limit; null for one that is all reserve. */
export function countingAhead(
  count: NonNullable<Store['countInWindow']>,
  points: number,
  windowMs: number,
  now = () => performance.now(),
): CountingAhead | null {
  if (points <= PACES[1].leftMin) return null
  const callers = new Map<string, Known>()

  const knownOf = (name: string): Known => {
    const known = callers.get(name)
    if (known) return known
    const fresh = { count: 0, askedMs: -Infinity, endsAtMs: 0, pending: 0, sent: 0, timer: null }
    callers.set(name, fresh)
    const oldest = callers.size > KNOWN_MAX ? callers.keys().next() : { done: true as const }
    if (!oldest.done) callers.delete(oldest.value)
    return fresh
  }

  // Null for whoever has too few left.
  const paceOf = ({ count, pending, sent }: Known): Pace | null => {
    const left = points - count - pending - sent
    return PACES.find(({ leftMin }) => leftMin < left) ?? null
  }

  const isInTime = ({ askedMs, endsAtMs, pending, sent }: Known, pace: Pace, nowMs: number): boolean =>
    nowMs - askedMs < pace.trustedMs && nowMs < endsAtMs && pending + sent < pace.pendingMax

  // Who was let in by a window that is over is nothing to the next one.
  const pendingOf = ({ pending, endsAtMs }: Known): number => (now() < endsAtMs ? pending : 0)

  // Those that are pending go along.
  const ask = async (name: string, known: Known, own: number): Promise<WindowCount> => {
    const by = own + pendingOf(known)
    const askedMs = now()
    known.pending = 0
    known.sent += by
    try {
      const counted = await count(name, by, windowMs, false)
      if (askedMs >= known.askedMs) {
        Object.assign(known, { count: counted.count, askedMs, endsAtMs: now() + counted.endsInMs })
      }
      return counted
    } catch (error) {
      known.pending += by - own
      throw error
    } finally {
      known.sent -= by
    }
  }

  // Where the place is away, the next request finds that out.
  const tell = (name: string, known: Known): void => {
    known.timer = null
    if (pendingOf(known) > 0) ask(name, known, 0).catch(() => undefined)
  }

  return {
    consume: (name) => ask(name, knownOf(name), 1),
    consumeAhead(name) {
      const known = callers.get(name)
      const nowMs = now()
      const pace = known && paceOf(known)
      if (!pace || !isInTime(known, pace, nowMs)) return null
      known.pending += 1
      known.timer ??= setTimeout(() => tell(name, known), pace.tellMs).unref()
      return { count: known.count + known.sent + known.pending, endsInMs: known.endsAtMs - nowMs }
    },
    pending(name) {
      const known = callers.get(name)
      return known ? pendingOf(known) : 0
    },
  }
}
