import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import pg from 'pg'
import { within } from '../../../test/faults/deadline.ts'
import { newCustomer, newUser, write } from '../../../test/model/sample.ts'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import { postgresSchema } from '../../../test/schema/postgres.ts'
import { equal, LIVE, type Filter } from '../../core/filter.ts'
import { parseSearch } from '../../core/search.ts'
import type { SortField } from '../../core/sort.ts'
import type { Store } from '../../core/store.ts'
import type { NewUser } from '../../core/user.ts'
import { LOAD_MIN } from './deferral.ts'
import { migrate, MIGRATIONS } from './migrations.ts'
import { buildPostgres, openPostgres, unbuiltInPostgres } from './open.ts'

const SCHEMA = readFileSync(join(import.meta.dirname, '../../../test/schema/postgres.sql'), 'utf8')

let database: LentDatabase
beforeEach(async () => {
  database = await lendDatabase()
})
afterEach(() => database.drop())

async function ask(text: string): Promise<void> {
  const client = new pg.Client(database.url)
  await client.connect()
  await client.query(text)
  await client.end()
}

const openLoading = (building?: (built: number, of: number) => void) =>
  openPostgres(database.url, { isLoading: true, building })

function person(n: number): Partial<NewUser> {
  return {
    familyName: n % 3 === 0 ? null : `Family ${(n * 7) % 50}`,
    email: n % 2 === 0 ? null : `p${n}@example.com`,
    phones: [`+49 ${n}`],
    status: n % 10 === 0 ? 'deleted' : 'active',
    tags: { team: `Team ${n % 5}` },
  }
}

async function load(store: Store): Promise<void> {
  await write(store, newCustomer(1), newCustomer(2, 1))
  await write(store, ...Array.from({ length: LOAD_MIN }, (_, n) => newUser(n, person(n))))
}

const FILTERS: readonly Filter[] = [
  LIVE,
  equal('tags.team', 'team 3'),
  equal('identifier', 'USER-7'),
  { kind: 'text', field: 'phones', parts: ['+49 1'] },
]
const SORTS: readonly (SortField | null)[] = [null, 'familyName', 'email']
const WHOLE = { kind: 'offset', offset: 0, limit: 1000 } as const

async function lists(store: Store): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for (const filter of FILTERS) {
    for (const field of SORTS) {
      const sort = field === null ? [] : [{ field, descending: true }]
      found.push(await store.users({ filter, sort, page: WHOLE, total: true }))
    }
    found.push(await store.users({ filter, search: parseSearch('usr', true), sort: [], page: WHOLE, total: true }))
  }
  return found
}

describe('a load into an almost empty database', () => {
  it('leaves the indexes of lists out until it ends, and others read the same meanwhile', async () => {
    const plain = await lendDatabase()
    const [loading, beside, other] = [
      await openLoading(),
      await openPostgres(database.url),
      await openPostgres(plain.url),
    ]
    await Promise.all([load(loading), load(other)])
    assert.ok((await unbuiltInPostgres(database.url)) > 30, 'nothing was left out')
    const expected = await lists(other)
    assert.deepEqual(await lists(beside), expected)
    await loading.close()
    assert.equal(await postgresSchema(database.url), SCHEMA)
    assert.deepEqual(await lists(beside), expected)
    await Promise.all([beside.close(), other.close()])
    await plain.drop()
  })

  it('tells how many indexes it builds', async () => {
    const told: (readonly [number, number])[] = []
    const loading = await openLoading((built, of) => told.push([built, of]))
    await load(loading)
    const left = await unbuiltInPostgres(database.url)
    await loading.close()
    assert.deepEqual(
      told,
      Array.from({ length: left + 1 }, (_, built) => [built, left]),
    )
  })

  it('is not over for others who load: who is last builds the indexes', async () => {
    const [one, other] = [await openLoading(), await openLoading()]
    await load(one)
    const left = await unbuiltInPostgres(database.url)
    await one.close()
    assert.equal(await unbuiltInPostgres(database.url), left)
    // Nobody else builds meanwhile either.
    assert.equal(await buildPostgres(database.url), left)
    await write(other, ...Array.from({ length: LOAD_MIN }, (_, n) => newUser(LOAD_MIN + n)))
    await other.close()
    assert.equal(await postgresSchema(database.url), SCHEMA)
  })

  it('keeps all indexes where its commits are rehearsals or small', async () => {
    const loading = await openLoading()
    await write(loading, newCustomer(1))
    const changes = Array.from({ length: LOAD_MIN }, (_, n) => newUser(n))
    await loading.commit({ changes, at: '2026-01-01T00:00:00.000Z', by: null, isRehearsal: true })
    await write(loading, ...changes.slice(1))
    assert.equal(await postgresSchema(database.url), SCHEMA)
    await loading.close()
  })

  it('keeps all indexes where there are many users', async () => {
    await ask("UPDATE counters SET value = 10001 WHERE name = 'deleted'")
    const loading = await openLoading()
    await load(loading)
    assert.equal(await postgresSchema(database.url), SCHEMA)
    await loading.close()
  })

  it('keeps all indexes where somebody does not let go of them', async () => {
    const reader = new pg.Client(database.url)
    await reader.connect()
    await reader.query('BEGIN; SELECT count(*) FROM users')
    const loading = await openLoading()
    await load(loading)
    assert.equal(await postgresSchema(database.url), SCHEMA)
    await reader.end()
    await loading.close()
  })

  it('is found with its indexes by the next migration', async () => {
    const loading = await openLoading()
    await load(loading)
    const client = new pg.Client(database.url)
    await client.connect()
    await migrate(client, [...MIGRATIONS, 'DROP INDEX users_by_role'])
    await client.end()
    assert.equal(await unbuiltInPostgres(database.url), 0)
    await write(loading, newUser(LOAD_MIN))
    await loading.close()
  })
})

describe('indexes that a load left out', () => {
  it('are built by a store that is open, soon after the load broke off', async () => {
    const node = await openPostgres(database.url)
    const loading = await openLoading()
    await load(loading)
    // Its connections are cut, as by a kill: it cannot build anything.
    const { superuserUrl } = database
    const superuser = new pg.Client(superuserUrl)
    await superuser.connect()
    await superuser.query(CUT_LOADS)
    await superuser.end()
    await within(30_000, 'to build', async () => (await unbuiltInPostgres(database.url)) === 0)
    assert.equal(await postgresSchema(database.url), SCHEMA)
    await loading.close()
    await node.close()
  })

  it('are built anew where one of them is there and broken', async () => {
    const loading = await openLoading()
    await load(loading)
    await ask('CREATE INDEX users_by_role ON users (number)')
    await loading.close()
    assert.equal(await postgresSchema(database.url), SCHEMA)
  })
})

const CUT_LOADS = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
