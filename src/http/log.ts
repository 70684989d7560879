import { pino } from 'pino'
import { SERVER_DIALECT, type Event } from './event.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Where events go: one JSON line each. */
export interface Log {
  write(event: Event): void
  /** Writes out what is gathered, before it returns. */
  flush(): void
}

type WrittenLevel = Exclude<LogLevel, 'silent'>

const LEVEL = {
  listening: 'info',
  request: 'info',
  'request-failed': 'error',
  'connection-refused': 'info',
  'usage-not-saved': 'error',
  stopping: 'info',
  'requests-cut': 'warn',
  stopped: 'info',
} satisfies Record<Event['event'], WrittenLevel>

const STANDARD_ERROR = 2
const FLUSH_INTERVAL_MS = 200
const GATHERED_LENGTH_MAX = 16_384

/** A log on standard error. Lines are gathered and written together, at the latest after a fifth of a second. */
export function openLog(level: LogLevel): Log {
  const destination = pino.destination({ dest: STANDARD_ERROR, sync: false })
  // One write for many lines: handing over each of them costs more than all else about it.
  let gathered = ''
  const handOver = (): void => {
    if (gathered !== '') destination.write(gathered)
    gathered = ''
  }
  const write = (line: string): void => {
    gathered += line
    if (gathered.length >= GATHERED_LENGTH_MAX) handOver()
  }
  setInterval(handOver, FLUSH_INTERVAL_MS).unref()
  const formatters = { level: (label: string) => ({ level: label }) }
  const logger = pino({ level, base: null, timestamp: instants(), formatters }, { write })
  return {
    write: (event) => logger[levelOf(event)](event),
    flush() {
      handOver()
      destination.flushSync()
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
      text = `,"time":"${new Date(nowMs).toISOString()}"`
    }
    return text
  }
}
