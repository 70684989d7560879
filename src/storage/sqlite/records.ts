import { existsSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { decodeUser } from '../../core/document.ts'
import { DirectoryError } from '../../core/error.ts'
import { raw, type SqlValue } from '../sql/fragment.ts'
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
import { uuidBytes, uuidText } from '../sql/uuid.ts'
import { setCounter, type Counter } from './counters.ts'
import { databaseOver, type Database } from './database.ts'
import { buildDeferred, defer } from './deferral.ts'
import { storeError } from './errors.ts'
import { startFullTexts } from './full-texts.ts'
import { openConnection, pendingInSqlite } from './open.ts'
import { startTally } from './tally.ts'
import { writeUser } from './users.ts'
import { vocabularyOf, type Vocabulary } from './vocabulary.ts'

/** Reads all records of a file, in one snapshot, beside whoever writes to it. */
export async function exportSqlite<T>(
  file: string,
  work: (batches: AsyncIterable<RecordBatch>) => Promise<T>,
): Promise<T> {
  if (!existsSync(file)) throw new DirectoryError('invalid', `There is no file ${file}.`, { reason: 'value' })
  assertComplete(pendingInSqlite(file))
  const connection = openConnection(file)
  try {
    connection.exec('BEGIN')
    return await work(batchesOf(connection))
  } catch (error) {
    throw storeError(error)
  } finally {
    connection.close()
  }
}

async function* batchesOf(connection: DatabaseSync): AsyncGenerator<RecordBatch> {
  for (const kind of RECORD_KINDS) {
    const statement = connection.prepare(selectOf(kind), { returnArrays: true })
    const types = Object.values<RecordType>(RECORDS[kind].columns)
    let rows: RecordRow[] = []
    for (const row of statement.iterate() as unknown as Iterable<readonly SqlValue[]>) {
      rows.push(row.map((value, index) => exported(value, types[index])))
      if (rows.length < RECORD_BATCH_SIZE) continue
      yield await Promise.resolve({ kind, rows })
      rows = []
    }
    if (rows.length > 0) yield { kind, rows }
  }
}

function selectOf(kind: RecordKind): string {
  const { columns, order }: RecordShape = RECORDS[kind]
  const where = kind === 'counters' ? ` WHERE name IN (${KEPT_COUNTERS.map((name) => `'${name}'`).join(', ')})` : ''
  return `SELECT ${Object.keys(columns).join(', ')} FROM ${kind}${where} ORDER BY ${order ?? 'rowid'}`
}

function exported(value: SqlValue, type: RecordType | undefined): RecordRow[number] {
  if (!(value instanceof Uint8Array)) return value
  return type === 'uuid' ? uuidText(value) : Buffer.from(value).toString('hex')
}

/**
 * Writes records to a file, made where there is none: all of them, or nothing. Throws `conflict` where the file holds a
 * directory that is not empty.
 */
export async function importSqlite(file: string, batches: AsyncIterable<RecordBatch>): Promise<void> {
  const isNew = !existsSync(file)
  const connection = openConnection(file)
  const database = databaseOver(connection)
  try {
    connection.exec('BEGIN IMMEDIATE')
    // Customers come by id, whoever is above them.
    connection.exec('PRAGMA defer_foreign_keys = ON')
    assertEmpty(database)
    defer(database, RECORD_BATCH_SIZE)
    const vocabulary = vocabularyOf(database)
    for await (const { kind, rows } of batches) {
      if (kind === 'documents') writeUsers(database, vocabulary, rows)
      else if (kind === 'counters')
        for (const [name, value] of rows) setCounter(database, name as Counter, Number(value))
      else writeRows(database, kind, rows)
    }
    connection.exec('COMMIT')
    buildDeferred(database)
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    database.close()
    if (isNew) for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
    throw storeError(error)
  }
  database.close()
}

function assertEmpty(database: Database): void {
  for (const kind of RECORD_KINDS) {
    if (kind === 'counters' || database.first(raw(`SELECT 1 FROM ${kind} LIMIT 1`)) === undefined) continue
    throw new DirectoryError('conflict', 'The target is not empty; nothing was copied.', { reason: 'in_use' })
  }
}

function writeRows(database: Database, kind: RecordKind, rows: readonly RecordRow[]): void {
  const { columns }: RecordShape = RECORDS[kind]
  const types = Object.values(columns)
  const names = Object.keys(columns)
  const insert = `INSERT INTO ${kind} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  for (const row of rows) database.execute(insert, ...row.map((value, index) => imported(value, types[index])))
}

function imported(value: RecordRow[number], type: RecordType | undefined): SqlValue {
  if (typeof value !== 'string') return value
  if (type === 'uuid') return uuidBytes(value)
  return type === 'bytes' ? Buffer.from(value, 'hex') : value
}

// As a commit writes them, but each with the revision it has.
function writeUsers(database: Database, vocabulary: Vocabulary, rows: readonly RecordRow[]): void {
  const tally = startTally(database)
  const texts = startFullTexts(database, vocabulary)
  for (const [, open, metadata] of rows) {
    const user = decodeUser(String(open), String(metadata))
    const writing = { database, revision: user.revision, tally, texts, isDeferred: true }
    writeUser(writing, { kind: 'user', user, expected: null })
  }
  tally.flush()
  texts.flush()
  vocabulary.settle(true)
}
