import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import pg from 'pg'
import { RECORDS } from '../../src/storage/sql/records.ts'
import { openConnection } from '../../src/storage/sqlite/open.ts'
import { lendDatabase } from '../postgres/stores.ts'

/** What an engine makes of the records, or of the moment, and what is never copied. */
const DERIVED: readonly string[] = [
  'users',
  'user_values',
  'user_counts',
  'blocks',
  'authors',
  'words',
  'user_marks',
  'word_stems',
  'windows',
  'deferred_indexes',
  'migrations',
]
/** The order in which tokens were issued, which the order of records keeps. */
const DERIVED_COLUMNS: readonly string[] = ['tokens.number']

type Columns = readonly (readonly [table: string, column: string])[]

function assertCovered(found: Columns): void {
  const copied = Object.entries(RECORDS).flatMap(([table, { columns }]) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  )
  const kept = found.filter(([table]) => !DERIVED.includes(table)).map(([table, column]) => `${table}.${column}`)
  assert.deepEqual(kept.filter((name) => !DERIVED_COLUMNS.includes(name)).sort(), copied.sort())
}

describe('the records of a directory', () => {
  it('are all that the embedded engine keeps and does not derive', () => {
    const connection = openConnection(':memory:')
    const rows = connection
      .prepare(
        `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list t, pragma_table_info(t.name) c
         WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
      )
      .all() as { table: string; column: string }[]
    connection.close()
    assertCovered(rows.map(({ table, column }) => [table, column]))
  })

  it('are all that PostgreSQL keeps and does not derive', async () => {
    const database = await lendDatabase()
    const client = new pg.Client(database.url)
    await client.connect()
    const { rows } = await client.query<{ table: string; column: string }>(
      `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
       WHERE table_schema = current_schema()`,
    )
    await client.end()
    await database.drop()
    assertCovered(rows.map(({ table, column }) => [table, column]))
  })
})
