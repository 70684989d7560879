import type { Store } from '../../core/store.ts'
import { openDatabase, type DatabaseLimits } from './database.ts'
import { migrate, pendingIn } from './migrations.ts'
import type { PlanLimits } from './reader.ts'
import { onServer } from './server.ts'
import { storeOver } from './store.ts'

/** What may be said about how a directory is opened. */
export interface PostgresOptions {
  /** Addresses of replicas, which may answer lists. */
  readonly replicas?: readonly string[]
  readonly limits?: DatabaseLimits
  /** For tests that want every kind of plan from few users. */
  readonly plans?: PlanLimits
}

/**
 * Opens the directory kept in a PostgreSQL database, bringing its schema up to date. Throws one sentence that says what to
 * do, as `invalid`, where the database cannot be used; nothing is created then.
 */
export async function openPostgres(url: string, { limits, plans }: PostgresOptions = {}): Promise<Store> {
  await migratePostgres(url)
  return storeOver(openDatabase(url, limits), plans)
}

/** Brings the schema of a database up to date. Gives the numbers of the steps that took; throws like `openPostgres`. */
export function migratePostgres(url: string): Promise<readonly number[]> {
  return onServer(url, (client) => migrate(client))
}

/** The numbers of the steps the schema of a database lacks. Changes nothing; throws like `openPostgres`. */
export function pendingInPostgres(url: string): Promise<readonly number[]> {
  return onServer(url, (client) => pendingIn(client))
}
