import type { Store } from '../../core/store.ts'
import { openDatabase, type DatabaseLimits } from './database.ts'
import { listReader } from './lists.ts'
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
}

/**
 * Opens the directory kept in a PostgreSQL database, bringing its schema up to date. Throws one sentence that says what to
 * do, as `invalid`, where the database cannot be used; nothing is created then.
 */
export async function openPostgres(
  url: string,
  { replicas = [], limits, plans }: PostgresOptions = {},
): Promise<Store> {
  await migratePostgres(url)
  const places = await Promise.all(replicas.map(assertReplica))
  const listServer = (url: string): ListServer => {
    const database = openDatabase(url, limits)
    return { database, lists: listReader(database, plans) }
  }
  const primary = listServer(url)
  const lists = spread(primary, replicas.map(listServer))
  const store = storeOver(primary.database, lists)
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

/** The numbers of the steps the schema of a database lacks. Changes nothing; throws like `openPostgres`. */
export function pendingInPostgres(url: string): Promise<readonly number[]> {
  return onServer(url, (client) => pendingIn(client))
}
