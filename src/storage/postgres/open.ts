import type { Store } from '../../core/store.ts'
import { openDatabase, type DatabaseLimits } from './database.ts'
import { migrate } from './migrations.ts'
import { onServer } from './server.ts'
import { storeOver } from './store.ts'

/** What may be said about how a directory is opened. */
export interface PostgresOptions {
  readonly limits?: DatabaseLimits
}

/**
 * Opens the directory kept in a PostgreSQL database, bringing its schema up to date. Throws a sentence that says what to do,
 * as `invalid`, where the database cannot be used.
 */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<Store> {
  await onServer(url, (client) => migrate(client))
  return storeOver(openDatabase(url, options.limits))
}
