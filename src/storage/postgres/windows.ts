import type { Store, WindowCount } from '../../core/store.ts'
import { raw, sql } from '../sql/fragment.ts'
import type { Asking } from './database.ts'

type CountInWindow = NonNullable<Store['countInWindow']>

/** What is to be added to one count, and who waits for what it then is. */
interface Addition {
  readonly windowMs: number
  by: number
  readonly waiting: {
    readonly upTo: number
    readonly resolve: (count: WindowCount) => void
    readonly reject: (error: unknown) => void
  }[]
}

/** How often counts whose windows are over are removed. */
const SWEEP_INTERVAL_MS = 60_000

/**
 * Counts in windows, by the clock of the server. While one statement is under way what comes is gathered for the next: a
 * node never has more than one, however many requests it counts.
 */
export function windowCounter(asking: Asking): CountInWindow {
  let gathered = new Map<string, Addition>()
  let isUnderWay = false
  let sweptMs = performance.now()

  const run = async (): Promise<void> => {
    isUnderWay = true
    while (gathered.size > 0) {
      const additions = gathered
      gathered = new Map()
      await settle(asking, additions)
    }
    isUnderWay = false
  }

  return (key, by, windowMs, restart) => {
    if (performance.now() - sweptMs > SWEEP_INTERVAL_MS) {
      sweptMs = performance.now()
      // What is left this time goes the next.
      asking.rows(raw(SWEEP)).catch(() => undefined)
    }
    if (restart) return begin(asking, key, by, windowMs)
    return new Promise((resolve, reject) => {
      const addition = gathered.get(key) ?? { windowMs, by: 0, waiting: [] }
      gathered.set(key, addition)
      addition.by += by
      addition.waiting.push({ upTo: addition.by, resolve, reject })
      if (!isUnderWay) void run()
    })
  }
}

const NOW_MS = '(extract(epoch FROM statement_timestamp()) * 1000)::bigint'

// Whoever counts goes by keys, and this does not: it waits for nobody, or both would wait for each other.
const SWEEP = `DELETE FROM windows WHERE key IN (
  SELECT key FROM windows WHERE ends_at < ${NOW_MS} FOR UPDATE SKIP LOCKED)`

async function settle(asking: Asking, additions: ReadonlyMap<string, Addition>): Promise<void> {
  try {
    const made = [...additions].map(([key, { by, windowMs }]) => ({ key, by, window_ms: windowMs }))
    // In order, so that nodes that count at once wait for each other instead of forever.
    const rows = await asking.rows({
      ...sql`
        INSERT INTO windows AS w (key, count, ends_at)
        SELECT key, by, ${raw(NOW_MS)} + window_ms
        FROM json_to_recordset(${JSON.stringify(made)}) AS d (key text, by bigint, window_ms bigint) ORDER BY key
        ON CONFLICT (key) DO UPDATE SET
          count = CASE WHEN w.ends_at <= ${raw(NOW_MS)} THEN excluded.count ELSE w.count + excluded.count END,
          ends_at = CASE WHEN w.ends_at <= ${raw(NOW_MS)} THEN excluded.ends_at ELSE w.ends_at END
        RETURNING key, count, ends_at - ${raw(NOW_MS)}`,
      name: 'count in windows',
    })
    const counts = new Map(
      rows.map(([key, count, endsInMs]) => [String(key), [Number(count), Number(endsInMs)] as const]),
    )
    for (const [key, { by, waiting }] of additions) {
      const [count, endsInMs] = counts.get(key) ?? [by, 0]
      for (const { upTo, resolve } of waiting) resolve({ count: count - by + upTo, endsInMs })
    }
  } catch (error) {
    for (const { waiting } of additions.values()) for (const { reject } of waiting) reject(error)
  }
}

async function begin(asking: Asking, key: string, by: number, windowMs: number): Promise<WindowCount> {
  await asking.rows(sql`
    INSERT INTO windows (key, count, ends_at) VALUES (${key}, ${by}, ${raw(NOW_MS)} + ${windowMs})
    ON CONFLICT (key) DO UPDATE SET count = excluded.count, ends_at = excluded.ends_at`)
  return { count: by, endsInMs: windowMs }
}
