import { closeSync, existsSync, openSync } from 'node:fs'
import { totalmem } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '../../core/store.ts'
import { databaseOver } from './database.ts'
import { buildDeferred, deferredCount, type BuildingProgress } from './deferral.ts'
import { storeError } from './errors.ts'
import { defineFunctions } from './functions.ts'
import { migrate, MIGRATIONS, pendingIn } from './migrations.ts'
import { storeOver, type SqliteOptions } from './store.ts'

/** Memory the engine may keep pages in while it writes. */
const CACHE_KIB = 64 * 1024
/** While it answers, it may take this part of the machine's, up to so much: what does not fit is copied from the system again. */
const READING_CACHE_SHARE = 1 / 16
const READING_CACHE_KIB_MAX = 256 * 1024
/** Pages written to the log before they are moved into the file: many writes change the same ones. */
const CHECKPOINT_PAGES = 8000
/** How long a statement waits for another process that writes. */
const BUSY_TIMEOUT_MS = 5000
const FILE_MODE = 0o600
/** In place of a file: kept in memory, for this connection alone. */
const MEMORY = ':memory:'

/**
 * Opens the directory kept in a file, or in memory for `:memory:`; creates it where there is none. Throws `unavailable`
 * where the file cannot be used, also when a newer Rollcall has written it.
 */
export function openSqlite(file: string, options?: Omit<SqliteOptions, 'file'>): Store {
  const connection = openConnection(file)
  // A load has a thread that writes beside it.
  const isAlone = (options?.isAlone === true || file === MEMORY) && options?.isLoading !== true
  const database = databaseOver(connection, isAlone)
  try {
    buildDeferred(database, options?.building)
    if (options?.isLoading !== true) connection.exec(`PRAGMA cache_size = -${readingCacheKib()}`)
    return storeOver(database, { ...options, file: file === MEMORY ? null : file })
  } catch (error) {
    database.close()
    throw storeError(error)
  }
}

/** Brings the schema of a file up to date. Gives the numbers of the steps that took; throws like `openSqlite`. */
export function migrateSqlite(file: string): readonly number[] {
  const before = existsSync(file) ? pendingInSqlite(file) : MIGRATIONS.map((_, index) => index + 1)
  openConnection(file).close()
  return before
}

/** The numbers of the steps the schema of a file lacks. Changes nothing. */
export function pendingInSqlite(file: string): readonly number[] {
  let connection: DatabaseSync | undefined
  try {
    connection = new DatabaseSync(file, { readOnly: true })
    return pendingIn(connection)
  } catch (error) {
    throw storeError(error)
  } finally {
    connection?.close()
  }
}

/** Builds what a load that broke off has left out of a file. */
export function buildSqlite(file: string, building?: BuildingProgress): void {
  const database = databaseOver(openConnection(file))
  try {
    buildDeferred(database, building)
  } catch (error) {
    throw storeError(error)
  } finally {
    database.close()
  }
}

/** How much of a file a load that broke off has left out. Changes nothing. */
export function unbuiltInSqlite(file: string): number {
  let connection: DatabaseSync | undefined
  try {
    connection = new DatabaseSync(file, { readOnly: true })
    return pendingIn(connection).length > 0 ? 0 : deferredCount(databaseOver(connection))
  } catch (error) {
    throw storeError(error)
  } finally {
    connection?.close()
  }
}

function readingCacheKib(): number {
  // Without a limit of its own a process is told some enormous number.
  const memoryBytes = Math.min(totalmem(), process.constrainedMemory() || Infinity)
  const share = Math.floor((memoryBytes * READING_CACHE_SHARE) / 1024)
  return Math.min(READING_CACHE_KIB_MAX, Math.max(CACHE_KIB, share))
}

/** Opens a file as `openSqlite` does, ready for a store over it. */
export function openConnection(file: string): DatabaseSync {
  let connection: DatabaseSync | undefined
  try {
    // The files beside it, log and shared memory, take over the mode of this one.
    if (file !== MEMORY) closeSync(openSync(file, 'a', FILE_MODE))
    connection = new DatabaseSync(file)
    configure(connection)
    migrate(connection)
    return connection
  } catch (error) {
    connection?.close()
    throw storeError(error)
  }
}

// Everything is said on every open: what a build of SQLite takes for granted differs. The file is not mapped: pages come no
// sooner from a mapping, and the memory of the process would grow with the directory.
function configure(connection: DatabaseSync): void {
  connection.exec(`
    PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -${CACHE_KIB};
    PRAGMA mmap_size = 0;
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
  `)
  defineFunctions(connection)
}
