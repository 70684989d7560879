import { decodeUser, encodeUser } from '../../core/document.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import type { Change } from '../../core/store.ts'
import { fold } from '../../core/text.ts'
import type { NewUser, User } from '../../core/user.ts'
import type { Transaction } from './database.ts'
import { anyOf, rowsOf, rowsOfAny, runForEach, runForRows } from './each.ts'
import { derivedFrom, type Derived } from './derived.ts'
import { KEYS, nothingIsNew, type IsNew } from './known-keys.ts'
import { rowOf, writeListRows, type WrittenUser } from './list-writes.ts'
import type { Tally } from './tally.ts'
import { ROW_TYPES } from './user-row.ts'
import type { Vocabulary } from './vocabulary.ts'

type UserChange = Change & { readonly kind: 'user' }

/**
 * The users of a commit under way. All its changes look at is read before the first of them, and all they leave is written
 * after the last: a commit asks the server as often for a thousand users as for one.
 */
export interface UsersUnderWay {
  /** Takes a change, on top of those before it. */
  write(change: UserChange, hasCustomer: (id: number) => boolean, tally: Tally): User
  has(id: string): boolean
  flush(): Promise<void>
}

/** The current version of a user, and its document. */
interface Version {
  readonly user: User
  readonly open: string
  readonly metadata: string
}

/** What no two users may have, and who has it. */
type Holders = Readonly<Record<'number' | 'identifier' | 'email', Map<string | number, string>>>

/**
 * Reads what changes look at. The questions are sent at once, behind what was sent before; or, where some need not be asked,
 * once it is known which.
 */
export async function startUsers(
  transaction: Transaction,
  vocabulary: Vocabulary,
  newest: Promise<number>,
  changes: readonly Change[],
  derived: ReadonlyMap<NewUser, Derived>,
  isNew?: Promise<IsNew>,
): Promise<UsersUnderWay> {
  const drafts = changes.flatMap((change) => (change.kind === 'user' ? [change] : []))
  const owners = changes.flatMap((change) => (change.kind === 'issue-token' ? [change.token.userId] : []))
  // First of all, so that the server numbers words while the changes are gone through here.
  const words = new Set(drafts.flatMap(({ user }) => derived.get(user)?.words ?? []))
  const numbers = vocabulary.numbersOf(transaction, words, isNew)
  // Where the commit is refused before its end, nobody waits for them.
  numbers.catch(() => undefined)
  const isFree = isNew ? await isNew : nothingIsNew
  const ids = drafts.flatMap(({ user: { id } }) => (isFree(KEYS.id(id)) ? [] : [id]))
  const [versions, holders, revision] = await Promise.all([
    readVersions(transaction, [...ids, ...owners]),
    readHolders(transaction, drafts, isFree),
    newest,
  ])
  const written = new Map<string, WrittenUser>()
  const history: { number: number; revision: number; open: string; metadata: string }[] = []
  const passwords = new Map<number, string | null>()

  const take = (name: keyof Holders, key: string | number, id: string) => {
    const holder = holders[name].get(key)
    if (holder !== undefined && holder !== id) throw taken(name)
    holders[name].set(key, id)
  }

  return {
    has: (id) => versions.has(id),
    write({ user, expected, passwordHash }, hasCustomer, tally) {
      const { id, customerId } = user
      if (!hasCustomer(customerId)) {
        const where = { name: 'customerId', value: String(customerId) }
        throw invalid('value', `There is no customer ${customerId}.`, where)
      }
      const before = versions.get(id)
      const number = expected === null ? tally.next('number', user.number) : numberOf(user, before?.user, expected)
      if (expected === null) {
        take('number', number, id)
        if (before) throw taken('id')
      }
      const after: User = { ...user, number, revision }
      if (before) {
        tally.leave(before.user)
        for (const [name, key] of keysOf(before.user)) if (holders[name].get(key) === id) holders[name].delete(key)
        const { open, metadata } = before
        history.push({ number, revision: before.user.revision, open, metadata })
      }
      for (const [name, key] of keysOf(after)) take(name, key, id)
      tally.enter(after)
      versions.set(id, { user: after, ...encodeUser(after) })
      const earlier = written.has(id) ? written.get(id)?.before : before?.user
      written.set(id, { before: earlier, after, derived: derived.get(user) ?? derivedFrom(user) })
      if (passwordHash !== undefined) passwords.set(number, passwordHash)
      return after
    },
    async flush() {
      const all = [...written.values()]
      const replaced = all.flatMap(({ before, after }) => (before ? [after.number] : []))
      const hashes = [...passwords].map(([number, hash]) => ({ number, hash }))
      const documents = all.map(({ after }) => {
        const { open = '', metadata = '' } = versions.get(after.id) ?? {}
        return { number: after.number, open, metadata }
      })
      await Promise.all([
        // A new version has new entries in every index anyway; and nobody holds a key any more that another one takes.
        runForEach(transaction, DELETE_USERS, replaced),
        runForRows(transaction, INSERT_USERS, all.map(rowOf)), // prettier-ignore
        runForRows(transaction, INSERT_HISTORY, history),
        runForRows(transaction, PUT_DOCUMENTS, documents),
        runForEach(transaction, DELETE_PASSWORDS, hashes),
        runForEach(transaction, INSERT_PASSWORDS, hashes.filter(({ hash }) => hash !== null)), // prettier-ignore
        writeListRows(transaction, all, numbers),
      ])
    },
  }
}

