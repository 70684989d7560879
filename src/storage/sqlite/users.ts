import { decodeUser, encodeUser } from '../../core/document.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import { searchWords } from '../../core/search.ts'
import type { Change } from '../../core/store.ts'
import type { NewUser, User } from '../../core/user.ts'
import { sql } from '../sql/fragment.ts'
import { uuidBytes } from '../sql/uuid.ts'
import { noteAuthors } from './authors.ts'
import type { Database } from './database.ts'
import { takenColumn } from './errors.ts'
import type { Tally } from './tally.ts'
import { trigramText } from './trigrams.ts'
import { differences, ROW_COLUMNS, userRow, valueKeys } from './user-row.ts'

/** Writes a user, or the next version of one, as a commit brings it. */
export function writeUser(database: Database, change: Change & { kind: 'user' }, revision: number, tally: Tally): User {
  const { user, expected, passwordHash } = change
  tally.assertCustomer(user.customerId)
  const before = expected === null ? undefined : readVersion(database, user, expected)
  const version: User = { ...user, number: before?.number ?? tally.number(user.number), revision }
  try {
    if (before) updateUser(database, before, version)
    else insertUser(database, version)
  } catch (error) {
    const column = takenColumn(error)?.replace('users.', '')
    if (column === undefined) throw error
    throw new DirectoryError('conflict', `${TAKEN[column] ?? column} is in use.`, {
      reason: 'taken',
      where: { name: column },
    })
  }
  if (before) tally.leave(before)
  tally.enter(version)
  noteAuthors(database, tally.authors, before, version)
  if (passwordHash !== undefined) writePassword(database, version.number, passwordHash)
  return version
}

const TAKEN: Readonly<Record<string, string>> = {
  id: 'This user id',
  number: 'This user number',
  identifier: 'This identifier',
  email: 'This e-mail address',
}

/** Texts of a user that stand in the full-text tables. */
const FULL_TEXTS = [
  { table: 'user_trigrams', column: 'texts', text: trigramText },
  { table: 'user_words', column: 'words', text: (user: User) => searchWords(user).join(' ') },
] as const

const INSERT_USER = `INSERT INTO users (${ROW_COLUMNS.join(', ')}) VALUES (${ROW_COLUMNS.map(() => '?').join(', ')})`

function insertUser(database: Database, user: User): void {
  const row = userRow(user)
  const { open, metadata } = encodeUser(user)
  database.execute(INSERT_USER, ...row)
  database.execute('INSERT INTO documents (number, open, metadata) VALUES (?, ?, ?)', user.number, open, metadata)
  insertValues(database, user)
  for (const { table, column, text } of FULL_TEXTS) {
    database.execute(`INSERT INTO ${table} (rowid, ${column}) VALUES (?, ?)`, user.number, text(user))
  }
}

function updateUser(database: Database, before: User, after: User): void {
  const { number } = after
  updateRow(database, before, after)
  database.execute(KEEP_VERSION, before.revision, number)
  const { open, metadata } = encodeUser(after)
  database.execute('UPDATE documents SET open = ?, metadata = ? WHERE number = ?', open, metadata, number)
  for (const { table, column, text } of FULL_TEXTS) {
    const now = text(after)
    if (now === text(before)) continue
    database.execute(`DELETE FROM ${table} WHERE rowid = ?`, number)
    database.execute(`INSERT INTO ${table} (rowid, ${column}) VALUES (?, ?)`, number, now)
  }
}

// Only what differs is written: an index costs where its column is set, whatever to.
function updateRow(database: Database, before: User, after: User): void {
  const row = userRow(after)
  const changed = differences(userRow(before), row)
  const assignments = changed.map((place) => `${ROW_COLUMNS[place] ?? ''} = ?`).join(', ')
  const values = changed.map((place) => row[place] ?? null)
  database.execute(`UPDATE users SET ${assignments} WHERE number = ?`, ...values, after.number)
  if (!changed.includes(ROW_COLUMNS.indexOf('value_keys'))) return
  for (const [field, entry, folded] of valueKeys(before)) {
    database.execute(
      'DELETE FROM user_values WHERE field = ? AND folded = ? AND entry = ? AND number = ?',
      field,
      folded,
      entry,
      before.number,
    )
  }
  insertValues(database, after)
}

const KEEP_VERSION = `INSERT INTO history (number, revision, open, metadata)
  SELECT number, ?, open, metadata FROM documents WHERE number = ?`

function insertValues(database: Database, user: User): void {
  for (const [field, entry, folded] of valueKeys(user)) {
    database.execute(
      'INSERT INTO user_values (field, folded, entry, number) VALUES (?, ?, ?, ?)',
      field,
      folded,
      entry,
      user.number,
    )
  }
}

function readVersion(database: Database, { id, number }: NewUser, expected: number): User {
  const row = database.first(sql`SELECT d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number
    WHERE u.id = ${uuidBytes(id)}`)
  const before = row && decodeUser(String(row[0]), String(row[1]))
  if (before?.revision !== expected) {
    throw new DirectoryError('conflict', 'The user has changed since.', { reason: 'changed' })
  }
  if (number !== undefined && number !== before.number) {
    throw invalid('value', "A user's number never changes.", { name: 'number', value: String(number) })
  }
  return before
}

function writePassword(database: Database, number: number, hash: string | null): void {
  if (hash === null) database.execute('DELETE FROM passwords WHERE number = ?', number)
  else database.execute('INSERT OR REPLACE INTO passwords (number, hash) VALUES (?, ?)', number, hash)
}
