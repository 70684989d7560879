import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openTiny } from '../../test/tiny-server.ts'
import type { Principal } from '../core/principal.ts'
import type { Store } from '../core/store.ts'
import type { Event } from './event.ts'
import { usageCounters, type UsageCounters } from './usage.ts'

const DAY_MS = 86_400_000
const NOON = Date.UTC(2026, 5, 15, 12)

interface Fixture {
  readonly usage: UsageCounters
  readonly store: Store
  readonly caller: Principal
  readonly userId: string
  readonly events: Event[]
  /** A counter over the same store that has counted nothing yet, as after a restart. */
  readonly restarted: () => UsageCounters
}

async function withUsage(test: (fixture: Fixture) => Promise<void>, over = (store: Store) => store): Promise<void> {
  const tiny = await openTiny({ routes: [] })
  try {
    const events: Event[] = []
    const log = { write: (event: Event) => void events.push(event), flush: () => Promise.resolve() }
    const store = over(tiny.store)
    const caller = await tiny.directory.principal({ secret: tiny.secret })
    const restarted = () => usageCounters({ store: tiny.store, log })
    await test({ usage: usageCounters({ store, log }), store, caller, userId: tiny.userId, events, restarted })
  } finally {
    await tiny.close()
  }
}

describe('usage', () => {
  it('counts the request that asks, and survives a restart once it is saved', () =>
    withUsage(async ({ usage, caller, userId, restarted }) => {
      usage.count(caller, NOON)
      assert.deepEqual(await usage.of(userId, NOON), { total: 1, today: 1 })
      usage.count(caller, NOON)
      assert.deepEqual(await usage.of(userId, NOON), { total: 2, today: 2 })
      await usage.flush()
      assert.deepEqual(await restarted().of(userId, NOON), { total: 2, today: 2 })
      usage.count(caller, NOON)
      assert.deepEqual(await usage.of(userId, NOON), { total: 3, today: 3 })
    }))

  it('counts by token and day, and what a rate limit refused among it', () =>
    withUsage(async ({ usage, caller, store }) => {
      usage.count(caller, NOON)
      usage.count(caller, NOON)
      usage.countLimited(caller, NOON)
      usage.count(caller, NOON + DAY_MS)
      await usage.flush()
      // Between its count and its refusal a request may be saved.
      usage.countLimited(caller, NOON + DAY_MS)
      await usage.flush()
      const counted = await store.tokenUsage('2026-06-01', '2026-06-30')
      const { tokenId } = caller
      assert.deepEqual(
        counted.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
        [
          { tokenId, day: '2026-06-15', requests: 2, limited: 1 },
          { tokenId, day: '2026-06-16', requests: 1, limited: 1 },
        ],
      )
    }))

  it('forgets requests by token of days that are over for long', () =>
    withUsage(async ({ usage, caller, store }) => {
      const { tokenId, userId } = caller
      const old = { userId: userId ?? '', tokenId, requests: 1, limited: 0, lastUsedAt: '2026-03-01T00:00:00.000Z' }
      // The 92 days up to the 15th of June begin on the 16th of March.
      await store.addUsage([{ ...old, day: '2026-03-15' }, { ...old, day: '2026-03-16' }]) // prettier-ignore
      usage.count(caller, NOON)
      await usage.flush()
      const days = (await store.tokenUsage('2026-01-01', '2026-12-31')).map(({ day }) => day)
      assert.deepEqual(days.sort(), ['2026-03-16', '2026-06-15'])
    }))

  it('goes on where forgetting fails, and counts nothing twice', () =>
    withUsage(
      async ({ usage, caller, store, events }) => {
        usage.count(caller, NOON)
        await usage.flush()
        usage.count(caller, NOON)
        await usage.flush()
        assert.equal((await store.tokenUsage('2026-06-15', '2026-06-15'))[0]?.requests, 2)
        assert.deepEqual(
          events.map(({ event }) => event),
          ['usage-not-forgotten', 'usage-not-forgotten'],
        )
      },
      (store) => ({ ...store, forgetTokenUsage: () => Promise.reject(new Error('disk')) }),
    ))

  it('begins a new day at 00:00 UTC', () =>
    withUsage(async ({ usage, caller, userId, restarted }) => {
      const lastMs = Date.UTC(2026, 5, 15) + DAY_MS - 1
      usage.count(caller, lastMs)
      assert.deepEqual(await usage.of(userId, lastMs), { total: 1, today: 1 })
      assert.deepEqual(await usage.of(userId, lastMs + 1), { total: 1, today: 0 })
      usage.count(caller, lastMs + 1)
      assert.deepEqual(await usage.of(userId, lastMs + 1), { total: 2, today: 1 })
      await usage.flush()
      assert.deepEqual(await restarted().of(userId, lastMs), { total: 2, today: 1 })
      assert.deepEqual(await restarted().of(userId, lastMs + 1), { total: 2, today: 1 })
    }))

  it('is exact while requests, reads and saves run at once', () =>
    withUsage(async ({ usage, caller, userId, restarted }) => {
      const work = Array.from({ length: 300 }, async (_, index) => {
        usage.count(caller, NOON)
        if (index % 7 === 0) await usage.flush()
        if (index % 5 === 0) await usage.of(userId, NOON)
      })
      await Promise.all(work)
      assert.deepEqual(await usage.of(userId, NOON), { total: 300, today: 300 })
      await usage.flush()
      assert.deepEqual(await restarted().of(userId, NOON), { total: 300, today: 300 })
    }))

  it('adds up over nodes, and tells what others have saved after its own next save', () =>
    withUsage(async ({ usage, caller, userId, restarted }) => {
      const other = restarted()
      usage.count(caller, NOON)
      other.count(caller, NOON)
      other.count(caller, NOON)
      assert.deepEqual(await usage.of(userId, NOON), { total: 1, today: 1 })
      await other.flush()
      await usage.flush()
      assert.deepEqual(await usage.of(userId, NOON), { total: 3, today: 3 })
      usage.count(caller, NOON)
      await other.flush()
      // Nothing to save is no reason not to look.
      other.count(caller, NOON)
      await other.flush()
      await usage.flush()
      assert.deepEqual(await usage.of(userId, NOON), { total: 5, today: 5 })
    }))

  it('keeps what could not be saved, says so without names, and saves it the next time', () => {
    let isFailing = true
    const failing = (store: Store): Store => ({
      ...store,
      addUsage: (deltas) => (isFailing ? Promise.reject(new Error('disk')) : store.addUsage(deltas)),
    })
    return withUsage(async ({ usage, caller, userId, events, restarted }) => {
      usage.count(caller, NOON)
      await usage.flush()
      usage.count(caller, NOON + DAY_MS)
      await usage.flush()
      assert.deepEqual(
        events.map(({ event }) => event),
        ['usage-not-saved', 'usage-not-saved'],
      )
      assert.deepEqual(await usage.of(userId, NOON + DAY_MS), { total: 2, today: 1 })
      isFailing = false
      await usage.flush()
      assert.deepEqual(await restarted().of(userId, NOON + DAY_MS), { total: 2, today: 1 })
    }, failing)
  })

  it('is saved at the end, and given up with a word where the store says nothing or no', async () => {
    const kinds = (events: readonly Event[]) => events.map(({ event }) => event)
    await withUsage(async ({ usage, caller, userId, events, restarted }) => {
      usage.count(caller, NOON)
      await usage.close(5000)
      assert.deepEqual(kinds(events), [])
      assert.deepEqual(await restarted().of(userId, NOON), { total: 1, today: 1 })
    })
    const silent = (store: Store): Store => ({ ...store, addUsage: () => new Promise<void>(() => undefined) })
    await withUsage(async ({ usage, caller, events }) => {
      usage.count(caller, NOON)
      void usage.flush()
      usage.count(caller, NOON)
      usage.count(caller, NOON + DAY_MS)
      await usage.close(20)
      assert.deepEqual(events, [{ event: 'usage-lost', counters: 2 }])
    }, silent)
    const refusing = (store: Store): Store => ({ ...store, addUsage: () => Promise.reject(new Error('disk')) })
    await withUsage(async ({ usage, caller, events }) => {
      usage.count(caller, NOON)
      await usage.close(5000)
      assert.deepEqual(kinds(events), ['usage-not-saved', 'usage-lost'])
    }, refusing)
  })

  it('says when a token was last used', () =>
    withUsage(async ({ usage, store, caller }) => {
      usage.count(caller, NOON)
      usage.count(caller, NOON + 1500)
      await usage.flush()
      const token = await store.token({ id: caller.tokenId })
      assert.equal(token?.lastUsedAt, new Date(NOON + 1500).toISOString())
    }))
})
