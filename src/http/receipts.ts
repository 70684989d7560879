import type { Store } from '../core/store.ts'
import { stackOf } from './event.ts'
import type { Log } from './log.ts'
import { openPatience } from './patience.ts'

/** How long a write with an `Idempotency-Key` can be repeated for its first answer. It may be an hour longer. */
const LIFE_MS = 24 * 3_600_000
const INTERVAL_MS = 3_600_000

/** Keeps receipts from piling up. */
export interface ReceiptSweep {
  /** Ends when nothing is being forgotten any more, or after so long. */
  close(waitMs: number): Promise<void>
}

/** Forgets the receipts whose time is over, now and every hour. A failure is logged; the next hour tries again. */
export function openReceiptSweep(parts: {
  readonly store: Store
  readonly log: Log
  /** Unix milliseconds. */
  readonly now: () => number
}): ReceiptSweep {
  const { store, log, now } = parts
  let isClosed = false
  const sweep = async (): Promise<void> => {
    try {
      await store.forgetReceipts(new Date(now() - LIFE_MS).toISOString())
    } catch (error) {
      if (!isClosed) log.write({ event: 'receipts-not-forgotten', stack: stackOf(error) })
    }
  }
  let last = sweep()
  const hourly = setInterval(() => {
    last = sweep()
  }, INTERVAL_MS)
  return {
    async close(waitMs) {
      clearInterval(hourly)
      const patience = openPatience(waitMs)
      await patience.wait(last).catch(() => undefined)
      patience.close()
      isClosed = true
    },
  }
}
