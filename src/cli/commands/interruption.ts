import { EXIT } from '../command-error.ts'

/** The wish of operator or system that this process ends. */
export interface Interruption {
  readonly signal: AbortSignal
  /** Whether it was Ctrl+C rather than a request to terminate. */
  readonly isInterrupt: () => boolean
  readonly close: () => void
}

/** Listens for SIGINT and SIGTERM. The first one is a wish; a second one ends the process at once. */
export function onInterruption(): Interruption {
  const controller = new AbortController()
  let first: NodeJS.Signals | undefined
  const listener = (received: NodeJS.Signals) => {
    if (first !== undefined) process.exit(EXIT.interrupted)
    first = received
    controller.abort()
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return {
    signal: controller.signal,
    isInterrupt: () => first === 'SIGINT',
    close() {
      process.off('SIGINT', listener)
      process.off('SIGTERM', listener)
    },
  }
}
