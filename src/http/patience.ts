/** Waits for promises, but not for ever. */
export interface Patience {
  /** What the promise comes to; rejects where that takes too long. */
  wait<T>(promise: Promise<T>): Promise<T>
  close(): void
}

interface Waiting {
  ticksLeft: number
  readonly giveUp: () => void
}

const TICKS = 5

/**
 * Waits about so many milliseconds. Time in which this process was too busy to take an answer from its socket hardly
 * counts: each of a few ticks is a turn of the event loop.
 */
export function openPatience(waitMs: number): Patience {
  const waiting = new Set<Waiting>()
  const ticking = setInterval(() => {
    for (const one of waiting) {
      one.ticksLeft -= 1
      if (one.ticksLeft >= 0) continue
      waiting.delete(one)
      one.giveUp()
    }
  }, waitMs / TICKS).unref()
  return {
    wait: (promise) =>
      new Promise((resolve, reject) => {
        const one = { ticksLeft: TICKS, giveUp: () => reject(new Error('No answer in time.')) }
        waiting.add(one)
        void promise.then(resolve, reject).finally(() => waiting.delete(one))
      }),
    close: () => clearInterval(ticking),
  }
}
