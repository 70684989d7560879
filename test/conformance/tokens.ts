import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Token } from '../../src/core/token.ts'
import { newCustomer, newUser, NOON, nextVersion, sampleId, write } from '../model/sample.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

const HASH = 'a'.repeat(64)
const LATER = '2026-11-23T12:00:00.000Z'

function token(n: number, changes: Partial<Token> = {}): Omit<Token, 'lastUsedAt'> {
  const times = { createdAt: NOON, createdBy: null, expiresAt: null, revokedAt: null }
  return {
    id: sampleId(n),
    name: `token ${n}`,
    userId: sampleId(1),
    permissions: ['users:read'],
    scope: 'all',
    ...times,
    ...changes,
  }
}

/** Tokens are kept by their hash, and revoked for good. */
export function tokens(open: Open): void {
  const it = onStore(open)
  describe('tokens', () => {
    it('are found by hash and by id as they were issued, never used yet', async (store) => {
      const issued = token(100, {
        permissions: ['admin', 'users:read'],
        scope: 1,
        expiresAt: LATER,
        createdBy: sampleId(1),
        name: 'é "x"',
      })
      await write(store, newCustomer(1), newUser(1), { kind: 'issue-token', token: issued, hash: HASH })
      const wanted = { ...issued, lastUsedAt: null }
      assert.deepEqual(await store.token({ hash: HASH }), wanted)
      assert.deepEqual(await store.token({ id: issued.id }), wanted)
      assert.deepEqual(await store.tokens(), [wanted])
    })

    it('are not found by anything else', async (store) => {
      await write(store, newCustomer(1), newUser(1), { kind: 'issue-token', token: token(100), hash: HASH })
      for (const hash of ['', 'b'.repeat(64), HASH.toUpperCase(), HASH.slice(1)])
        assert.equal(await store.token({ hash }), undefined)
      for (const id of ['', sampleId(1), HASH]) assert.equal(await store.token({ id }), undefined)
    })

    it('have an id and a hash of their own, and a user that exists', async (store) => {
      await write(store, newCustomer(1), newUser(1), { kind: 'issue-token', token: token(100), hash: HASH })
      await assertRefused(write(store, { kind: 'issue-token', token: token(100), hash: 'b'.repeat(64) }), {
        code: 'conflict',
        reason: 'taken',
      })
      await assertRefused(write(store, { kind: 'issue-token', token: token(101), hash: HASH }), {
        code: 'conflict',
        reason: 'taken',
      })
      await assertRefused(
        write(store, { kind: 'issue-token', token: token(102, { userId: sampleId(9) }), hash: 'c'.repeat(64) }),
        { code: 'invalid', name: 'userId' },
      )
      assert.equal((await store.tokens()).length, 1)
    })

    it('are revoked once and for good', async (store) => {
      await write(store, newCustomer(1), newUser(1), { kind: 'issue-token', token: token(100), hash: HASH })
      await write(store, { kind: 'revoke-token', id: sampleId(100), at: NOON })
      await write(store, { kind: 'revoke-token', id: sampleId(100), at: LATER })
      assert.equal((await store.token({ hash: HASH }))?.revokedAt, NOON)
      await assertRefused(write(store, { kind: 'revoke-token', id: sampleId(101), at: NOON }), { code: 'not_found' })
    })

    it('stay when their user changes or is deleted', async (store) => {
      const [ada] = await write(store, newCustomer(1), newUser(1), {
        kind: 'issue-token',
        token: token(100),
        hash: HASH,
      })
      assert.ok(ada)
      await write(store, nextVersion(ada, { status: 'deleted' }))
      assert.equal((await store.token({ hash: HASH }))?.revokedAt, null)
    })

    it('make a revision, but no version of their user', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      await write(store, { kind: 'issue-token', token: token(100), hash: HASH })
      assert.equal(await store.revision(), 2)
      assert.equal((await store.history(sampleId(1))).length, 1)
    })
  })
}
