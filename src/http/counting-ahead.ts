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

/**
 * Whoever has fewer requests left than this is counted in the one place each time: limits are exact as long as all nodes
 * together take no more of one caller while a node may not know of them, TRUSTED_MS, TELL_MS and the way there.
 */
const RESERVE = 2_000
/** How long what the place said is good for. */
const TRUSTED_MS = 20
/** How soon the place hears of what has been counted here, and of how many at most before it is waited for. */
const TELL_MS = 10
const PENDING_MAX = 250
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
  if (points <= RESERVE) return null
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

  const isFar = ({ count, askedMs, endsAtMs, pending, sent }: Known, nowMs: number): boolean =>
    nowMs - askedMs < TRUSTED_MS &&
    nowMs < endsAtMs &&
    pending + sent < PENDING_MAX &&
    count + pending + sent < points - RESERVE

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
      if (known === undefined || !isFar(known, nowMs)) return null
      known.pending += 1
      known.timer ??= setTimeout(() => tell(name, known), TELL_MS).unref()
      return { count: known.count + known.sent + known.pending, endsInMs: known.endsAtMs - nowMs }
    },
    pending(name) {
      const known = callers.get(name)
      return known ? pendingOf(known) : 0
    },
  }
}
