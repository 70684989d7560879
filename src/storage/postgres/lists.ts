import type { Store } from '../../core/store.ts'
import type { Database } from './database.ts'

/** Lists over a server: the one place where the store meets them. */
export function listReader(database: Database): Pick<Store, 'users' | 'documents'> {
  void database
  throw new Error('Lists are not there yet.')
}
