import { pino, stdTimeFunctions } from 'pino'
import { SERVER_DIALECT, type Event } from './event.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Where events go: one JSON line each. */
export interface Log {
  write(event: Event): void
  /** Writes out what is buffered. Later events are still written. */
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

const FLUSH_INTERVAL_MS = 500

/** A log on standard error. Lines are gathered and written together, at the latest after half a second. */
export function openLog(level: LogLevel): Log {
  const destination = pino.destination({ dest: 2, sync: false, minLength: 8192, periodicFlush: FLUSH_INTERVAL_MS })
  const logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  return {
    write: (event) => logger[levelOf(event)](event),
    flush: () => destination.flushSync(),
  }
}

// Probes ask every few seconds and say nothing; they are in the log for those who want everything.
function levelOf(event: Event): WrittenLevel {
  return event.event === 'request' && event.dialect === SERVER_DIALECT ? 'debug' : LEVEL[event.event]
}
