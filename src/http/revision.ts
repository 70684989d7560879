import type { Store } from '../core/store.ts'

/** The store's newest revision, as requests need it. */
export interface RevisionReader {
  /** Read once for all the requests that one turn of the event loop takes from their sockets: none came after a later one. */
  newest(): Promise<number>
  /** Makes the next read a new one, even within this turn: after a request that may have written. */
  forget(): void
}

export function revisionReader(store: Pick<Store, 'revision'>): RevisionReader {
  let shared: Promise<number> | null = null
  const forget = (): void => {
    shared = null
  }
  return {
    forget,
    newest() {
      if (shared === null) {
        shared = store.revision()
        setImmediate(forget)
      }
      return shared
    },
  }
}
