import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newCustomer, write } from '../model/sample.ts'
import { ask } from './ask.ts'
import { assertRefused, type Open } from './subject.ts'

/** A store answers until it is closed, and says so afterwards. */
export function lifetime(open: Open): void {
  describe('a store', () => {
    it('answers checks until it is closed, and is unavailable from then on', async () => {
      const store = await open()
      await store.check()
      await store.close()
      await assertRefused(store.check(), { code: 'unavailable' })
      await assertRefused(store.revision(), { code: 'unavailable' })
      await assertRefused(ask(store), { code: 'unavailable' })
      await assertRefused(write(store, newCustomer(1)), { code: 'unavailable' })
    })

    it('is nothing to another one', async () => {
      const [one, other] = [await open(), await open()]
      try {
        await write(one, newCustomer(1))
        assert.equal(await other.revision(), 0)
      } finally {
        await one.close()
        await other.close()
      }
    })
  })
}
