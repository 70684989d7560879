import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Change, TokenSelection } from '../../src/core/store.ts'
import { hashOfNone, type Token } from '../../src/core/token.ts'
import { newCustomer, newUser, NOON, nextVersion, sampleId, write } from '../model/sample.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

const HASH = 'a'.repeat(64)
const LATER = '2026-11-23T12:00:00.000Z'

function token(n: number, changes: Partial<Token> = {}): Omit<Token, 'lastUsedAt'> {
  const times = { createdAt: NOON, createdBy: null, expiresAt: null, revokedAt: null }
  return {
    id: sampleId(n),
    use: 'bearer',
    parentId: null,
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

    it('are revoked once, where that is asked for, and the second time changes nothing', async (store) => {
      await write(store, newCustomer(1), newUser(1), { kind: 'issue-token', token: token(100), hash: HASH })
      const once = { kind: 'revoke-token', id: sampleId(100), at: NOON, once: true } as const
      await assertRefused(write(store, once, { ...once, at: LATER }), {
        code: 'conflict',
        reason: 'changed',
        position: 1,
      })
      assert.equal((await store.token({ hash: HASH }))?.revokedAt, null)
      await write(store, once)
      const again = write(store, newUser(2), { ...once, at: LATER })
      await assertRefused(again, { code: 'conflict', reason: 'changed', position: 1 })
      assert.equal((await store.token({ hash: HASH }))?.revokedAt, NOON)
      assert.equal(await store.user({ id: sampleId(2) }), undefined)
    })

    it('let a user sign in by one of them at a time', async (store) => {
      const signIn = (n: number, user = 1): Change => ({
        kind: 'issue-token',
        token: token(n, { use: 'sign-in', userId: sampleId(user) }),
        hash: hashOfNone(sampleId(n)),
      })
      const revoke = (n: number): Change => ({ kind: 'revoke-token', id: sampleId(n), at: NOON })
      const second = { code: 'conflict', reason: 'taken', name: 'userId' } as const
      await write(store, newCustomer(1), newUser(1), newUser(2), signIn(100), signIn(101, 2))
      await assertRefused(write(store, signIn(102)), second)
      await assertRefused(write(store, revoke(100), signIn(102), signIn(103)), second)
      await write(store, revoke(100), signIn(102))
      await write(store, revoke(102))
      await write(store, signIn(104))
      const all = await store.tokens({ use: 'sign-in', userId: sampleId(1) })
      assert.deepEqual(
        all.map(({ id, revokedAt }) => [id, revokedAt]),
        [100, 102, 104].map((n) => [sampleId(n), n === 104 ? null : NOON]),
      )
    })

    it('are listed by what they are for, and by whose they are', async (store) => {
      const issue = (n: number, changes: Partial<Token>): Change => ({
        kind: 'issue-token',
        token: token(n, changes),
        hash: String(n).padStart(64, '0'),
      })
      const session = { use: 'session', parentId: sampleId(100), expiresAt: LATER } as const
      await write(store, newCustomer(1), newUser(1), newUser(2), issue(100, {}), issue(101, session))
      await write(store, issue(102, { ...session, userId: sampleId(2) }), issue(103, { use: 'setup' }))
      const listed = async (which?: TokenSelection) => (await store.tokens(which)).map(({ id }) => id)
      const ids = (...all: readonly number[]) => all.map(sampleId)
      assert.deepEqual(await listed(), ids(100, 101, 102, 103))
      assert.deepEqual(await listed({ use: 'bearer' }), ids(100))
      assert.deepEqual(await listed({ use: 'session' }), ids(101, 102))
      assert.deepEqual(await listed({ use: 'session', userId: sampleId(2) }), ids(102))
      assert.deepEqual(await listed({ use: 'bearer', userId: sampleId(2) }), [])
      assert.deepEqual(await listed({ use: 'session', userId: 'nobody' }), [])
      const wanted = { ...token(101, session), lastUsedAt: null }
      assert.deepEqual(await store.token({ id: sampleId(101) }), wanted)
    })

    it('are read in stretches, whatever else is issued or forgotten meanwhile', async (store) => {
      const issue = (n: number, changes: Partial<Token> = {}): Change => ({
        kind: 'issue-token',
        token: token(n, changes),
        hash: String(n).padStart(64, '0'),
      })
      const session = { use: 'session', parentId: sampleId(100), expiresAt: NOON } as const
      await write(store, newCustomer(1), newUser(1), newUser(2), issue(100), issue(101, session), issue(102))
      await write(store, issue(103, { userId: sampleId(2) }), issue(104))
      const read = async (after: number, limit: number, which?: TokenSelection) => {
        const found = await store.tokenStretch({ after, limit }, which)
        return { ids: found.map(({ token }) => token.id), last: found.at(-1)?.place ?? NaN }
      }
      const ids = (...all: readonly number[]) => all.map(sampleId)
      const first = await read(0, 2)
      assert.deepEqual(first.ids, ids(100, 101))
      await write(store, { kind: 'forget-sessions', userId: sampleId(1), before: LATER }, issue(105))
      const second = await read(first.last, 3)
      assert.deepEqual(second.ids, ids(102, 103, 104))
      assert.deepEqual((await read(second.last, 3)).ids, ids(105))
      assert.deepEqual((await read(0, 9, { use: 'bearer', userId: sampleId(2) })).ids, ids(103))
      assert.deepEqual((await read(0, 2, { userId: sampleId(1) })).ids, ids(100, 102))
      assert.deepEqual((await read(0, 9, { userId: 'nobody' })).ids, [])
      const [found] = await store.tokenStretch({ after: 0, limit: 1 })
      assert.deepEqual(found?.token, await store.token({ id: sampleId(100) }))
    })

    it('that are sessions are ended together: those of one parent, or all of a user but one', async (store) => {
      const issue = (n: number, changes: Partial<Token>): Change => ({
        kind: 'issue-token',
        token: token(n, { use: 'session', ...changes }),
        hash: String(n).padStart(64, '0'),
      })
      const [one, other] = [sampleId(90), sampleId(91)]
      await write(
        store,
        newCustomer(1),
        newUser(1),
        newUser(2),
        issue(100, { parentId: one }),
        issue(101, { parentId: one, revokedAt: NOON }),
        issue(102, { parentId: other }),
        issue(103, { parentId: one, userId: sampleId(2) }),
        issue(104, { use: 'bearer' }),
        issue(105, {}),
      )
      const ended = async () => (await store.tokens()).flatMap(({ id, revokedAt }) => (revokedAt === LATER ? [id] : []))
      const end = { kind: 'end-sessions', userId: sampleId(1), at: LATER } as const
      await write(store, { ...end, parentId: one })
      assert.deepEqual(await ended(), [sampleId(100)])
      await write(store, { ...end, exceptId: sampleId(105) })
      assert.deepEqual(await ended(), [100, 102].map(sampleId))
      await write(store, end)
      assert.deepEqual(await ended(), [100, 102, 105].map(sampleId))
      assert.equal((await store.token({ id: sampleId(101) }))?.revokedAt, NOON)
    })

    it('that are sessions are forgotten once they have ended, user by user', async (store) => {
      const issue = (n: number, changes: Partial<Token>): Change => ({
        kind: 'issue-token',
        token: token(n, { use: 'session', ...changes }),
        hash: String(n).padStart(64, '0'),
      })
      const ended = { expiresAt: NOON, userId: sampleId(1) }
      await write(
        store,
        newCustomer(1),
        newUser(1),
        newUser(2),
        issue(100, ended),
        issue(101, { expiresAt: LATER, revokedAt: NOON }),
        issue(102, { expiresAt: LATER }),
        issue(103, { ...ended, userId: sampleId(2) }),
        issue(104, { ...ended, use: 'bearer' }),
      )
      await write(store, { kind: 'forget-sessions', userId: sampleId(1), before: NOON })
      assert.equal((await store.tokens()).length, 5)
      await write(store, { kind: 'forget-sessions', userId: sampleId(1), before: '2026-11-22T12:00:00.001Z' })
      assert.deepEqual(
        (await store.tokens()).map(({ id }) => id),
        [102, 103, 104].map(sampleId),
      )
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
