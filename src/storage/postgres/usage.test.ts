import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newCustomer, newUser, NOON, sampleId, write } from '../../../test/model/sample.ts'
import { lendDatabase } from '../../../test/postgres/stores.ts'
import type { Change, UsageDelta } from '../../core/store.ts'
import { openPostgres } from './open.ts'

const USERS = 6
const NODES = 4
const ROUNDS = 10
const DAY = '2026-11-22'

function token(n: number): Change {
  const times = { createdAt: NOON, createdBy: null, expiresAt: null, revokedAt: null }
  const what = { use: 'bearer', parentId: null, permissions: [], scope: 'all' } as const
  const own = { ...what, id: sampleId(100 + n), name: 'x', userId: sampleId(n) }
  return { kind: 'issue-token', token: { ...own, ...times }, hash: String(n).padStart(64, '0') }
}

describe('usage counters', () => {
  it('add up what several nodes count at once, whatever order each has it in', async () => {
    const database = await lendDatabase()
    const nodes = await Promise.all(Array.from({ length: NODES }, () => openPostgres(database.url)))
    const [first] = nodes
    assert.ok(first)
    const users = Array.from({ length: USERS }, (_, n) => n)
    await write(first, newCustomer(1), ...users.map((n) => newUser(n)), ...users.map(token))
    await Promise.all(
      nodes.map(async (node, place) => {
        for (let round = 0; round < ROUNDS; round++) {
          // Each node begins with another user, and every other one goes backwards.
          const order = users.map((n) => (n + place + round) % USERS)
          if (place % 2 === 1) order.reverse()
          const lastUsedAt = `${DAY}T10:00:${String(10 + round)}.00${place}Z`
          const deltas = order.map((n): UsageDelta => {
            const counted = { requests: n + 1, limited: n, day: DAY, lastUsedAt }
            return { userId: sampleId(n), tokenId: sampleId(100 + n), ...counted }
          })
          await node.addUsage(deltas)
        }
      }),
    )
    const byToken = new Map((await first.tokenUsage(DAY, DAY)).map((one) => [one.tokenId, one]))
    for (const n of users) {
      const counted = { requests: (n + 1) * NODES * ROUNDS, limited: n * NODES * ROUNDS }
      assert.deepEqual(byToken.get(sampleId(100 + n)), { tokenId: sampleId(100 + n), day: DAY, ...counted })
      const requests = (n + 1) * NODES * ROUNDS
      assert.deepEqual(await first.usage(sampleId(n), DAY), { total: requests, today: requests })
      assert.equal((await first.token({ id: sampleId(100 + n) }))?.lastUsedAt, `${DAY}T10:00:19.003Z`)
    }
    await Promise.all(nodes.map((node) => node.close()))
    await database.drop()
  })
})
