import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startRollcall } from '../harness.ts'

/** How many users of each status the list of Alvys has, in a server of these settings. */
async function statuses(deletedUsers: 'left-out' | 'listed'): Promise<Readonly<Record<string, number>>> {
  const rollcall = await startRollcall({ dialects: { alvys: { deletedUsers } } })
  try {
    const headers = { authorization: `Bearer ${rollcall.tokens.reader?.secret ?? ''}` }
    const { text } = await rollcall.send({ method: 'GET', path: '/api/p/v1/users/list', headers })
    const counts: Record<string, number> = {}
    for (const { status } of JSON.parse(text) as { readonly status: string }[])
      counts[status] = (counts[status] ?? 0) + 1
    return counts
  } finally {
    await rollcall.stop()
  }
}

describe('the list of Alvys', () => {
  it('has deleted users, as Deleted beside all others, only where the setting says so', async () => {
    const { Deleted, ...rest } = await statuses('listed')
    assert.ok(Deleted !== undefined && Deleted > 0)
    assert.deepEqual(await statuses('left-out'), rest)
  })
})
