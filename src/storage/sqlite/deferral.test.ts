import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, it } from 'node:test'
import { newCustomer, newUser, write } from '../../../test/model/sample.ts'
import { all, equal, LIVE, type Filter } from '../../core/filter.ts'
import type { SortField } from '../../core/sort.ts'
import type { Store } from '../../core/store.ts'
import type { NewUser, User } from '../../core/user.ts'
import { openSqlite } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
after(() => rmSync(folder, { recursive: true }))

const USERS = 300

function person(n: number): Partial<NewUser> {
  return {
    familyName: n % 3 === 0 ? null : `Family ${(n * 7) % 50}`,
    phones: [`+49 ${n}`],
    tags: { team: `Team ${n % 5}`, [`é "${n % 2}"`]: 'x\u0001y' },
    attributes: { desk: n % 4, deep: { list: [n % 3, null] } },
  }
}

async function load(store: Store): Promise<void> {
  await write(store, newCustomer(1), newCustomer(2, 1))
  const users = (await write(store, ...Array.from({ length: USERS }, (_, n) => newUser(n, person(n))))) as User[]
  const changes = users.slice(0, 120).map(({ revision, ...user }, n) => ({
    kind: 'user' as const,
    user: { ...user, ...person(n + 1), status: n % 10 === 0 ? ('deleted' as const) : user.status },
    expected: revision,
  }))
  await store.commit({ changes, at: '2026-01-01T00:00:00.000Z', by: null })
}

const FILTERS: readonly Filter[] = [
  LIVE,
  equal('tags.team', 'team 3'),
  equal('tags.é "1"', 'X\u0001Y'),
  equal('attributes.desk', '2'),
  { kind: 'text', field: 'phones', parts: ['+49 1'] },
]
const SORTS: readonly SortField[] = ['familyName', 'email', 'phone', 'createdByName']

async function lists(store: Store): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for (const filter of FILTERS) {
    for (const field of SORTS) {
      const page = { kind: 'offset', offset: 0, limit: 1000 } as const
      found.push(await store.users({ filter, sort: [{ field, descending: true }], page, total: true }))
    }
  }
  return found
}

function contents(file: string): readonly unknown[] {
  const connection = new DatabaseSync(file)
  const all = [
    'SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name',
    'SELECT * FROM user_values',
    'SELECT * FROM counters',
  ].map((text) => connection.prepare(text).all())
  connection.close()
  return all
}

const indexesOf = (file: string) => (contents(file)[0] as unknown[]).length

describe('a store that loads many users', () => {
  it('lists them as one does that had its indexes all the time', async () => {
    const [loading, plain] = [openSqlite(join(folder, 'a.db'), { isLoading: true }), openSqlite(join(folder, 'b.db'))]
    await Promise.all([load(loading), load(plain)])
    assert.ok(indexesOf(join(folder, 'a.db')) < indexesOf(join(folder, 'b.db')) - 20, 'nothing was deferred')
    assert.deepEqual(await lists(loading), await lists(plain))
    await Promise.all([loading.close(), plain.close()])
    assert.deepEqual(contents(join(folder, 'a.db')), contents(join(folder, 'b.db')))
  })

  it('looks users up by what they are known by without building anything', async () => {
    const file = join(folder, 'looking.db')
    const store = openSqlite(file, { isLoading: true })
    await load(store)
    const before = indexesOf(file)
    const page = { kind: 'offset', offset: 0, limit: 10 } as const
    const look = async (filter: Filter) => {
      const { users } = await store.users({ filter: all(filter, LIVE), sort: [], page, total: false })
      return users.map(({ identifier }) => identifier)
    }
    assert.deepEqual(await look({ kind: 'in', field: 'identifier', values: ['USER-7', 'user-131', 'x'] }), [
      'user-7',
      'user-131',
    ])
    assert.deepEqual(await look(equal('email', 'nobody@example.org')), [])
    assert.deepEqual(await look(equal('externalId', 'none')), [])
    assert.equal(indexesOf(file), before)
    assert.equal((await look(equal('familyName', 'family 7'))).length > 0, true)
    assert.ok(indexesOf(file) > before)
    await store.close()
  })

  it('has built everything when it is closed, and when it is opened after it was not', async () => {
    const file = join(folder, 'closed.db')
    const loading = openSqlite(file, { isLoading: true })
    await load(loading)
    const before = indexesOf(file)
    const copy = join(folder, 'copy.db')
    const connection = new DatabaseSync(file)
    connection.exec(`VACUUM INTO '${copy}'`)
    connection.close()
    assert.equal(indexesOf(copy), before)
    await loading.close()
    await openSqlite(copy).close()
    assert.deepEqual(contents(copy), contents(file))
    assert.ok(indexesOf(copy) > before)
  })

  it('keeps the indexes of a rehearsal and of a few users', async () => {
    const file = join(folder, 'few.db')
    const store = openSqlite(file, { isLoading: true })
    await write(store, newCustomer(1))
    const before = indexesOf(file)
    const changes = Array.from({ length: USERS }, (_, n) => newUser(n))
    await store.commit({ changes, at: '2026-01-01T00:00:00.000Z', by: null, isRehearsal: true })
    await write(store, ...changes.slice(0, 10))
    assert.equal(indexesOf(file), before)
    await store.close()
  })
})
