import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { operator } from '../core/principal.ts'
import type { Store } from '../core/store.ts'
import { openTiny } from '../../test/tiny-server.ts'
import type { Event } from './event.ts'
import { openReceiptSweep } from './receipts.ts'

const HOUR_MS = 3_600_000

describe('receipts', () => {
  it('are kept for a day, and forgotten within an hour after it', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    let now = Date.UTC(2026, 10, 22, 12)
    const tiny = await openTiny({ routes: [], now: () => now })
    const view = tiny.directory.as(operator(1), { key: 'k', scope: 's', fingerprint: 'f' })
    const { id } = await view.createUser({ identifier: 'once' })
    // A write waits for the sweep before it, so that what the hour has forgotten is gone.
    const anHourLater = async () => {
      now += HOUR_MS
      mock.timers.tick(HOUR_MS)
      await tiny.view.updateUser(id, { message: String(now) })
    }
    try {
      for (let hour = 1; hour <= 24; hour++) await anHourLater()
      assert.ok(await tiny.store.receipt('s', 'k'))
      await anHourLater()
      assert.equal(await tiny.store.receipt('s', 'k'), undefined)
    } finally {
      mock.timers.reset()
      await tiny.close()
    }
  })

  it('that cannot be forgotten are in the log, and stop nobody', async () => {
    const tiny = await openTiny({ routes: [] })
    const events: Event[] = []
    const log = { write: (event: Event) => void events.push(event), flush: () => Promise.resolve() }
    const store: Store = { ...tiny.store, forgetReceipts: () => Promise.reject(new Error('The disk is away.')) }
    await openReceiptSweep({ store, log, now: Date.now }).close(5000)
    assert.deepEqual(
      events.map(({ event }) => event),
      ['receipts-not-forgotten'],
    )
    await tiny.close()
  })
})
