import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { principal, withDirectory } from '../../test/model/directory.ts'
import { newCustomer, newUser, write } from '../../test/model/sample.ts'
import type { BatchOperation } from './directory.ts'
import { NOBODY } from './filter.ts'
import type { Scope } from './principal.ts'
import type { Store } from './store.ts'
import { createDirectory } from './view.ts'

const upsert = (identifier: string, role: string): BatchOperation => {
  return { op: 'upsert', match: 'identifier', user: { customerId: 1, identifier, role } }
}

/** Lends a directory with users 1 to 20, and counts how often its store is asked for one user. */
async function counting(body: (view: ReturnType<typeof viewOver>, asked: () => number) => Promise<void>) {
  await withDirectory(async ({ store }) => {
    await write(store, newCustomer(1), ...Array.from({ length: 20 }, (_, n) => newUser(n + 1)))
    let asked = 0
    const user: Store['user'] = (key) => {
      asked++
      return store.user(key)
    }
    await body(viewOver({ ...store, user }), () => asked)
  })
}

let drawn = 0

function viewOver(store: Store, scope: Scope = 'all') {
  const randomBytes = (length: number) => Buffer.alloc(length, 7).fill(String(++drawn).padStart(6, '0'), length - 6)
  const parts = { store, now: Date.now, randomBytes, cursorKey: new Uint8Array(32) }
  return createDirectory(parts).as(principal(['users:read', 'users:write'], scope))
}

describe('a batch that updates or creates', () => {
  for (const atomic of [false, true]) {
    it(`looks nobody up one by one (${atomic ? 'atomic' : 'each on its own'})`, () =>
      counting(async (view, asked) => {
        const operations = [upsert('USER-3', 'a'), upsert('new-1', 'b'), upsert('user-7', 'c'), upsert('new-2', 'd')]
        const outcomes = await view.batch(operations, atomic)
        assert.deepEqual(
          outcomes.map((one) => [one.outcome, one.outcome === 'refused' ? null : one.user.role]),
          [
            ['updated', 'a'],
            ['created', 'b'],
            ['updated', 'c'],
            ['created', 'd'],
          ],
        )
        assert.equal(asked(), 0)
      }))
  }

  it('sees what it has written itself', () =>
    counting(async (view) => {
      const [third] = (await view.users({ page: { offset: 2, limit: 1 } })).users
      assert.ok(third)
      const operations: readonly BatchOperation[] = [
        { op: 'update', id: third.id, user: { identifier: 'renamed' } },
        upsert('renamed', 'a'),
        upsert('user-3', 'b'),
        upsert('new', 'c'),
        upsert('NEW', 'd'),
      ]
      const outcomes = await view.batch(operations, false)
      assert.deepEqual(
        outcomes.map(({ outcome }) => outcome),
        ['updated', 'updated', 'created', 'created', 'updated'],
      )
      assert.equal((await view.user({ identifier: 'renamed' })).role, 'a')
      assert.equal((await view.user({ identifier: 'new' })).role, 'd')
    }))

  it('finds what has only just been written, where lists are of an earlier moment unless they are asked for more', () =>
    withDirectory(async ({ store }) => {
      await write(store, newCustomer(1))
      const revision = await store.revision()
      const users: Store['users'] = (query) =>
        store.users((query.minRevision ?? 0) > revision ? query : { ...query, filter: NOBODY })
      await write(store, newUser(1, { externalId: 'x', identifier: 'one', email: 'one@example.com' }))
      const upserts = (['externalId', 'identifier', 'email'] as const).flatMap((match): readonly BatchOperation[] =>
        ['x', 'y'].map((role) => {
          return { op: 'upsert', match, user: { externalId: 'x', identifier: 'one', email: 'one@example.com', role } }
        }),
      )
      for (const scope of ['all', 1] as const) {
        const outcomes = await viewOver({ ...store, users }, scope).batch(upserts, false)
        assert.ok(outcomes.every(({ outcome }) => outcome === 'updated'))
      }
    }))
})
