import type pg from 'pg'
import { decodeUser } from '../../core/document.ts'
import { DirectoryError } from '../../core/error.ts'
import { raw } from '../sql/fragment.ts'
import {
  assertComplete,
  KEPT_COUNTERS,
  RECORD_BATCH_SIZE,
  RECORD_KINDS,
  RECORDS,
  type RecordBatch,
  type RecordKind,
  type RecordRow,
  type RecordShape,
  type RecordType,
} from '../sql/records.ts'
import { ask, say, type Statement } from './connection.ts'
import type { Transaction } from './database.ts'
import { derivedFrom } from './derived.ts'
import { runForEach, runForRows } from './each.ts'
import { storeError } from './errors.ts'
import { rowOf, wordsOf, writeListRows } from './list-writes.ts'
import { migrate, pendingIn } from './migrations.ts'
import { onServer } from './server.ts'
import { startTally } from './tally.ts'
import { INSERT_USERS, PUT_DOCUMENTS } from './users.ts'
import { openVocabulary, type Vocabulary } from './vocabulary.ts'

/** Reads all records of a database, in one snapshot, beside whoever writes to it. */
export function exportPostgres<T>(url: string, work: (batches: AsyncIterable<RecordBatch>) => Promise<T>): Promise<T> {
  return onDirectory(url, async (client) => {
    assertComplete(await pendingIn(client))
    await say(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const result = await work(batchesOf(client))
    await say(client, 'COMMIT')
    return result
  })
}

async function* batchesOf(client: pg.ClientBase): AsyncGenerator<RecordBatch> {
  for (const kind of RECORD_KINDS) {
    await ask(client, raw(`DECLARE records NO SCROLL CURSOR FOR ${selectOf(kind)}`))
    for (;;) {
      const { rows } = await ask(client, raw(`FETCH ${RECORD_BATCH_SIZE} FROM records`))
      if (rows.length > 0) yield { kind, rows: rows as readonly RecordRow[] }
      if (rows.length < RECORD_BATCH_SIZE) break
    }
    await ask(client, raw('CLOSE records'))
  }
}

function selectOf(kind: RecordKind): string {
  const { columns, order }: RecordShape = RECORDS[kind]
  const values = Object.entries(columns).map(([name, type]) => (type === 'bytes' ? `encode(${name}, 'hex')` : name))
  const where = kind === 'counters' ? ` WHERE name IN (${KEPT_COUNTERS.map((name) => `'${name}'`).join(', ')})` : ''
  return `SELECT ${values.join(', ')} FROM ${kind}${where} ORDER BY ${order ?? 'number'}`
}

/** Writes records to a database: all of them, or nothing. Throws `conflict` where it holds a directory that is not empty. */
export function importPostgres(url: string, batches: AsyncIterable<RecordBatch>): Promise<void> {
  return onDirectory(url, async (client) => {
    await migrate(client)
    const transaction = transactionOn(client)
    const vocabulary = openVocabulary()
    await say(client, 'BEGIN ISOLATION LEVEL READ COMMITTED')
    try {
      // Whoever would commit meanwhile waits.
      await ask(client, raw("UPDATE counters SET value = value WHERE name = 'revision'"))
      await assertEmpty(transaction)
      const indexes = await dropIndexes(client)
      for await (const { kind, rows } of batches) {
        if (kind === 'documents') await writeUsers(transaction, vocabulary, rows)
        else await runForEach(transaction, kind === 'counters' ? SET_COUNTERS : insertOf(kind), rows)
      }
      for (const create of indexes) await client.query(create)
      await say(client, 'COMMIT')
    } catch (error) {
      await say(client, 'ROLLBACK').catch(() => undefined)
      throw error
    }
  })
}

async function onDirectory<T>(url: string, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  return onServer(url, async (client) => {
    try {
      return await work(client)
    } catch (error) {
      throw storeError(error)
    }
  })
}

function transactionOn(client: pg.ClientBase): Transaction {
  const rows = async (query: Statement) => (await ask(client, query)).rows
  return {
    rows,
    first: async (query) => (await rows(query))[0],
    run: async (statement) => (await ask(client, statement)).count,
  }
}

async function assertEmpty(transaction: Transaction): Promise<void> {
  for (const kind of RECORD_KINDS) {
    if (kind === 'counters' || !(await transaction.first(raw(`SELECT 1 FROM ${kind} LIMIT 1`)))) continue
    throw new DirectoryError('conflict', 'The target is not empty; nothing was copied.', { reason: 'in_use' })
  }
}

// An index is built from all records in a fraction of the time that it takes to grow with them. What keeps values unique
// stays. Gives what makes them again.
async function dropIndexes(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await ask(client, raw(OWN_INDEXES))
  for (const [name] of rows) await client.query(`DROP INDEX ${String(name)}`)
  return rows.map(([, create]) => String(create))
}

const OWN_INDEXES = `
  SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisunique ORDER BY 1`

const TYPES = { integer: 'bigint', text: 'text', uuid: 'uuid', bytes: 'text' } satisfies Record<RecordType, string>

// A record is a JSON array: its values by their places.
function insertOf(kind: RecordKind): { readonly name: string; readonly text: string } {
  const { columns }: RecordShape = RECORDS[kind]
  const values = Object.values(columns).map((type, index) => {
    const value = `(r ->> ${index})::${TYPES[type]}`
    return type === 'bytes' ? `decode(${value}, 'hex')` : value
  })
  return {
    name: `import ${kind}`,
    text: `INSERT INTO ${kind} (${Object.keys(columns).join(', ')})
      SELECT ${values.join(', ')} FROM json_array_elements(?) WITH ORDINALITY AS e (r, place) ORDER BY place`,
  }
}

const SET_COUNTERS = {
  name: 'import counters',
  text: `UPDATE counters SET value = (r ->> 1)::bigint FROM json_array_elements(?) AS r WHERE name = r ->> 0`,
}

// As a commit writes them, but each with the revision it has.
async function writeUsers(transaction: Transaction, vocabulary: Vocabulary, rows: readonly RecordRow[]): Promise<void> {
  const users = rows.map(([, open, metadata]) => decodeUser(String(open), String(metadata)))
  const tally = await startTally(transaction, Promise.resolve(0))
  for (const user of users) {
    tally.next('number', user.number)
    tally.enter(user)
  }
  const documents = rows.map(([number = null, open = null, metadata = null]) => ({ number, open, metadata }))
  const written = users.map((after) => ({ before: undefined, after, derived: derivedFrom(after) }))
  await Promise.all([
    runForRows(transaction, INSERT_USERS, written.map(rowOf)), // prettier-ignore
    runForRows(transaction, PUT_DOCUMENTS, documents),
    tally.flush(),
    writeListRows(transaction, written, vocabulary.numbersOf(transaction, wordsOf(written))),
  ])
}
