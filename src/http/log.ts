import { pino } from 'pino'
import { SERVER_DIALECT, type Event } from './event.ts'

/** From the most to the least that is written. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Where events go: one JSON line each. */
export interface Log {
  write(event: Event): void
  /** Writes out what is gathered. */
  flush(): Promise<void>
}

type WrittenLevel = Exclude<LogLevel, 'silent'>

const LEVEL = {
  listening: 'info',
  request: 'info',
  'request-failed': 'error',
  'connection-refused': 'info',
  'usage-not-saved': 'error',
  'usage-lost': 'warn',
  'usage-not-forgotten': 'error',
  'receipts-not-forgotten': 'error',
  'rate-limits-alone': 'error',
  'rate-limits-shared': 'info',
  stopping: 'info',
  'requests-cut': 'warn',
  stopped: 'info',
} satisfies Record<Event['event'], WrittenLevel>

const STANDARD_ERROR = 2
const FLUSH_INTERVAL_MS = 200
// Whoever is handed lines is another thread, which is woken for it.
const GATHERED_LENGTH_MAX = 65_536

/**
 * A log on standard error. Lines are gathered and written together, at the latest after a fifth of a second, by pino's
 * destination; that lines are made here rather than by its logger halves what a line costs.
 */
export function openLog(level: LogLevel): Log {
  const destination = pino.destination({ dest: STANDARD_ERROR, sync: false, minLength: 1 })
  const instant = instants()
  const lowest = LOG_LEVELS.indexOf(level)
  let gathered = ''
  const handOver = (): void => {
    if (gathered !== '') destination.write(gathered)
    gathered = ''
  }
  setInterval(handOver, FLUSH_INTERVAL_MS).unref()
  return {
    write(event) {
      const own = levelOf(event)
      if (LOG_LEVELS.indexOf(own) < lowest) return
      gathered += `{"level":"${own}","time":"${instant()}",${JSON.stringify(event).slice(1)}\n`
      if (gathered.length >= GATHERED_LENGTH_MAX) handOver()
    },
    flush() {
      handOver()
      // Not flushSync, which overtakes a write that is under way.
      return new Promise((resolve) => destination.flush(() => resolve()))
    },
  }
}

// Probes ask every few seconds and say nothing; they are in the log for those who want everything.
function levelOf(event: Event): WrittenLevel {
  return event.event === 'request' && event.dialect === SERVER_DIALECT ? 'debug' : LEVEL[event.event]
}

// Many lines are of the same millisecond, and writing one out is the dearest part of a line.
function instants(): () => string {
  let lastMs = 0
  let text = ''
  return () => {
    const nowMs = Date.now()
    if (nowMs !== lastMs) {
      lastMs = nowMs
      text = new Date(nowMs).toISOString()
    }
    return text
  }
}
