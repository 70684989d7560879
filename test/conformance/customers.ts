import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Customer } from '../../src/core/customer.ts'
import type { Store } from '../../src/core/store.ts'
import { newCustomer, newUser, NOON, write } from '../model/sample.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

const LATER = '2026-11-23T12:00:00.000Z'

async function ids(store: Store): Promise<readonly number[]> {
  return (await store.customers()).within().map(({ id }) => id)
}

async function change(store: Store, id: number, changes: Partial<Customer>): Promise<void> {
  const before = (await store.customers()).get(id)
  assert.ok(before)
  const { revision, ...rest } = before
  await write(store, { kind: 'customer', customer: { ...rest, ...changes }, expected: revision })
}

/** Customers are a forest, and stay one. */
export function customers(open: Open): void {
  const it = onStore(open)
  describe('customers', () => {
    it('are never given the id of one that was removed', async (store) => {
      await write(store, newCustomer(1), newCustomer(2))
      const removed = (await store.customers()).get(2)
      assert.ok(removed)
      await write(store, { kind: 'remove-customer', id: 2, expected: removed.revision })
      await assertRefused(write(store, newCustomer(2)), { code: 'conflict', reason: 'taken', name: 'id' })
    })

    it('are none in a new directory', async (store) => {
      assert.deepEqual((await store.customers()).within(), [])
      assert.deepEqual([...(await store.userCounts())], [])
    })

    it('come back as they were written, parents before children', async (store) => {
      await write(store, newCustomer(5), newCustomer(2, 5), newCustomer(9, 5, 'É'), newCustomer(1, 9))
      const tree = await store.customers()
      assert.deepEqual(await ids(store), [5, 2, 9, 1])
      assert.deepEqual(tree.get(9), {
        id: 9,
        code: 'É',
        name: 'Customer 9',
        parentId: 5,
        createdAt: NOON,
        updatedAt: NOON,
        revision: 1,
      })
      assert.equal(tree.revision, 1)
      assert.ok(tree.isWithin(1, 5))
    })

    it('get the next id without one, never one that was given before', async (store) => {
      let given = 0
      const give = async (id?: number) => {
        const customer = { code: `code ${(given += 1)}`, name: 'x', parentId: null, createdAt: NOON, updatedAt: NOON }
        const { results } = await store.commit({
          changes: [{ kind: 'customer', customer: id === undefined ? customer : { ...customer, id }, expected: null }],
          at: NOON,
          by: null,
        })
        return results[0] as Customer
      }
      assert.equal((await give()).id, 1)
      const { id, revision } = await give(7)
      await write(store, { kind: 'remove-customer', id, expected: revision })
      assert.equal((await give()).id, 8)
      assert.equal((await give(3)).id, 3)
      assert.equal((await give()).id, 9)
    })

    it('have codes of their own, on the folded key, which are free again after them', async (store) => {
      await write(store, newCustomer(1, null, 'Straße'), newCustomer(2, null, 'b'))
      await assertRefused(write(store, newCustomer(3, null, 'STRASSE')), {
        code: 'conflict',
        reason: 'taken',
        name: 'code',
        position: 0,
      })
      await assertRefused(change(store, 2, { code: 'strasse' }), { code: 'conflict', reason: 'taken', name: 'code' })
      await change(store, 1, { code: 'STRASSE' })
      await change(store, 1, { code: 'a' })
      await change(store, 2, { code: 'Straße' })
    })

    it('are changed only on top of the version they have', async (store) => {
      await write(store, newCustomer(1))
      await change(store, 1, { name: 'Renamed', updatedAt: LATER })
      const customer = { id: 1, code: 'c', name: 'Lost', parentId: null, createdAt: NOON, updatedAt: NOON }
      await assertRefused(write(store, { kind: 'customer', customer, expected: 1 }), {
        code: 'conflict',
        reason: 'changed',
        position: 0,
      })
      await assertRefused(write(store, { kind: 'customer', customer, expected: null }), {
        code: 'conflict',
        reason: 'taken',
        name: 'id',
      })
      await assertRefused(write(store, { kind: 'customer', customer: { ...customer, id: 2 }, expected: 1 }), {
        code: 'conflict',
        reason: 'changed',
      })
      const { name, revision, updatedAt } = (await store.customers()).get(1) ?? {}
      assert.deepEqual([name, revision, updatedAt], ['Renamed', 2, LATER])
    })

    it('are below customers that exist', async (store) => {
      await write(store, newCustomer(1))
      await assertRefused(write(store, newCustomer(2, 9)), { code: 'invalid', name: 'parentId' })
      await assertRefused(change(store, 1, { parentId: 9 }), { code: 'invalid', name: 'parentId' })
    })

    it('are never below themselves, at any depth', async (store) => {
      await write(store, newCustomer(1), newCustomer(2, 1), newCustomer(3, 2), newCustomer(12, 3))
      for (const parentId of [1, 2, 3, 12]) {
        await assertRefused(change(store, 1, { parentId }), { code: 'conflict', reason: 'cycle', position: 0 })
      }
      await change(store, 12, { parentId: 1 })
      await change(store, 3, { parentId: null })
      assert.deepEqual(await ids(store), [1, 2, 12, 3])
      await assertRefused(write(store, newCustomer(20, 20)), { code: 'conflict', reason: 'cycle' })
    })

    it('are removed only without users, live or deleted, and without customers below', async (store) => {
      await write(
        store,
        newCustomer(1),
        newCustomer(2, 1),
        newCustomer(3),
        newCustomer(4),
        newUser(1, { customerId: 3 }),
        newUser(2, { customerId: 4, status: 'deleted' }),
      )
      for (const id of [1, 3, 4]) {
        await assertRefused(write(store, { kind: 'remove-customer', id, expected: 1 }), {
          code: 'conflict',
          reason: 'in_use',
          position: 0,
        })
      }
      await assertRefused(write(store, { kind: 'remove-customer', id: 2, expected: 7 }), {
        code: 'conflict',
        reason: 'changed',
      })
      await assertRefused(write(store, { kind: 'remove-customer', id: 9, expected: 1 }), {
        code: 'conflict',
        reason: 'changed',
      })
      await write(
        store,
        { kind: 'remove-customer', id: 2, expected: 1 },
        { kind: 'remove-customer', id: 1, expected: 1 },
      )
      assert.deepEqual(await ids(store), [3, 4])
      assert.equal((await store.customers()).revision, 2)
    })

    it('are counted with their live and deleted users, without those below', async (store) => {
      await write(
        store,
        newCustomer(1),
        newCustomer(2, 1),
        newCustomer(3),
        newUser(1, { customerId: 2 }),
        newUser(2),
        newUser(3),
        newUser(4, { status: 'deleted' }),
      )
      const counts = await store.userCounts()
      assert.deepEqual([...counts].sort(), [
        [1, { live: 2, deleted: 1 }],
        [2, { live: 1, deleted: 0 }],
      ])
    })

    it('can be a hundred deep', async (store) => {
      const chain = Array.from({ length: 100 }, (_, n) => newCustomer(n + 1, n === 0 ? null : n))
      await write(store, ...chain, newUser(1, { customerId: 100 }))
      assert.ok((await store.customers()).isWithin(100, 1))
    })
  })
}
