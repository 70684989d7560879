import type pg from 'pg'
import { raw } from '../sql/fragment.ts'
import { ask, heard } from './connection.ts'
import { buildingOf, deferredIn, type DeferredIndex } from './deferral.ts'
import { onServer } from './server.ts'

/** Told how many of the indexes that a load left out have been built, and how many there are in all. */
export type BuildingProgress = (built: number, of: number) => void

/**
 * The number of a lock of the whole schema: those who load have it together, who builds has it alone. Whoever has it and
 * dies has it no more.
 */
export const LOADING = "hashtextextended('rollcall loading ' || current_schema(), 0)"

/** Memory for orders that are sorted. */
const SORTING = '64MB'
/** Memory for marks that are gathered: with more of it the processor's caches hold too little of it, and it takes longer. */
const GATHERING = '16MB'
/** How long writers may stand behind an index that waits for another one of them. */
const LOCK_TIMEOUT_MS = 3_000

/**
 * Builds the indexes that loads have left out, each in a transaction of its own. Gives whether all are there now: not
 * where somebody loads, or builds already. `onClient` is told the connections this is done on.
 */
export async function buildDeferred(
  url: string,
  progress: BuildingProgress = () => undefined,
  onClient: (client: pg.Client) => void = () => undefined,
): Promise<boolean> {
  return onServer(url, async (client) => {
    onClient(client)
    if ((await deferredIn(client)).length === 0) return true
    const { rows } = await ask(client, raw(`SELECT pg_try_advisory_lock(${LOADING})`))
    if (rows[0]?.[0] !== true) return false
    const indexes = await deferredIn(client)
    let built = 0
    const build = async (client: pg.ClientBase, some: readonly DeferredIndex[], memory: string) => {
      await heard(client.query(`SET maintenance_work_mem = '${memory}'; ${SETTINGS}`))
      for (const index of some) {
        await heard(client.query(buildingOf(index)))
        progress((built += 1), indexes.length)
      }
    }
    progress(built, indexes.length)
    // The index of marks takes as long as all those of users.
    const [users, others] = [true, false].map((isOfUsers) => {
      return indexes.filter(({ table }) => (table === 'users') === isOfUsers)
    })
    const beside = onServer(url, async (second) => {
      onClient(second)
      await build(second, others ?? [], GATHERING)
    })
    // The lock is this connection's: it stays until both are done.
    for (const one of await Promise.allSettled([build(client, users ?? [], SORTING), beside])) {
      if (one.status === 'rejected') throw one.reason
    }
    return true
  })
}

// Helpers of the server would take processors from the other connection, and time to start. What a crash takes back is built again.
const SETTINGS = `SET max_parallel_maintenance_workers = 0; SET lock_timeout = ${LOCK_TIMEOUT_MS}; SET synchronous_commit = off`
