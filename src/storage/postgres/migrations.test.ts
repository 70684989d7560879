import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import pg from 'pg'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import { migrate, MIGRATIONS, pendingIn } from './migrations.ts'

let database: LentDatabase
let client: pg.Client

beforeEach(async () => {
  database = await lendDatabase('plain')
  client = await connected()
})

afterEach(async () => {
  await client.end()
  await database.drop()
})

async function connected(): Promise<pg.Client> {
  const client = new pg.Client(database.url)
  await client.connect()
  return client
}

async function tables(): Promise<readonly string[]> {
  const text = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
  return (await client.query<{ tablename: string }>(text)).rows.map(({ tablename }) => tablename)
}

describe('migrations', () => {
  const [first, second, third] = ['CREATE TABLE a (x text)', 'ALTER TABLE a RENAME TO b', 'CREATE TABLE c (x text)']

  it('are applied in order, each once', async () => {
    assert.deepEqual(await migrate(client, [first]), [1])
    assert.deepEqual(await pendingIn(client, [first, second, third]), [2, 3])
    assert.deepEqual(await migrate(client, [first, second, third]), [2, 3])
    assert.deepEqual(await migrate(client, [first, second, third]), [])
    assert.deepEqual(await tables(), ['b', 'c', 'migrations'])
    const { rows } = await client.query<{ number: number }>('SELECT number FROM migrations ORDER BY number')
    assert.deepEqual(
      rows.map(({ number }) => number),
      [1, 2, 3],
    )
  })

  it('are applied once by nodes that start together', async () => {
    const others = await Promise.all([connected(), connected(), connected()])
    const taken = await Promise.all(others.map((other) => migrate(other, [first, second, third])))
    assert.deepEqual(taken.flat().sort(), [1, 2, 3])
    await Promise.all(others.map((other) => other.end()))
  })

  it('leave nothing of one that fails, and all of those before it', async () => {
    await assert.rejects(migrate(client, [first, `${third}; ${first}`]), /already exists/)
    assert.deepEqual(await tables(), ['a', 'migrations'])
    assert.deepEqual(await migrate(client, [first, third]), [2])
  })

  it('refuse a database that a newer Rollcall has written, and say so', async () => {
    await migrate(client)
    const known = MIGRATIONS.length
    await client.query('INSERT INTO migrations (number) VALUES ($1)', [known + 1])
    const message = `The directory was written by a newer Rollcall: its schema is ${known + 1}, this one knows ${known}.`
    await assert.rejects(migrate(client), { code: 'invalid', message })
    await assert.rejects(pendingIn(client), { code: 'invalid', message })
  })

  it('stay in the schema the search path names', async () => {
    await client.query('CREATE SCHEMA own; CREATE TABLE recipes (x text); SET search_path = own')
    await migrate(client, [first])
    assert.deepEqual(await tables(), ['recipes'])
    assert.deepEqual(await pendingIn(client, [first]), [])
  })
})
