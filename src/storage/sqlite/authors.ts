import { nameKey } from '../../core/sort.ts'
import type { User } from '../../core/user.ts'
import { uuidBytes } from '../sql/uuid.ts'
import type { Database } from './database.ts'

/**
 * Keeps the table of authors true after a user was written: its creator and last writer, and its own name as one.
 * `known` are the authors seen in this commit.
 */
export function noteAuthors(database: Database, known: Set<string>, before: User | undefined, after: User): void {
  for (const id of [after.createdBy, after.updatedBy]) {
    if (id === null || known.has(id)) continue
    known.add(id)
    const bytes = uuidBytes(id)
    database.execute(ADD_AUTHOR, bytes, bytes)
  }
  const name = nameKey(after)
  if (!before || name !== nameKey(before)) {
    database.execute('UPDATE authors SET name = ? WHERE id = ?', name, uuidBytes(after.id))
  }
}

// The name as `nameKey` makes it, from the folded names of the user: null where there is none, or no such user. One row
// of values, not a select: a statement that may write several makes the full-text tables write out what they gather.
const ADD_AUTHOR = `
  INSERT INTO authors (id, name) VALUES (?, (
    SELECT iif(family_name IS NULL AND given_name IS NULL, NULL,
               coalesce(family_name, '') || char(1) || coalesce(given_name, ''))
    FROM users WHERE id = ?))
  ON CONFLICT DO NOTHING`
