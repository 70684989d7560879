import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, it } from 'node:test'
import type { Database } from './database.ts'
import { revisionReader } from './revision.ts'
import { openSqlite } from './open.ts'

describe('the newest revision', () => {
  it('is read once for all who ask in one turn of the event loop, and again in the next', async () => {
    let read = 0
    const { newest } = revisionReader({ first: () => [++read] } as unknown as Database)
    assert.deepEqual([newest(), newest(), newest()], [1, 1, 1])
    await turn()
    assert.equal(newest(), 2)
  })

  it('is read again at once after something may have been written', async () => {
    const store = openSqlite(':memory:')
    const before = await store.revision()
    const { revision } = await store.commit({ changes: [], at: '2026-11-22T00:00:00.000Z', by: null })
    assert.equal(revision, before + 1)
    assert.equal(await store.revision(), revision)
    await store.close()
  })
})
