import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { newCustomer, newUser, NOON, nextVersion, sampleId, write, writeUser } from '../model/sample.ts'
import { onStore, type Open } from './subject.ts'

/** Every version of a user is kept. */
export function history(open: Open): void {
  const it = onStore(open)
  describe('history', () => {
    it('has every version, newest first, with when and by whom it was written', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1, { tags: { a: 'x' }, createdBy: sampleId(9) }))
      assert.ok(ada)
      const at = '2026-11-23T00:00:00.000Z'
      const { results } = await store.commit({
        changes: [nextVersion(ada, { givenName: 'Ada', tags: {} })],
        at,
        by: sampleId(7),
      })
      assert.deepEqual(await store.history(ada.id), [
        { user: results[0], revision: 2, at, by: sampleId(7) },
        { user: ada, revision: 1, at: NOON, by: null },
      ])
    })

    it('is of one user each, and none for somebody who does not exist', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1), newUser(2))
      assert.ok(ada)
      await write(store, nextVersion(ada, { givenName: 'Ada' }))
      assert.deepEqual(
        (await store.history(sampleId(2))).map(({ revision }) => revision),
        [1],
      )
      assert.deepEqual(await store.history(sampleId(3)), [])
      assert.deepEqual(await store.history('no-uuid'), [])
    })

    it('keeps what was deleted and what came back', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1, { status: 'risky' }))
      assert.ok(ada)
      const deleted = await writeUser(store, nextVersion(ada, { status: 'deleted' }))
      await write(store, nextVersion(deleted, { status: 'risky' }))
      assert.deepEqual(
        (await store.history(ada.id)).map(({ user }) => user.status),
        ['risky', 'deleted', 'risky'],
      )
    })

    it('is read in stretches, each from the version the one before ended with', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1), newUser(2))
      assert.ok(ada)
      let last = ada
      for (const givenName of ['A', 'B', 'C', 'D']) last = await writeUser(store, nextVersion(last, { givenName }))
      const names = async (before: number | undefined, limit: number) =>
        (await store.history(ada.id, { before, limit })).map(({ user }) => user.givenName)
      assert.deepEqual(await names(undefined, 2), ['D', 'C'])
      assert.deepEqual(await names(last.revision - 1, 2), ['B', 'A'])
      assert.deepEqual(await names(last.revision - 3, 2), [ada.givenName])
      assert.deepEqual(await names(ada.revision, 2), [])
      assert.equal((await names(undefined, 1000)).length, 5)
    })

    it('keeps a version that says nothing new', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1))
      assert.ok(ada)
      const again = await writeUser(store, nextVersion(ada, {}))
      assert.deepEqual(again, { ...ada, revision: 2 })
      assert.equal((await store.history(ada.id)).length, 2)
    })
  })
}
