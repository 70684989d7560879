import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { SAVED_VIEWS_MAX, SHARED_VIEWS_MAX } from '../../src/core/limits.ts'
import type { SavedView } from '../../src/core/saved-view.ts'
import type { Change } from '../../src/core/store.ts'
import { newCustomer, newUser, NOON, sampleId, write } from '../model/sample.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

const LATER = '2026-11-23T12:00:00.000Z'

type Written = Omit<SavedView, 'revision'>

function sample(n: number, userId: string, changes: Partial<Written> = {}): Written {
  const view = { id: sampleId(100 + n), userId, name: `View ${n}`, query: 'sort=familyName', isShared: false }
  return { ...view, createdAt: NOON, updatedAt: NOON, ...changes }
}

const put = (view: Written, expected: number | null = null): Change => ({ kind: 'saved-view', view, expected })
const remove = (id: string, expected: number): Change => ({ kind: 'remove-saved-view', id, expected })

const [ANN, BOB] = [sampleId(1), sampleId(2)]

/** What people look at again, kept by commits. */
export function savedViews(open: Open): void {
  const it = onStore(open)
  describe('saved views', () => {
    it('are those of a user and all that are shared, oldest first', async (store) => {
      await write(store, newCustomer(1), newUser(1), newUser(2))
      const [own, shared, other] = [sample(2, ANN), sample(1, BOB, { isShared: true }), sample(3, BOB)]
      await write(store, put(own), put(shared), put(other))
      const found = (...views: readonly Written[]) => views.map((view) => ({ ...view, revision: 2 }))
      assert.deepEqual(await store.savedViews(ANN), found(shared, own))
      assert.deepEqual(await store.savedViews(BOB), found(shared, other))
      assert.deepEqual(await store.savedViews(null), found(shared))
      assert.deepEqual(await store.savedViews('nobody'), found(shared))
      assert.deepEqual(await store.savedView(other.id), found(other)[0])
      assert.equal(await store.savedView(sampleId(9)), undefined)
      assert.equal(await store.savedView('no id'), undefined)
    })

    it('keep every text as it is', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      const view = sample(1, ANN, { name: '\u{1f600} "\\" \ufeff\u0001', query: "?a=%20&b='\n" })
      await write(store, put(view))
      assert.deepEqual(await store.savedView(view.id), { ...view, revision: 2 })
    })

    it('change on top of the version that is known only', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      const view = sample(1, ANN)
      await write(store, put(view))
      const next = { ...view, name: 'Else', query: '', isShared: true, updatedAt: LATER }
      await assertRefused(write(store, put(next, 1)), { code: 'conflict', reason: 'changed', position: 0 })
      await assertRefused(write(store, put(next)), { code: 'conflict', reason: 'taken', name: 'id' })
      await assertRefused(write(store, put(sample(2, ANN), 2)), { code: 'conflict', reason: 'changed' })
      assert.equal(await store.revision(), 2)
      await write(store, put(next, 2))
      assert.deepEqual(await store.savedViews(ANN), [{ ...next, revision: 3 }])
    })

    it('are removed for good, in the version that is known only', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      const view = sample(1, ANN)
      await write(store, put(view))
      await assertRefused(write(store, remove(view.id, 1)), { code: 'conflict', reason: 'changed' })
      await assertRefused(write(store, remove('no id', 1)), { code: 'conflict', reason: 'changed' })
      await write(store, remove(view.id, 2))
      assert.deepEqual(await store.savedViews(ANN), [])
      await assertRefused(write(store, remove(view.id, 2)), { code: 'conflict', reason: 'changed' })
    })

    it('see what the same commit has done to them', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      const view = sample(1, ANN)
      await write(store, put(view), put({ ...view, name: 'Twice' }, 2), remove(view.id, 2), put(sample(2, ANN)))
      assert.deepEqual(
        (await store.savedViews(ANN)).map(({ name }) => name),
        ['View 2'],
      )
      await assertRefused(write(store, put(sample(3, ANN)), put(sample(3, ANN))), {
        code: 'conflict',
        reason: 'taken',
        position: 1,
      })
      assert.equal((await store.savedViews(ANN)).length, 1)
    })

    it('are as many as a user may have, however many are written at once', async (store) => {
      await write(store, newCustomer(1), newUser(1), newUser(2))
      const many = Array.from({ length: SAVED_VIEWS_MAX - 1 }, (_, n) => put(sample(n, ANN)))
      await write(store, ...many)
      const more = await Promise.allSettled([200, 201, 202].map((n) => write(store, put(sample(n, ANN)))))
      assert.equal(more.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.equal((await store.savedViews(ANN)).length, SAVED_VIEWS_MAX)
      await assertRefused(write(store, put(sample(203, ANN))), { code: 'conflict' })
      // They may still be changed, and one may make room for another.
      await write(store, put({ ...sample(0, ANN), name: 'Else' }, 2), put(sample(300, BOB)))
      const [first] = await store.savedViews(ANN)
      await write(store, remove(first?.id ?? '', first?.revision ?? 0), put(sample(203, ANN)))
      await assertRefused(write(store, put(sample(204, ANN))), { code: 'conflict' })
    })

    it('are shared up to so many of all users together', async (store) => {
      const users = Array.from({ length: SHARED_VIEWS_MAX / SAVED_VIEWS_MAX + 1 }, (_, n) => n + 1)
      await write(store, newCustomer(1), ...users.map((n) => newUser(n)))
      const owner = (n: number) => sampleId(1 + Math.floor(n / SAVED_VIEWS_MAX))
      const shared = (n: number) => sample(n, owner(n), { isShared: true })
      await write(store, ...Array.from({ length: SHARED_VIEWS_MAX - 1 }, (_, n) => put(shared(n))))
      const last = sampleId(users.length)
      const own = sample(2000, last)
      await write(store, put(own))
      const more = [2001, 2002].map((n) => put(sample(n, last, { isShared: true })))
      await assertRefused(write(store, ...more), { code: 'conflict', position: 1 })
      await write(store, put({ ...own, isShared: true }, 3))
      await assertRefused(write(store, ...more), { code: 'conflict', position: 0 })
      // What is shared stays so, and others may be kept for oneself.
      await write(store, put({ ...shared(0), name: 'Else' }, 2), put(sample(2003, last)))
      await write(store, put({ ...own, isShared: false }, 4), ...more.slice(1))
      await assertRefused(write(store, ...more.slice(0, 1)), { code: 'conflict', position: 0 })
    })

    it('are not kept by a rehearsal', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      await store.commit({ changes: [put(sample(1, ANN))], at: NOON, by: null, isRehearsal: true })
      assert.deepEqual(await store.savedViews(ANN), [])
    })
  })
}
