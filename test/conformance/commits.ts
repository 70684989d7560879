import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { DirectoryError } from '../../src/core/error.ts'
import type { Change } from '../../src/core/store.ts'
import { newCustomer, newUser, NOON, nextVersion, sampleId, sampleUser, write, writeUser } from '../model/sample.ts'
import { stateOf } from '../model/state.ts'
import { assertRefused, onStore, type Open, type Refused } from './subject.ts'

/** A commit is done altogether or not at all, on top of what it expects. */
export function commits(open: Open): void {
  const it = onStore(open)
  describe('commits', () => {
    it('give the directory the next revision, from 1 on', async (store) => {
      assert.equal(await store.revision(), 0)
      for (const [index, change] of [newCustomer(1), newUser(1), newUser(2)].entries()) {
        const { revision } = await store.commit({ changes: [change], at: NOON, by: null })
        assert.ok(revision > index)
        assert.equal(await store.revision(), revision)
      }
    })

    it('say change by change what was written', async (store) => {
      const { results, revision } = await store.commit({
        changes: [newCustomer(1), newCustomer(2), newUser(1), { kind: 'remove-customer', id: 2, expected: 1 }],
        at: NOON,
        by: null,
      })
      assert.deepEqual(results, [
        { id: 1, code: 'c-1', name: 'Customer 1', parentId: null, createdAt: NOON, updatedAt: NOON, revision },
        { id: 2, code: 'c-2', name: 'Customer 2', parentId: null, createdAt: NOON, updatedAt: NOON, revision },
        { ...sampleUser(1), number: 1, revision },
        null,
      ])
    })

    it('wait for what they are to come after, and are not written where that fails', async (store) => {
      await write(store, newCustomer(1))
      const before = Promise.withResolvers<undefined>()
      const waiting = store.commit({ changes: [newUser(1)], at: NOON, by: null, after: before.promise })
      await write(store, newUser(2))
      before.resolve(undefined)
      assert.deepEqual((await waiting).results, [{ ...sampleUser(1), number: 2, revision: await store.revision() }])
      const failed = Promise.reject(new DirectoryError('unavailable', 'It failed.'))
      const left = store.commit({ changes: [newUser(3)], at: NOON, by: null, after: failed })
      await assertRefused(left, { code: 'unavailable' })
      assert.equal(await store.user({ number: 3 }), undefined)
    })

    it('are checked and given by a rehearsal, which keeps nothing', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      const before = await stateOf(store)
      const rehearse = (...changes: readonly Change[]) =>
        store.commit({ changes, at: NOON, by: null, isRehearsal: true })
      const { revision, results } = await rehearse(newUser(2), newCustomer(2))
      assert.equal(revision, (await store.revision()) + 1)
      assert.deepEqual(results[0], { ...sampleUser(2), number: 2, revision })
      await assertRefused(rehearse(newUser(2), newUser(3, { identifier: 'USER-1' })), {
        code: 'conflict',
        reason: 'taken',
        name: 'identifier',
      })
      assert.deepEqual(await stateOf(store), before)
    })

    it('see within one commit what stood before in it', async (store) => {
      await write(store, newCustomer(1), newCustomer(2, 1), newUser(1, { customerId: 2 }))
      assert.equal((await store.user({ id: sampleId(1) }))?.customerId, 2)
    })

    it('write nothing at all where one change is refused, and say which', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1, { email: 'a@x' }))
      assert.ok(ada)
      await write(store, { kind: 'issue-token', token: TOKEN, hash: 'h'.repeat(64) })
      const refused: readonly (readonly [Change, Refused])[] = [
        [newUser(1, { identifier: 'other' }), { code: 'conflict', reason: 'taken', name: 'id' }],
        [newUser(2, { identifier: 'USER-1' }), { code: 'conflict', reason: 'taken', name: 'identifier' }],
        [newUser(2, { email: 'A@X' }), { code: 'conflict', reason: 'taken', name: 'email' }],
        [newUser(2, { number: 1 }), { code: 'conflict', reason: 'taken', name: 'number' }],
        [newUser(2, { customerId: 9 }), { code: 'invalid', name: 'customerId' }],
        [
          { kind: 'user', user: sampleUser(1), expected: 99 },
          { code: 'conflict', reason: 'changed' },
        ],
        [
          { kind: 'user', user: sampleUser(9), expected: 1 },
          { code: 'conflict', reason: 'changed' },
        ],
        [nextVersion(ada, { customerId: 9 }), { code: 'invalid', name: 'customerId' }],
        [newCustomer(1), { code: 'conflict', reason: 'taken', name: 'id' }],
        [newCustomer(3, 3), { code: 'conflict', reason: 'cycle' }],
        [
          { kind: 'remove-customer', id: 1, expected: 1 },
          { code: 'conflict', reason: 'in_use' },
        ],
        [
          { kind: 'issue-token', token: TOKEN, hash: 'i'.repeat(64) },
          { code: 'conflict', reason: 'taken' },
        ],
        [{ kind: 'revoke-token', id: sampleId(99), at: NOON }, { code: 'not_found' }],
      ]
      const before = await stateOf(store)
      for (const [change, refusal] of refused) {
        const fine: readonly Change[] = [
          newCustomer(50),
          newUser(50, { customerId: 50 }),
          nextVersion(ada, { givenName: 'Ada' }),
        ]
        const target = change.kind === 'user' && change.user.id === ada.id ? fine.slice(0, 2) : fine
        await assertRefused(write(store, ...target, change, newUser(60)), { ...refusal, position: target.length })
        assert.deepEqual(await stateOf(store), before)
      }
    })

    it('refuse what is written on top of another version than the current one', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1))
      assert.ok(ada)
      const next = await writeUser(store, nextVersion(ada, { givenName: 'Ada' }))
      await assertRefused(write(store, nextVersion(ada, { givenName: 'Lost' })), {
        code: 'conflict',
        reason: 'changed',
        position: 0,
      })
      assert.deepEqual(await store.user({ id: ada.id }), next)
    })

    it('let exactly one of several writers of the same version win', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1))
      assert.ok(ada)
      const tries = Array.from({ length: 8 }, (_, n) => write(store, nextVersion(ada, { givenName: `Writer ${n}` })))
      const outcomes = await Promise.allSettled(tries)
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.equal((await store.history(ada.id)).length, 2)
    })

    it('take as many changes as a batch may have', async (store) => {
      const changes = Array.from({ length: 1_000 }, (_, n) => newUser(n))
      const written = await write(store, newCustomer(1), ...changes)
      assert.equal(written.length, 1_000)
      assert.equal(written.at(-1)?.number, 1_000)
    })

    it('may be written by somebody who is no user', async (store) => {
      await store.commit({ changes: [newCustomer(1), newUser(1)], at: NOON, by: sampleId(77) })
      assert.equal((await store.history(sampleId(1)))[0]?.by, sampleId(77))
    })
  })
}

const TOKEN = {
  id: sampleId(500),
  use: 'bearer',
  parentId: null,
  name: 'laptop',
  userId: sampleId(1),
  permissions: ['users:read'],
  scope: 'all',
  createdAt: NOON,
  createdBy: null,
  expiresAt: null,
  revokedAt: null,
} as const
