import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, it } from 'node:test'
import type { Store } from '../core/store.ts'
import { revisionReader } from './revision.ts'

describe('revisionReader', () => {
  const counting = () => {
    let revision = 0
    const store: Pick<Store, 'revision'> = { revision: () => Promise.resolve(++revision) }
    return revisionReader(store)
  }

  it('reads once for all who ask in one turn of the event loop, and again in the next', async () => {
    const reader = counting()
    assert.deepEqual(await Promise.all([reader.newest(), reader.newest(), reader.newest()]), [1, 1, 1])
    await turn()
    assert.equal(await reader.newest(), 2)
  })

  it('reads again at once after something may have been written', async () => {
    const reader = counting()
    assert.equal(await reader.newest(), 1)
    reader.forget()
    assert.equal(await reader.newest(), 2)
  })

  it('asks again after a failure', async () => {
    let isFailing = true
    const reader = revisionReader({
      revision: () => (isFailing ? Promise.reject(new Error('away')) : Promise.resolve(1)),
    })
    await assert.rejects(reader.newest(), /away/)
    isFailing = false
    await turn()
    assert.equal(await reader.newest(), 1)
  })
})
