import type { Store } from '../../core/store.ts'
import { openDatabase, type DatabaseLimits } from './database.ts'
import { deferredIn } from './deferral.ts'
import { buildDeferred, type BuildingProgress } from './index-building.ts'
import { watchIndexes } from './index-watch.ts'
import { listReader } from './lists.ts'
import { openLoad } from './load.ts'
import { migrate, pendingIn } from './migrations.ts'
import type { PlanLimits } from './reader.ts'
import { spread, type ListServer } from './replicas.ts'
import { assertReplica, onServer, unusable } from './server.ts'
import { storeOver } from './store.ts'

/** What may be said about how a directory is opened. */
export interface PostgresOptions {
  /** Addresses of servers that follow this one: they answer lists. */
  readonly replicas?: readonly string[]
  readonly limits?: DatabaseLimits
  /** For tests that want every kind of plan from few users. */
  readonly plans?: PlanLimits
  /**
   * Many users are about to be written by this process: the first large commit to an almost empty directory leaves out what
   * only lists read, until the store is closed. `building` is told how far its indexes are then.
   */
  readonly isLoading?: boolean
  readonly building?: BuildingProgress | undefined
}

/**
 * Opens the directory kept in a PostgreSQL database, bringing its schema up to date. Throws one sentence that says what to
 * do, as `invalid`, where the database cannot be used; nothing is created then.
 */
export async function openPostgres(
  url: string,
  { replicas = [], limits, plans, isLoading = false, building }: PostgresOptions = {},
): Promise<Store> {
  await migratePostgres(url)
  const places = await Promise.all(replicas.map(assertReplica))
  const listServer = (url: string): ListServer => {
    const database = openDatabase(url, limits)
    return { database, lists: listReader(database, plans) }
  }
  const primary = listServer(url)
  const lists = spread(primary, replicas.map(listServer))
  const load = isLoading ? await openLoad(url, building) : null
  const watch = load ? null : watchIndexes(url, primary.database.brief)
  const store = storeOver(primary.database, lists, { load, watch })
  // One that does not answer now may do so later; one of another directory never may.
  const [foreign] = await lists.look()
  if (foreign === undefined) return store
  await store.close()
  throw unusable(`The replica at ${places[foreign] ?? ''} follows another directory; correct its address.`)
}

/** Brings the schema of a database up to date. Gives the numbers of the steps that took; throws like `openPostgres`. */
export function migratePostgres(url: string): Promise<readonly number[]> {
  return onServer(url, (client) => migrate(client))
}

/** Builds the indexes that loads have left out. Gives how many are left, because somebody loads or builds just now. */
export async function buildPostgres(url: string, building?: BuildingProgress): Promise<number> {
  return (await buildDeferred(url, building)) ? 0 : unbuiltInPostgres(url)
}

/** How many indexes a load has left out that are still to be built. Changes nothing; throws like `openPostgres`. */
export function unbuiltInPostgres(url: string): Promise<number> {
  return onServer(url, async (client) => (await deferredIn(client)).length)
}

/** The numbers of the steps the schema of a database lacks. Changes nothing; throws like `openPostgres`. */
export function pendingInPostgres(url: string): Promise<readonly number[]> {
  return onServer(url, (client) => pendingIn(client))
}
