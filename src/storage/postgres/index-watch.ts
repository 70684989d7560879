import type pg from 'pg'
import { raw } from '../sql/fragment.ts'
import type { Asking } from './database.ts'
import { buildDeferred } from './index-building.ts'

/** Looks after the indexes of a directory as long as a node is there. */
export interface IndexWatch {
  /** Ends it. What the server is at, it finishes by itself. */
  readonly close: () => void
}

/** Longer than most commands take, so that none of them begins what a node will do. */
const FIRST_MS = 2_000
const INTERVAL_MS = 10_000

/** Builds what loads that broke off have left out, soon after. What fails is tried again. */
export function watchIndexes(url: string, asking: Asking): IndexWatch {
  const clients = new Set<pg.Client>()
  let isClosed = false
  const look = async () => {
    try {
      if (!(await asking.first(ANY_DEFERRED)) || isClosed) return
      await buildDeferred(url, undefined, (client) => void clients.add(client))
    } catch {
      // The server is away, or somebody uses what is to be indexed.
    } finally {
      clients.clear()
      if (!isClosed) timer = later(INTERVAL_MS)
    }
  }
  const later = (ms: number) => setTimeout(() => void look(), ms).unref()
  let timer = later(FIRST_MS)
  return {
    close() {
      isClosed = true
      clearTimeout(timer)
      for (const client of clients) void client.end().catch(() => undefined)
    },
  }
}

const ANY_DEFERRED = raw('SELECT 1 FROM deferred_indexes LIMIT 1')