async function readVersions(transaction: Transaction, ids: readonly string[]): Promise<Map<string, Version>> {
  const rows = await rowsOfAny(transaction, SELECT_VERSIONS, ids)
  const versions = rows.map(([open, metadata]): Version => {
    return { user: decodeUser(String(open), String(metadata)), open: String(open), metadata: String(metadata) }
  })
  return new Map(versions.map((version) => [version.user.id, version]))
}

async function readHolders(transaction: Transaction, changes: readonly UserChange[], isNew: IsNew): Promise<Holders> {
  const holders: Holders = { number: new Map(), identifier: new Map(), email: new Map() }
  const given = changes.flatMap(({ user, expected }) => (expected === null ? (user.number ?? []) : []))
  const keys = changes.flatMap(({ user }) => keysOf(user))
  const asked = (wanted: 'identifier' | 'email') =>
    keys.flatMap(([name, key]) => (name === wanted && !isNew(KEYS[name](key)) ? [key] : []))
  const rows = await rowsOfAny(transaction, SELECT_HOLDERS, given, asked('identifier'), asked('email'))
  for (const [name, number, key, id] of rows) {
    if (name === 'number') holders.number.set(Number(number), String(id))
    else holders[name === 'email' ? name : 'identifier'].set(String(key), String(id))
  }
  return holders
}

// What a live user has for itself alone.
function keysOf({ status, identifier, email }: NewUser): readonly (readonly ['identifier' | 'email', string])[] {
  if (status === 'deleted') return []
  return [['identifier', fold(identifier)], ...(email === null ? [] : [['email', fold(email)] as const])]
}

function numberOf({ number }: NewUser, before: User | undefined, expected: number): number {
  if (before?.revision !== expected) {
    throw new DirectoryError('conflict', 'The user has changed since.', { reason: 'changed' })
  }
  if (number !== undefined && number !== before.number) {
    throw invalid('value', "A user's number never changes.", { name: 'number', value: String(number) })
  }
  return before.number
}

const SELECT_VERSIONS = {
  name: 'versions',
  text: `SELECT d.open, d.metadata FROM users u JOIN documents d ON d.number = u.number WHERE u.id = ${anyOf('uuid')}`,
}

const SELECT_HOLDERS = {
  name: 'holders',
  text: `
  SELECT 'number', number, NULL, id FROM users WHERE number = ${anyOf('bigint')}
  UNION ALL SELECT 'identifier', NULL, identifier, id FROM users WHERE live AND identifier = ${anyOf('text')}
  UNION ALL SELECT 'email', NULL, email, id FROM users WHERE live AND email IS NOT NULL AND email = ${anyOf('text')}`,
}

const DELETE_USERS = { name: 'delete users', text: `DELETE FROM users WHERE number = ${anyOf('bigint')}` }

/** Writes rows of users. */
export const INSERT_USERS = {
  name: 'insert users',
  columns: ROW_TYPES,
  text: `INSERT INTO users (${Object.keys(ROW_TYPES).join(', ')}) SELECT * FROM ${rowsOf(ROW_TYPES)}`,
}

const DOCUMENT = { number: 'bigint', open: 'text', metadata: 'text' } as const
const VERSION = { number: 'bigint', revision: 'bigint', open: 'text', metadata: 'text' } as const

const INSERT_HISTORY = {
  name: 'insert history',
  columns: VERSION,
  text: `INSERT INTO history (number, revision, open, metadata) SELECT * FROM ${rowsOf(VERSION)}`,
}

/** Writes documents of users, over those there are. */
export const PUT_DOCUMENTS = {
  name: 'put documents',
  columns: DOCUMENT,
  text: `INSERT INTO documents (number, open, metadata) SELECT * FROM ${rowsOf(DOCUMENT)}
  ON CONFLICT (number) DO UPDATE SET open = excluded.open, metadata = excluded.metadata`,
}

const DELETE_PASSWORDS = {
  name: 'delete passwords',
  text: `DELETE FROM passwords p USING json_to_recordset(?) AS r (number bigint) WHERE p.number = r.number`,
}

const INSERT_PASSWORDS = {
  name: 'insert passwords',
  text: `INSERT INTO passwords (number, hash)
  SELECT * FROM json_to_recordset(?) AS r (number bigint, hash text)`,
}

const NAMES = {
  id: 'This user id',
  number: 'This user number',
  identifier: 'This identifier',
  email: 'This e-mail address',
} as const

function taken(name: keyof typeof NAMES): DirectoryError {
  return new DirectoryError('conflict', `${NAMES[name]} is in use.`, { reason: 'taken', where: { name } })
}
