import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { equal, LIVE, NOBODY, wildcard, type Filter } from '../../src/core/filter.ts'
import { parseSearch } from '../../src/core/search.ts'
import { newCustomer, newUser, nextVersion, sampleId, write } from '../model/sample.ts'
import { ask, by } from './ask.ts'
import { onStore, type Open } from './subject.ts'

/** A total counts all users that match, whatever page is looked at, and is never out of date. */
export function totals(open: Open): void {
  const it = onStore(open)
  describe('totals', () => {
    it('count everybody who matches, on every page, and are left out where they are not asked for', async (store) => {
      await write(
        store,
        newCustomer(1),
        ...Array.from({ length: 25 }, (_, n) => newUser(n, { role: n < 10 ? 'a' : 'b' })),
      )
      for (const offset of [0, 5, 10, 99]) {
        const query = { filter: equal('role', 'a'), page: { kind: 'offset', offset, limit: 5 } } as const
        assert.equal((await ask(store, { ...query, total: true })).total, 10)
        assert.equal((await ask(store, query)).total, null)
        assert.equal((await ask(store, { ...query, sort: [by('familyName')], total: true })).total, 10)
      }
      const from = { keys: [], tie: 3 }
      for (const direction of ['after', 'before'] as const) {
        assert.equal(
          (await ask(store, { page: { kind: 'position', from, direction, limit: 2 }, total: true })).total,
          25,
        )
      }
    })

    it('change with every commit, also with one that only moves a customer or changes a name', async (store) => {
      await write(store, newCustomer(1), newCustomer(2), newUser(1, { customerId: 2, givenName: 'Anna' }))
      const questions: readonly Filter[] = [
        LIVE,
        { kind: 'subtree', customerId: 1 },
        wildcard('givenName', '*nn*'),
        equal('customerId', 2),
      ]
      const counted = () =>
        Promise.all(questions.map(async (filter) => (await ask(store, { filter, total: true })).total))
      const search = parseSearch('anna', false)
      assert.deepEqual(await counted(), [1, 0, 1, 1])
      const [, moved] = (await store.customers()).within()
      assert.ok(moved)
      const { revision, ...customer } = moved
      await write(store, { kind: 'customer', customer: { ...customer, parentId: 1 }, expected: revision })
      assert.deepEqual(await counted(), [1, 1, 1, 1])
      assert.equal((await ask(store, { search, total: true })).total, 1)
      const anna = await store.user({ id: sampleId(1) })
      assert.ok(anna)
      await write(store, nextVersion(anna, { givenName: 'Otto', fullName: 'Otto' }), newUser(2))
      assert.deepEqual(await counted(), [2, 2, 0, 1])
      assert.equal((await ask(store, { search, total: true })).total, 0)
      const otto = await store.user({ id: sampleId(1) })
      assert.ok(otto)
      await write(store, nextVersion(otto, { status: 'deleted' }))
      assert.deepEqual(await counted(), [1, 2, 0, 1])
      assert.equal((await ask(store, { filter: NOBODY, total: true })).total, 0)
    })
  })
}
