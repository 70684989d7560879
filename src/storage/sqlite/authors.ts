import { nameKey } from '../../core/sort.ts'
import type { User } from '../../core/user.ts'
import { uuidBytes } from '../sql/uuid.ts'
import type { Database } from './database.ts'

/** Keeps the table of authors true after a user was written: its creator and last writer, and its own name as one. */
export function noteAuthors(database: Database, before: User | undefined, after: User): void {
  for (const id of new Set([after.createdBy, after.updatedBy])) {
    if (id === null || id === before?.createdBy || id === before?.updatedBy) continue
    database.execute(ADD_AUTHOR, uuidBytes(id))
  }
  const name = nameKey(after)
  if (!before || name !== nameKey(before)) {
    database.execute('UPDATE authors SET name = ? WHERE id = ?', name, uuidBytes(after.id))
  }
}

// The name as `nameKey` makes it, from the folded names of the user: null where there is none, or no such user.
const ADD_AUTHOR = `
  INSERT OR IGNORE INTO authors (id, name)
  SELECT a.id, iif(u.family_name IS NULL AND u.given_name IS NULL, NULL,
                   coalesce(u.family_name, '') || char(1) || coalesce(u.given_name, ''))
  FROM (SELECT ? AS id) a LEFT JOIN users u ON u.id = a.id`
