import { decodeUser, encodeUser } from '../../core/document.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import type { Change } from '../../core/store.ts'
import type { NewUser, User } from '../../core/user.ts'
import { sql } from '../sql/fragment.ts'
import { uuidBytes } from '../sql/uuid.ts'
import { noteAuthors } from './authors.ts'
import type { Database } from './database.ts'
import { takenColumn } from './errors.ts'
import type { FullTexts } from './full-texts.ts'
import type { Tally } from './tally.ts'
import { differences, ROW_COLUMNS, userRow, type UserRow } from './user-row.ts'

/** A commit under way, as far as users are concerned. */
export interface UserWriting {
  readonly database: Database
  readonly revision: number
  readonly tally: Tally
  readonly texts: FullTexts
  /** Whether the keys of values are built later, for all users at once. */
  readonly isDeferred: boolean
}

/** Writes a user, or the next version of one, as a commit brings it. */
export function writeUser(writing: UserWriting, { user, expected, passwordHash }: Change & { kind: 'user' }): User {
  const { database, revision, tally } = writing
  tally.assertCustomer(user.customerId)
  const before = expected === null ? undefined : readVersion(database, user, expected)
  const version: User = { ...user, number: before?.user.number ?? tally.number(user.number), revision }
  try {
    if (before) updateUser(writing, before, version)
    else insertUser(writing, version)
  } catch (error) {
    throw takenColumn(error) === undefined ? error : taken(takenColumn(error) ?? '')
  }
  if (before) tally.leave(before.user)
  tally.enter(version)
  noteAuthors(database, tally.authors, before?.user, version)
  if (passwordHash !== undefined) writePassword(database, version.number, passwordHash)
  return version
}

const INSERT_USER = `INSERT INTO users (${ROW_COLUMNS.join(', ')}) VALUES (${ROW_COLUMNS.map(() => '?').join(', ')})`

function insertUser({ database, texts, isDeferred }: UserWriting, user: User): void {
  const row = userRow(user)
  const { open, metadata } = encodeUser(user)
  database.execute(INSERT_USER, ...row.values)
  database.execute('INSERT INTO documents (number, open, metadata) VALUES (?, ?, ?)', user.number, open, metadata)
  if (!isDeferred) insertKeys(database, user.number, row)
  texts.put(user, undefined, row)
}

function updateUser({ database, texts, isDeferred }: UserWriting, before: Version, user: User): void {
  const { number } = user
  const old = userRow(before.user)
  const row = userRow(user)
  updateRow(database, number, old, row)
  if (!isDeferred) updateKeys(database, number, old, row)
  database.execute(
    'INSERT INTO history (number, revision, open, metadata) VALUES (?, ?, ?, ?)',
    number,
    before.user.revision,
    before.open,
    before.metadata,
  )
  const { open, metadata } = encodeUser(user)
  database.execute('UPDATE documents SET open = ?, metadata = ? WHERE number = ?', open, metadata, number)
  texts.put(user, old, row)
}

// Only what differs is written: an index costs where its column is set, whatever to.
function updateRow(database: Database, number: number, before: UserRow, after: UserRow): void {
  const changed = differences(before, after)
  const assignments = changed.map((place) => `${ROW_COLUMNS[place] ?? ''} = ?`).join(', ')
  const values = changed.map((place) => after.values[place] ?? null)
  database.execute(`UPDATE users SET ${assignments} WHERE number = ?`, ...values, number)
}

const VALUE_KEYS = ROW_COLUMNS.indexOf('value_keys')

function updateKeys(database: Database, number: number, before: UserRow, after: UserRow): void {
  if (before.values[VALUE_KEYS] === after.values[VALUE_KEYS]) return
  for (const [field, entry, folded] of before.keys) database.execute(DELETE_KEY, field, folded, entry, number)
  insertKeys(database, number, after)
}

const DELETE_KEY = 'DELETE FROM user_values WHERE field = ? AND folded = ? AND entry = ? AND number = ?'
const INSERT_KEY = 'INSERT INTO user_values (field, folded, entry, number) VALUES (?, ?, ?, ?)'

function insertKeys(database: Database, number: number, { keys }: UserRow): void {
  for (const [field, entry, folded] of keys) database.execute(INSERT_KEY, field, folded, entry, number)
}

/** The current version of a user, and its document. */
interface Version {
  readonly user: User
  readonly open: string
  readonly metadata: string
}

function readVersion(database: Database, { id, number }: NewUser, expected: number): Version {
  const row = database.first(sql`SELECT d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number
    WHERE u.id = ${uuidBytes(id)}`)
  const [open, metadata] = [String(row?.[0]), String(row?.[1])]
  const user = row && decodeUser(open, metadata)
  if (user?.revision !== expected) {
    throw new DirectoryError('conflict', 'The user has changed since.', { reason: 'changed' })
  }
  if (number !== undefined && number !== user.number) {
    throw invalid('value', "A user's number never changes.", { name: 'number', value: String(number) })
  }
  return { user, open, metadata }
}

function writePassword(database: Database, number: number, hash: string | null): void {
  if (hash === null) database.execute('DELETE FROM passwords WHERE number = ?', number)
  else database.execute('INSERT OR REPLACE INTO passwords (number, hash) VALUES (?, ?)', number, hash)
}

const NAMES: Readonly<Record<string, string>> = {
  id: 'This user id',
  number: 'This user number',
  identifier: 'This identifier',
  email: 'This e-mail address',
}

function taken(column: string): DirectoryError {
  const name = column.replace('users.', '')
  return new DirectoryError('conflict', `${NAMES[name] ?? name} is in use.`, { reason: 'taken', where: { name } })
}
