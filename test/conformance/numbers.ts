import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { EVERYONE } from '../../src/core/filter.ts'
import { newCustomer, newUser, nextVersion, sampleId, sampleUser, write, writeUser } from '../model/sample.ts'
import { numbers as numbersFound } from './ask.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

/** Numbers grow in creation order and are never given twice. */
export function numbers(open: Open): void {
  const it = onStore(open)
  describe('numbers', () => {
    it('grow in creation order, within commits and from one to the next', async (store) => {
      await write(store, newCustomer(1), newUser(9), newUser(3))
      await write(store, newUser(1))
      assert.deepEqual(await numbersFound(store, EVERYONE), [1, 2, 3])
      const { users } = await store.users({
        filter: EVERYONE,
        sort: [],
        page: { kind: 'offset', offset: 0, limit: 9 },
        total: false,
      })
      assert.deepEqual(
        users.map(({ id }) => id),
        [sampleId(9), sampleId(3), sampleId(1)],
      )
    })

    it('stay with their user through every version', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1))
      assert.ok(ada)
      const unnumbered = sampleUser(1, { givenName: 'Ada' })
      assert.equal((await writeUser(store, { kind: 'user', user: unnumbered, expected: ada.revision })).number, 1)
    })

    it('are never given again: not after a user was deleted, not after a commit failed', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1))
      assert.ok(ada)
      await write(store, nextVersion(ada, { status: 'deleted' }))
      const second = await writeUser(store, newUser(2))
      assert.ok(second.number > ada.number)
      await assertRefused(write(store, newUser(3), newUser(4, { customerId: 9 })), { code: 'invalid' })
      assert.ok((await writeUser(store, newUser(5))).number > second.number)
    })

    it('may be brought along where they are free, and go on after the highest', async (store) => {
      await write(store, newCustomer(1), newUser(1, { number: 12_345 }))
      await assertRefused(write(store, newUser(2, { number: 12_345 })), {
        code: 'conflict',
        reason: 'taken',
        name: 'number',
      })
      assert.equal((await writeUser(store, newUser(3, { number: 7 }))).number, 7)
      assert.equal((await writeUser(store, newUser(4))).number, 12_346)
      assert.deepEqual(await numbersFound(store, EVERYONE), [7, 12_345, 12_346])
    })

    it('of a user never change', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1))
      assert.ok(ada)
      await assertRefused(write(store, nextVersion(ada, { number: 2 })), { code: 'invalid', name: 'number' })
    })
  })
}
