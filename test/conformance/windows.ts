import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Store } from '../../src/core/store.ts'
import { onStore, type Open } from './subject.ts'

const MINUTE_MS = 60_000

function counting(store: Store): NonNullable<Store['countInWindow']> {
  assert.ok(store.countInWindow)
  return store.countInWindow
}

/** Counts that several nodes share, for engines that several nodes can open. */
export function windows(open: Open): void {
  const it = onStore(open)
  describe('counts in windows', () => {
    it('add up by key until the window ends, and begin anew then', async (store) => {
      const count = counting(store)
      const first = await count('a', 1, MINUTE_MS, false)
      assert.equal(first.count, 1)
      assert.ok(first.endsInMs > MINUTE_MS - 5000 && first.endsInMs <= MINUTE_MS)
      const second = await count('a', 2, MINUTE_MS, false)
      assert.equal(second.count, 3)
      assert.ok(second.endsInMs <= first.endsInMs)
      assert.equal((await count('b', 1, 1, false)).count, 1)
      while ((await count('b', 1, 1, false)).count > 1) await Promise.resolve()
    })

    it('give every one of many at once a number of its own', async (store) => {
      const count = counting(store)
      const counted = await Promise.all(
        Array.from({ length: 300 }, (_, n) => count(n % 3 ? 'a' : 'b', 1, MINUTE_MS, false)),
      )
      const numbers = counted.map((one) => one.count).sort((a, b) => a - b)
      const up = (to: number) => Array.from({ length: to }, (_, n) => n + 1)
      assert.deepEqual(
        numbers,
        [...up(200), ...up(100)].sort((a, b) => a - b),
      )
    })

    it('are begun anew when that is asked for', async (store) => {
      const count = counting(store)
      await count('a', 5, 1000, false)
      assert.deepEqual(await count('a', 7, 3 * MINUTE_MS, true), { count: 7, endsInMs: 3 * MINUTE_MS })
      const next = await count('a', 1, 1000, false)
      assert.equal(next.count, 8)
      assert.ok(next.endsInMs > MINUTE_MS)
    })

    it('are no commits', async (store) => {
      await counting(store)('a', 1, MINUTE_MS, false)
      assert.equal(await store.revision(), 0)
    })
  })
}
