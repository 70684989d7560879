import { counter } from './counters.ts'
import type { Database } from './database.ts'

/** The newest revision, as everything that is asked needs it. */
export interface RevisionReader {
  /** Read once for all who ask in one turn of the event loop: none of them came after a later one. */
  readonly newest: () => number
  /** Makes the next read a new one, even within this turn: after something may have been written. */
  readonly forget: () => void
}

export function revisionReader(database: Database): RevisionReader {
  let known: number | null = null
  const forget = (): void => {
    known = null
  }
  return {
    forget,
    newest() {
      if (known === null) {
        known = counter(database, 'revision')
        setImmediate(forget)
      }
      return known
    },
  }
}
