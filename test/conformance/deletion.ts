import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { equal, EVERYONE, LIVE } from '../../src/core/filter.ts'
import { parseSearch } from '../../src/core/search.ts'
import { newCustomer, newUser, nextVersion, sampleId, write, writeUser } from '../model/sample.ts'
import { ask, numbers, numbersOf } from './ask.ts'
import { onStore, type Open } from './subject.ts'

/** A deleted user stays, out of the way of the live ones. */
export function deletion(open: Open): void {
  const it = onStore(open)
  describe('a deleted user', () => {
    it('is found by id, number and filters that ask for it, but by no name', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1, { email: 'a@x', externalId: 'x' }), newUser(2))
      assert.ok(ada)
      const deleted = await writeUser(store, nextVersion(ada, { status: 'deleted' }))
      assert.deepEqual(await store.user({ id: ada.id }), deleted)
      assert.deepEqual(await store.user({ number: 1 }), deleted)
      assert.deepEqual(await store.usersById([ada.id]), [deleted])
      for (const key of [{ identifier: 'user-1' }, { email: 'a@x' }, { externalId: 'x' }])
        assert.equal(await store.user(key), undefined)
      assert.deepEqual(await numbers(store, LIVE), [2])
      assert.deepEqual(await numbers(store, EVERYONE), [1, 2])
      assert.deepEqual(await numbers(store, equal('status', 'deleted')), [1])
      assert.deepEqual(await numbers(store, equal('email', 'A@X')), [1])
    })

    it('is searched for like any other, unless live ones are asked for', async (store) => {
      await write(store, newCustomer(1), newUser(1, { fullName: 'Wilhelmina', status: 'deleted' }))
      const search = parseSearch('wilhelmina', false)
      assert.deepEqual(numbersOf(await ask(store, { search })), [1])
      assert.deepEqual(numbersOf(await ask(store, { search, filter: LIVE })), [])
    })

    it('comes back as it was', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1, { email: 'a@x', tags: { a: 'b' }, phones: ['1'] }))
      assert.ok(ada)
      const deleted = await writeUser(store, nextVersion(ada, { status: 'deleted' }))
      const back = await writeUser(store, nextVersion(deleted, { status: 'active' }))
      assert.deepEqual(back, { ...ada, revision: 3 })
      assert.deepEqual(await store.user({ email: 'a@x' }), back)
      assert.deepEqual(await numbers(store, equal('tags.a', 'b')), [1])
    })

    it('still is an author', async (store) => {
      await write(
        store,
        newCustomer(1),
        newUser(1, { familyName: 'A', status: 'deleted' }),
        newUser(2, { createdBy: sampleId(1) }),
        newUser(3),
      )
      const { first } = await ask(store, { sort: [{ field: 'createdByName', descending: false }] })
      assert.deepEqual(first, { keys: ['a\u0001'], tie: sampleId(2) })
    })
  })
}
