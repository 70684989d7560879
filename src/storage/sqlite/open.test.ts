import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { newCustomer, newUser, write } from '../../../test/model/sample.ts'
import { LIVE } from '../../core/filter.ts'
import { databaseOver } from './database.ts'
import { openConnection, openSqlite } from './open.ts'
import { storeOver } from './store.ts'

let folder: string
const file = () => join(folder, 'users.db')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('a store in a file', () => {
  it('is readable for its owner only, log and shared memory too', async () => {
    const store = openSqlite(file())
    await write(store, newCustomer(1))
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777])
    assert.deepEqual(modes.sort(), [
      ['users.db', 0o600],
      ['users.db-shm', 0o600],
      ['users.db-wal', 0o600],
    ])
    await store.close()
  })

  it('is opened so that what is committed survives a loss of power, whatever the engine takes for granted', () => {
    const connection = openConnection(file())
    const pragma = (name: string) => Object.values(connection.prepare(`PRAGMA ${name}`).get() ?? {})[0]
    // 2 is FULL: the log is synced before a commit returns.
    assert.deepEqual(['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'busy_timeout'].map(pragma), [
      'wal',
      2,
      1,
      0,
      5000,
    ])
    connection.close()
  })

  it('is refused as unavailable where there is no such folder, no database, or one of something else', () => {
    writeFileSync(file(), 'This is a letter to somebody, and long enough to be looked at as if it were a database.')
    const other = join(folder, 'other.db')
    const connection = new DatabaseSync(other)
    connection.exec('CREATE TABLE recipes (x)')
    connection.close()
    for (const path of [file(), other, join(folder, 'nowhere', 'users.db')]) {
      assert.throws(() => openSqlite(path), { name: 'DirectoryError', code: 'unavailable' }, path)
    }
  })

  it('says in words that a newer Rollcall has written it, and is left as it is', async () => {
    await openSqlite(file()).close()
    const connection = new DatabaseSync(file())
    connection.exec("INSERT INTO migrations VALUES (1000, datetime('now'))")
    connection.close()
    const before = statSync(file()).mtimeMs
    assert.throws(() => openSqlite(file()), { code: 'unavailable', message: /newer Rollcall: its schema is 1000/ })
    assert.equal(statSync(file()).mtimeMs, before)
  })

  it('shows two processes the same directory, each the commits of the other', async () => {
    const one = openSqlite(file())
    const other = openSqlite(file())
    const query = { filter: LIVE, sort: [], page: { kind: 'offset', offset: 0, limit: 10 }, total: true } as const
    await write(one, newCustomer(1), newUser(1))
    assert.equal((await other.users(query)).total, 1)
    await write(other, newCustomer(2), newUser(2, { customerId: 2 }))
    const page = await one.users(query)
    assert.deepEqual([page.total, page.revision, page.users.length], [2, 2, 2])
    assert.equal((await one.customers()).within().length, 2)
    await Promise.all([one.close(), other.close()])
  })
})

describe('a store on a full disk', () => {
  it('refuses writes as unavailable, keeps nothing of them, goes on reading, and writes again when there is room', async () => {
    const connection = openConnection(file())
    const store = storeOver(databaseOver(connection))
    await write(store, newCustomer(1), newUser(1))
    const pages = Number(connection.prepare('PRAGMA page_count').get()?.['page_count'])
    connection.exec(`PRAGMA max_page_count = ${pages}`)
    const many = Array.from({ length: 500 }, (_, n) => newUser(n + 10))
    await assert.rejects(write(store, ...many), { code: 'unavailable', reason: 'disk_full' })
    assert.equal(await store.revision(), 1)
    assert.equal((await store.user({ number: 1 }))?.identifier, 'user-1')
    connection.exec(`PRAGMA max_page_count = ${pages * 100}`)
    assert.equal((await write(store, ...many)).length, 500)
    assert.equal(await store.revision(), 2)
    await store.close()
  })
})
