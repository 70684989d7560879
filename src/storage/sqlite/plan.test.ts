import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'node:test'
import { changesOf, population } from '../../../test/arbitrary/directory.ts'
import { query } from '../../../test/arbitrary/query.ts'
import { runs } from '../../../test/arbitrary/runs.ts'
import { factsOf, listUsers } from '../../../test/model/list.ts'
import { newCustomer, newUser, NOON, write } from '../../../test/model/sample.ts'
import { LIVE } from '../../core/filter.ts'
import type { User } from '../../core/user.ts'
import { openSqlite } from './open.ts'

describe('every kind of plan', () => {
  // Few users and low limits: lists are gathered, walked in slices and groups, and searched score by score.
  for (const limit of [0, 1, 3]) {
    it(`gives what the model gives, where a plan changes at ${limit}`, async () => {
      const limits = { gatherMax: () => limit, sliceMin: () => limit + 1, scoredMax: limit }
      const property = fc.asyncProperty(
        population(30),
        fc.array(query, { minLength: 5, maxLength: 15 }),
        async (people, asks) => {
          const store = openSqlite(':memory:', { limits })
          const { results, revision } = await store.commit({ changes: changesOf(people), at: NOON, by: null })
          const users = results.filter((one): one is User => one !== null && 'identifier' in one)
          const world = { users, tree: await store.customers(), revision }
          for (const ask of asks.map((ask) => ask(world))) {
            const page = await store.users(ask)
            const expected = listUsers(world, ask)
            assert.deepEqual(
              page.users.map(({ number }) => number),
              expected.users.map(({ number }) => number),
            )
            assert.deepEqual(factsOf(page), factsOf(expected))
          }
          await store.close()
        },
      )
      await fc.assert(property, runs(40))
    })
  }
})

describe('a page far down', () => {
  it('is the same whether its offset ends within a block of numbers, between two, or beyond the last', async () => {
    const store = openSqlite(':memory:')
    await write(store, newCustomer(1))
    const USERS = 8300
    for (let n = 0; n < USERS; n += 1000) {
      const batch = Array.from({ length: Math.min(1000, USERS - n) }, (_, k) =>
        newUser(n + k, { status: (n + k) % 5 === 0 ? 'deleted' : 'active' }),
      )
      await write(store, ...batch)
    }
    const live = Array.from({ length: USERS }, (_, n) => n + 1).filter((number) => (number - 1) % 5 !== 0)
    for (const offset of [1, 3275, 3276, 3277, 6552, 6553, 6630, live.length, live.length + 5000]) {
      const page = await store.users({
        filter: LIVE,
        sort: [],
        page: { kind: 'offset', offset, limit: 3 },
        total: true,
      })
      assert.deepEqual(
        page.users.map(({ number }) => number),
        live.slice(offset, offset + 3),
        `offset ${offset}`,
      )
      assert.equal(page.hasAfter, offset + 3 < live.length)
      assert.equal(page.total, live.length)
    }
    await store.close()
  })
})

describe('glued documents', () => {
  it('stand in the order asked for, forwards and backwards', async () => {
    const store = openSqlite(':memory:')
    const names = Array.from({ length: 1000 }, (_, n) => String((n * 7919) % 1000).padStart(4, '0'))
    await write(store, newCustomer(1), ...names.map((fullName, n) => newUser(n, { fullName })))
    const sorted = names.toSorted()
    for (const descending of [false, true]) {
      for (const direction of ['after', 'before'] as const) {
        const page = { kind: 'position', from: null, direction, limit: 1000 } as const
        const query = { filter: LIVE, sort: [{ field: 'fullName', descending }], page, total: false } as const
        const { documents } = await store.documents(query, true)
        const users = JSON.parse(`[${Buffer.concat(documents).toString()}]`) as User[]
        assert.deepEqual(
          users.map(({ fullName }) => fullName),
          descending ? sorted.toReversed() : sorted,
        )
      }
    }
    await store.close()
  })
})
