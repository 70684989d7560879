import { DirectoryError } from '../../core/error.ts'
import type { Store } from '../../core/store.ts'
import type { Database } from './database.ts'

/** Lists over a server: the one place where the store meets them. */
export function listReader(_database: Database): Pick<Store, 'users' | 'documents'> {
  const missing = () => Promise.reject(new DirectoryError('unavailable', 'Lists are not there yet.'))
  return { users: missing, documents: missing }
}
