import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { newCustomer, newUser, NOON, sampleUser, write } from '../../../test/model/sample.ts'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import type { Change } from '../../core/store.ts'
import { openPostgres } from './open.ts'

let database: LentDatabase
beforeEach(async () => {
  database = await lendDatabase()
})
afterEach(() => database.drop())

const MANY = 100
const people = (from: number): Change[] => Array.from({ length: MANY }, (_, n) => newUser(from + n))
const commitOf = (changes: readonly Change[], after?: Promise<unknown>) => ({
  changes,
  at: NOON,
  by: null,
  ...(after && { after }),
})

describe('a store that loads', () => {
  it('writes commits behind one another that are given at once, and gives what any store gives', async () => {
    const store = await openPostgres(database.url, { isLoading: true })
    await write(store, newCustomer(1))
    const first = store.commit(commitOf(people(0)))
    const second = store.commit(commitOf(people(MANY), first))
    const expected = (n: number, revision: number) => ({ ...sampleUser(n), number: n + 1, revision })
    assert.deepEqual(await second, { revision: 3, results: people(MANY).map((_, n) => expected(MANY + n, 3)) })
    assert.equal((await first).revision, 2)
    assert.deepEqual(await store.user({ number: MANY + 1 }), expected(MANY, 3))
    await store.close()
  })

  it('says which change was refused, writes nothing of it or of what was to come after it, and goes on', async () => {
    const store = await openPostgres(database.url, { isLoading: true })
    await write(store, newCustomer(1))
    const refused = store.commit(commitOf([...people(0), newUser(MANY, { identifier: 'user-1' })]))
    const next = store.commit(commitOf(people(MANY + 1), refused))
    const reason = { code: 'conflict', reason: 'taken', where: { name: 'identifier', position: MANY } }
    await assert.rejects(refused, reason)
    await assert.rejects(next, reason)
    assert.equal((await store.commit(commitOf(people(0)))).revision, 2)
    await store.close()
  })
})
