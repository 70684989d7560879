import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RateLimiterRes } from 'rate-limiter-flexible'
import type { Store } from '../core/store.ts'
import { openStore } from '../storage/index.ts'
import { storeCounts } from './shared-counts.ts'

/** A limit over counts in this process, which says how often they were asked. */
async function counted(blockDuration?: number) {
  const counts = new Map<string, number>()
  let asked = 0
  const store: Store = {
    ...(await openStore('sqlite::memory:')),
    countInWindow: (key, by, windowMs, restart) => {
      asked += 1
      counts.set(key, by + (restart ? 0 : (counts.get(key) ?? 0)))
      return Promise.resolve({ count: counts.get(key) ?? 0, endsInMs: windowMs })
    },
  }
  const options = { keyPrefix: 'test', points: 2, duration: 60 }
  const limiter = storeCounts(store)?.limiter(blockDuration === undefined ? options : { ...options, blockDuration })
  assert.ok(limiter)
  const consume = async (key: string) => {
    try {
      return (await limiter.consume(key)).remainingPoints
    } catch (error) {
      assert.ok(error instanceof RateLimiterRes)
      return `refused for ${Math.round(error.msBeforeNext / 1000)}`
    }
  }
  const left = async (key: string) => (await limiter.get(key))?.remainingPoints
  return { consume, left, asked: () => asked, counts }
}

describe('a limit counted in the store', () => {
  it('is none where the store belongs to one process', async () => {
    const store = await openStore('sqlite::memory:')
    assert.equal(storeCounts(store), null)
    await store.close()
  })

  it('asks no more about a caller who is over it, until the window ends', async () => {
    const { consume, asked } = await counted()
    assert.deepEqual([await consume('a'), await consume('a')], [1, 0])
    for (let index = 0; index < 5; index++) assert.equal(await consume('a'), 'refused for 60')
    assert.equal(asked(), 3)
    assert.equal(await consume('b'), 1)
  })

  it('says what is left without counting', async () => {
    const { consume, left } = await counted()
    assert.equal(await left('a'), 2)
    assert.equal(await consume('a'), 1)
    assert.deepEqual([await left('a'), await left('a')], [1, 1])
    assert.deepEqual([await consume('a'), await consume('a')], [0, 'refused for 60'])
    assert.equal(await left('a'), 0)
  })

  it('begins the time a vendor blocks for with the first request too many, and not with later ones', async () => {
    const { consume, counts } = await counted(180)
    assert.deepEqual([await consume('a'), await consume('a')], [1, 0])
    assert.equal(await consume('a'), 'refused for 180')
    assert.deepEqual([...counts], [['test:a', 3]])
    await consume('a')
    assert.deepEqual([...counts], [['test:a', 4]])
  })
})
