import { decodeUser, encodeUser } from '../../core/document.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import type { Change } from '../../core/store.ts'
import type { User } from '../../core/user.ts'
import { sql, type SqlValue } from '../sql/fragment.ts'
import { uuidBytes } from '../sql/uuid.ts'
import { noteAuthors } from './authors.ts'
import { COLUMNS, columnValues } from './columns.ts'
import { assertCustomer } from './customers.ts'
import type { Database } from './database.ts'
import { takenColumn } from './errors.ts'
import type { Tally } from './tally.ts'
import { valueRows } from './user-values.ts'

const COLUMN_NAMES = ['live', ...Object.values(COLUMNS).map(({ name }) => name)]
const INSERT_USER = `INSERT INTO users (${COLUMN_NAMES.join(', ')}) VALUES (${COLUMN_NAMES.map(() => '?').join(', ')})`

/** Writes a user, or the next version of one, as a commit brings it. */
export function writeUser(database: Database, change: Change & { kind: 'user' }, revision: number, tally: Tally): User {
  const { user, expected, passwordHash } = change
  const before = readUser(database, user.id)
  if (before && expected === null) throw taken('id')
  if (expected !== null && before?.revision !== expected) {
    throw new DirectoryError('conflict', 'The user has changed since.', { reason: 'changed' })
  }
  if (before && user.number !== undefined && user.number !== before.number) {
    throw invalid('value', "A user's number never changes.", { name: 'number', value: String(user.number) })
  }
  assertCustomer(database, user.customerId, 'customerId')
  const number = before?.number ?? tally.number(user.number)
  const version: User = { ...user, number, revision }
  try {
    if (before) updateUser(database, before, version)
    else insertUser(database, version)
  } catch (error) {
    const column = takenColumn(error)?.replace('users.', '')
    if (column === undefined) throw error
    throw taken(column)
  }
  if (before) tally.leave(before)
  tally.enter(version)
  noteAuthors(database, before, version)
  if (passwordHash !== undefined) writePassword(database, number, passwordHash)
  return version
}

/** The user with an id; its document is what it is read from. */
export function readUser(database: Database, id: string): User | undefined {
  const row = database.first(sql`SELECT d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number
    WHERE u.id = ${uuidBytes(id)}`)
  return row && decodeUser(String(row[0]), String(row[1]))
}

function insertUser(database: Database, user: User): void {
  const values = columnValues(user)
  database.execute(INSERT_USER, ...COLUMN_NAMES.map((name) => values[name] ?? null))
  const { open, metadata } = encodeUser(user)
  const { live = 1 } = values
  database.execute(
    'INSERT INTO documents (number, live, open, metadata) VALUES (?, ?, ?, ?)',
    user.number,
    live,
    open,
    metadata,
  )
  insertValues(database, user)
}

// Only what differs is written: an index costs where its column is set, whatever to.
function updateUser(database: Database, before: User, after: User): void {
  const old = columnValues(before)
  const values = columnValues(after)
  const changed = COLUMN_NAMES.filter((name) => !isSame(old[name] ?? null, values[name] ?? null))
  const assignments = changed.map((name) => `${name} = ?`).join(', ')
  database.execute(
    `UPDATE users SET ${assignments} WHERE number = ?`,
    ...changed.map((name) => values[name] ?? null),
    after.number,
  )
  database.execute(
    'INSERT INTO history (number, revision, open, metadata) SELECT number, ?, open, metadata FROM documents WHERE number = ?',
    before.revision,
    after.number,
  )
  const { open, metadata } = encodeUser(after)
  const { live = 1 } = values
  database.execute(
    'UPDATE documents SET live = ?, open = ?, metadata = ? WHERE number = ?',
    live,
    open,
    metadata,
    after.number,
  )
  if (JSON.stringify(valueRows(before)) !== JSON.stringify(valueRows(after))) {
    database.execute('DELETE FROM user_values WHERE number = ?', after.number)
    insertValues(database, after)
  }
}

function insertValues(database: Database, user: User): void {
  for (const [field, entry, folded] of valueRows(user)) {
    database.execute(
      'INSERT INTO user_values (number, field, entry, folded) VALUES (?, ?, ?, ?)',
      user.number,
      field,
      entry,
      folded,
    )
  }
}

function writePassword(database: Database, number: number, hash: string | null): void {
  if (hash === null) database.execute('DELETE FROM passwords WHERE number = ?', number)
  else database.execute('INSERT OR REPLACE INTO passwords (number, hash) VALUES (?, ?)', number, hash)
}

function isSame(a: SqlValue, b: SqlValue): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b
}

const TAKEN: Readonly<Record<string, string>> = {
  id: 'This user id',
  number: 'This user number',
  identifier: 'This identifier',
  email: 'This e-mail address',
}

function taken(name: string): DirectoryError {
  return new DirectoryError('conflict', `${TAKEN[name] ?? name} is in use.`, { reason: 'taken', where: { name } })
}
