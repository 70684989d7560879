import { DirectoryError } from '../core/error.ts'
import type { Store } from '../core/store.ts'
import { buildPostgres, migratePostgres, openPostgres, pendingInPostgres, unbuiltInPostgres } from './postgres/open.ts'
import { buildSqlite, migrateSqlite, openSqlite, pendingInSqlite, unbuiltInSqlite } from './sqlite/open.ts'

export { copyFile } from './sqlite/backup.ts'
export { openLock, type Lock } from './sqlite/lock.ts'

/** What may be said about how a store is opened. */
export interface StoreOptions {
  /** Addresses of PostgreSQL servers that follow the store's own, for lists. */
  readonly replicas?: readonly string[]
  /** Whether this process alone is about to write many users, and to list few: they may be written faster then. */
  readonly isLoading?: boolean
  /** Whether no other process has a file open at the same time; for a database it makes no difference. */
  readonly isAlone?: boolean
  /** Told how far the indexes are that such a store builds when it is closed. */
  readonly building?: (built: number, of: number) => void
}

/**
 * Opens the store at a URL and brings its schema up to date: `sqlite:<file>`, made where there is none;
 * `sqlite::memory:` for one that ends with the process; `postgres://…` for a database, empty or a directory already.
 */
export async function openStore(
  url: string,
  { replicas = [], isLoading = false, isAlone = false, building }: StoreOptions = {},
): Promise<Store> {
  const place = placeOf(url)
  return place.engine === 'sqlite'
    ? openSqlite(place.file, { isLoading, isAlone, building })
    : openPostgres(place.url, { replicas, isLoading, building })
}

/**
 * Brings the schema of the store at a URL up to date, and builds what loads that broke off have left out. Gives the numbers of
 * the steps that took, and how many indexes are still to be built because somebody loads just now.
 */
export async function migrate(
  url: string,
  building?: StoreOptions['building'],
): Promise<{ readonly applied: readonly number[]; readonly unbuilt: number }> {
  const place = placeOf(url)
  if (place.engine === 'sqlite') {
    const applied = migrateSqlite(place.file)
    buildSqlite(place.file, building)
    return { applied, unbuilt: 0 }
  }
  return { applied: await migratePostgres(place.url), unbuilt: await buildPostgres(place.url, building) }
}

/** The numbers of the steps the schema of the store at a URL lacks. Changes nothing. */
export async function pending(url: string): Promise<readonly number[]> {
  const place = placeOf(url)
  return place.engine === 'sqlite' ? pendingInSqlite(place.file) : await pendingInPostgres(place.url)
}

/** How many indexes loads have left out of the store at a URL that are still to be built. Changes nothing. */
export async function unbuilt(url: string): Promise<number> {
  const place = placeOf(url)
  return place.engine === 'sqlite' ? unbuiltInSqlite(place.file) : await unbuiltInPostgres(place.url)
}

type Place =
  { readonly engine: 'sqlite'; readonly file: string } | { readonly engine: 'postgres'; readonly url: string }

// What a URL says is never told: it may hold a password.
function placeOf(url: string): Place {
  const file = /^sqlite:(.+)$/.exec(url)?.[1]
  if (file !== undefined) return { engine: 'sqlite', file }
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url }
  throw new DirectoryError('invalid', 'The store must be sqlite:<file> or postgres://….', {
    reason: 'value',
    where: { name: 'store', allowed: ['sqlite:<file>', 'postgres://…'] },
  })
}
