import type { Commit, Committed } from '../../core/store.ts'
import type { Database } from './database.ts'
export function writeCommit(_database: Database, _commit: Commit): Promise<Committed> {
  throw new Error('not yet')
}
