import assert from 'node:assert/strict'
import { createServer, type AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { newCustomer, newUser, write } from '../../../test/model/sample.ts'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import { LIVE } from '../../core/filter.ts'
import { migratePostgres, openPostgres, pendingInPostgres } from './open.ts'
import { onServer } from './server.ts'

let database: LentDatabase

before(async () => {
  database = await lendDatabase('plain')
})

after(() => database.drop())

/** The address of the lent database with some of it changed. */
function changed(change: (url: URL) => void): string {
  const url = new URL(database.url)
  change(url)
  return url.href
}

async function query(url: string, text: string): Promise<readonly unknown[][]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

const TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"

async function assertRefused(url: string, message: RegExp): Promise<void> {
  await assert.rejects(openPostgres(url), (error: Error & { code?: string }) => {
    assert.equal(error.name, 'DirectoryError', error.message)
    assert.equal(error.code, 'invalid')
    assert.match(error.message, message)
    // One sentence, and no password in it.
    assert.match(error.message, /^[A-Z].*[^.]\.$/)
    assert.doesNotMatch(error.message, /\. [A-Z]/)
    const { password } = URL.canParse(url) ? new URL(url) : { password: 'secret' }
    assert.ok(!error.message.includes(password || 'no password'), error.message)
    return true
  })
}

describe('a database that cannot be used', () => {
  it('is refused in a sentence where the address is wrong', async () => {
    await assertRefused('postgres://u:secret@:x:y/', /not a URL like postgres:/)
    await assertRefused(
      changed((url) => (url.hostname = 'nowhere.invalid')),
      /no host nowhere\.invalid/,
    )
    await assertRefused(
      changed((url) => (url.port = '1')),
      /Nothing answers at 127\.0\.0\.1:1;/,
    )
    await assertRefused(
      changed((url) => (url.pathname = 'attic')),
      /no database attic at 127.*CREATE DATABASE attic/,
    )
    await assertRefused(
      changed((url) => (url.password = 'wrong-password')),
      /refuses the password of the user rollcall/,
    )
    await assertRefused(`${database.url}?sslmode=verify-full`, /takes no TLS/)
  })

  it('is refused where nobody answers in time', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const { port } = silent.address() as AddressInfo
    await assertRefused(
      changed((url) => (url.port = String(port))),
      /does not answer within 3 seconds/,
    )
    silent.close()
  })

  it('is refused in another encoding', async () => {
    const latin = await lendDatabase('latin')
    await assertRefused(latin.url, /in the encoding LATIN1; .* ENCODING 'UTF8'/)
    await latin.drop()
  })

  it('is refused where nothing may be created, and nothing is', async () => {
    const owned = await lendDatabase('plain')
    await query(owned.superuserUrl, 'CREATE SCHEMA closed; GRANT USAGE ON SCHEMA closed TO rollcall')
    await assertRefused(`${owned.url}?options=-csearch_path%3Dclosed`, /may not create tables in the database/)
    assert.deepEqual(await query(owned.url, TABLES), [['0']])
    await owned.drop()
  })

  it('is refused where no schema is in its search path', async () => {
    await assertRefused(`${database.url}?options=-csearch_path%3Dnowhere`, /names no schema/)
  })

  it('is refused where its tables are those of something else, and left as it is', async () => {
    const foreign = await lendDatabase('plain')
    await query(foreign.url, 'CREATE TABLE users (name text); CREATE TABLE migrations (id integer, migration text)')
    await assertRefused(foreign.url, /tables of something else \(migrations, users\)/)
    await assert.rejects(pendingInPostgres(foreign.url), /something else/)
    assert.deepEqual(await query(foreign.url, TABLES), [['2']])
    await foreign.drop()
  })

  it('is refused on a server that is too old', async () => {
    const tooOld = onServer(database.url, () => Promise.resolve(), { oldest: 99 })
    await assert.rejects(tooOld, { code: 'invalid', message: /is PostgreSQL \d.*; Rollcall needs version 99 or newer/ })
  })

  it('is refused where a newer Rollcall has written it', async () => {
    const newer = await lendDatabase()
    await query(newer.url, 'INSERT INTO migrations (number) VALUES (1000)')
    await assertRefused(newer.url, /newer Rollcall: its schema is 1000, this one knows \d/)
    await newer.drop()
  })
})

describe('an empty database', () => {
  it('becomes a directory by several nodes that open it at once', async () => {
    const empty = await lendDatabase('plain')
    const pending = await pendingInPostgres(empty.url)
    assert.deepEqual(await query(empty.url, TABLES), [['0']])
    assert.equal(pending[0], 1)
    const taken = await Promise.all(Array.from({ length: 4 }, () => migratePostgres(empty.url)))
    assert.deepEqual(taken.flat().sort(), pending)
    assert.deepEqual(await pendingInPostgres(empty.url), [])
    assert.deepEqual(await migratePostgres(empty.url), [])
    await empty.drop()
  })
})

describe('a directory in a database', () => {
  it('is the same for all who open it', async () => {
    const shared = await lendDatabase()
    const [one, other] = [await openPostgres(shared.url), await openPostgres(shared.url)]
    await write(one, newCustomer(1), newUser(1))
    assert.equal(await other.revision(), 1)
    assert.equal((await other.customers()).within().length, 1)
    await write(other, newCustomer(2), newUser(2, { customerId: 2 }))
    assert.equal((await one.customers()).within().length, 2)
    assert.equal((await one.user({ number: 2 }))?.customerId, 2)
    const all = { filter: LIVE, sort: [], page: { kind: 'offset', offset: 0, limit: 10 }, total: true } as const
    assert.equal((await one.users(all)).total, 2)
    await Promise.all([one.close(), other.close()])
    await shared.drop()
  })
})
