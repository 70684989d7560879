import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { UsageDelta } from '../../src/core/store.ts'
import { newCustomer, newUser, NOON, sampleId, write } from '../model/sample.ts'
import { onStore, type Open } from './subject.ts'

const delta = (requests: number, day: string, lastUsedAt = `${day}T10:00:00.000Z`, user = 1): UsageDelta => ({
  userId: sampleId(user),
  tokenId: sampleId(100),
  requests,
  limited: 0,
  day,
  lastUsedAt,
})

/** Requests are counted by user and UTC day, beside the commits. */
export function usage(open: Open): void {
  const it = onStore(open)
  describe('usage', () => {
    it('is nothing to begin with, also for somebody who does not exist', async (store) => {
      assert.deepEqual(await store.usage(sampleId(1), '2026-11-22'), { total: 0, today: 0 })
      assert.deepEqual(await store.usage('nobody', '2026-11-22'), { total: 0, today: 0 })
    })

    it('adds up in total and by day', async (store) => {
      await write(store, newCustomer(1), newUser(1), newUser(2))
      await store.addUsage([
        delta(3, '2026-11-21'),
        delta(2, '2026-11-22'),
        delta(1, '2026-11-22'),
        delta(5, '2026-11-22', NOON, 2),
      ])
      await store.addUsage([delta(4, '2026-11-22')])
      await store.addUsage([])
      assert.deepEqual(await store.usage(sampleId(1), '2026-11-22'), { total: 10, today: 7 })
      assert.deepEqual(await store.usage(sampleId(1), '2026-11-21'), { total: 10, today: 3 })
      assert.deepEqual(await store.usage(sampleId(1), '2026-11-23'), { total: 10, today: 0 })
      assert.deepEqual(await store.usage(sampleId(2), '2026-11-22'), { total: 5, today: 5 })
    })

    it('notes when a token was last used, and never goes back', async (store) => {
      const token = {
        id: sampleId(100),
        use: 'bearer',
        parentId: null,
        name: 'x',
        userId: sampleId(1),
        permissions: [],
        scope: 'all',
        createdAt: NOON,
        createdBy: null,
        expiresAt: null,
        revokedAt: null,
      } as const
      await write(store, newCustomer(1), newUser(1), { kind: 'issue-token', token, hash: 'a'.repeat(64) })
      await store.addUsage([delta(1, '2026-11-22', '2026-11-22T10:00:00.000Z')])
      await store.addUsage([delta(1, '2026-11-22', '2026-11-22T09:00:00.000Z')])
      assert.equal((await store.token({ id: sampleId(100) }))?.lastUsedAt, '2026-11-22T10:00:00.000Z')
    })

    it('adds up by token and day, with what rate limits refused', async (store) => {
      const asked = (token: number, day: string, requests: number, limited: number): UsageDelta => ({
        ...delta(requests, day),
        tokenId: sampleId(token),
        limited,
      })
      const sorted = async (from: string, to: string) =>
        (await store.tokenUsage(from, to))
          .map(({ tokenId, day, requests, limited }) => [tokenId === sampleId(100) ? 'a' : 'b', day, requests, limited])
          .sort((a, b) => (String(a) < String(b) ? -1 : 1))
      assert.deepEqual(await sorted('2026-11-01', '2026-11-30'), [])
      await write(store, newCustomer(1), newUser(1))
      await store.addUsage([
        asked(100, '2026-11-21', 3, 0),
        asked(100, '2026-11-22', 2, 1),
        asked(100, '2026-11-22', 1, 1),
        asked(101, '2026-11-22', 5, 0),
        asked(101, '2026-11-23', 0, 0),
      ])
      // A refusal may be saved later than its request.
      await store.addUsage([asked(101, '2026-11-22', 0, 2)])
      assert.deepEqual(await sorted('2026-11-21', '2026-11-22'), [
        ['a', '2026-11-21', 3, 0],
        ['a', '2026-11-22', 3, 2],
        ['b', '2026-11-22', 5, 2],
      ])
      assert.deepEqual(await sorted('2026-11-21', '2026-11-21'), [['a', '2026-11-21', 3, 0]])
      await store.forgetTokenUsage('2026-11-22')
      assert.deepEqual(await sorted('2026-11-01', '2026-11-30'), [
        ['a', '2026-11-22', 3, 2],
        ['b', '2026-11-22', 5, 2],
      ])
      assert.deepEqual(await store.usage(sampleId(1), '2026-11-21'), { total: 11, today: 3 })
    })

    it('is no commit', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      await store.addUsage([delta(1, '2026-11-22')])
      assert.equal(await store.revision(), 1)
    })
  })
}
