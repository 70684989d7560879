import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Store } from '../../src/core/store.ts'
import { newCustomer, newUser, nextVersion, write, writeUser } from '../model/sample.ts'
import { ask, by, numbers } from './ask.ts'
import { onStore, type Open } from './subject.ts'

async function move(store: Store, id: number, parentId: number | null): Promise<void> {
  const customer = (await store.customers()).get(id)
  assert.ok(customer)
  const { revision, ...rest } = customer
  await write(store, { kind: 'customer', customer: { ...rest, parentId }, expected: revision })
}

/** Users go with their customer wherever it is moved. */
export function moves(open: Open): void {
  const it = onStore(open)
  describe('a moved customer', () => {
    // 1 ─ 2 ─ 3 ─ 4, 10 ─ 11, one user each.
    const fill = async (store: Store) => {
      await write(
        store,
        newCustomer(1),
        newCustomer(2, 1),
        newCustomer(3, 2),
        newCustomer(4, 3),
        newCustomer(10),
        newCustomer(11, 10),
      )
      await write(
        store,
        ...[1, 2, 3, 4, 10, 11].map((customerId) => newUser(customerId, { customerId, number: customerId })),
      )
    }
    const below = (store: Store, customerId: number) => numbers(store, { kind: 'subtree', customerId })

    it('takes its users and everything below it along', async (store) => {
      await fill(store)
      await move(store, 3, 11)
      assert.deepEqual(await below(store, 1), [1, 2])
      assert.deepEqual(await below(store, 10), [3, 4, 10, 11])
      assert.deepEqual(await below(store, 11), [3, 4, 11])
      await move(store, 3, null)
      assert.deepEqual(await below(store, 10), [10, 11])
      assert.deepEqual(await below(store, 3), [3, 4])
      await move(store, 1, 4)
      assert.deepEqual(await below(store, 3), [1, 2, 3, 4])
    })

    it('changes no version of its users', async (store) => {
      await fill(store)
      const before = await store.user({ number: 4 })
      await move(store, 3, 10)
      assert.deepEqual(await store.user({ number: 4 }), before)
      assert.equal(await store.revision(), 3)
    })

    it('is followed by lists, pages and totals at once', async (store) => {
      await fill(store)
      const filter = { kind: 'subtree', customerId: 10 } as const
      const sort = [by('identifier')]
      const first = await ask(store, {
        filter,
        sort,
        page: { kind: 'position', from: null, direction: 'after', limit: 1 },
        total: true,
      })
      assert.equal(first.total, 2)
      await move(store, 2, 10)
      const rest = await ask(store, {
        filter,
        sort,
        page: { kind: 'position', from: first.last, direction: 'after', limit: 9 },
        total: true,
      })
      assert.deepEqual([rest.users.map(({ number }) => number), rest.total], [[11, 2, 3, 4], 5])
    })

    it('is not followed by a user who has left it', async (store) => {
      await fill(store)
      const user = await store.user({ number: 3 })
      assert.ok(user)
      await writeUser(store, nextVersion(user, { customerId: 10 }))
      await move(store, 3, 11)
      assert.deepEqual(await below(store, 11), [4, 11])
      assert.deepEqual((await store.userCounts()).get(3), undefined)
      assert.deepEqual((await store.userCounts()).get(10), { live: 2, deleted: 0 })
    })
  })
}
