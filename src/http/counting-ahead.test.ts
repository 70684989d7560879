import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { WindowCount } from '../core/store.ts'
import { countingAhead } from './counting-ahead.ts'

const WINDOW_MS = 60_000

/** A place where nodes count together, which may be away. */
function place() {
  const counts = new Map<string, number>()
  const state = { asked: 0, isAway: false, nowMs: 0 }
  const count = async (name: string, by: number, windowMs: number): Promise<WindowCount> => {
    state.asked += 1
    await setImmediate()
    if (state.isAway) throw new Error('It is away.')
    counts.set(name, (counts.get(name) ?? 0) + by)
    return { count: counts.get(name) ?? 0, endsInMs: windowMs }
  }
  return { count, counts, state }
}

function ahead(...[count, points, now]: [Parameters<typeof countingAhead>[0], number, (() => number)?]) {
  const counting = countingAhead(count, points, WINDOW_MS, now)
  assert.ok(counting)
  const { consume, consumeAhead, pending } = counting
  return { pending, consumeAhead, consume: async (name: string) => consumeAhead(name) ?? consume(name) }
}

/** Five requests let in of which the place has not heard, because it went away. */
async function fiveAhead() {
  const { count, counts, state } = place()
  const { consume, pending } = ahead(count, 10_000, () => state.nowMs)
  await consume('a')
  for (let n = 0; n < 5; n++) await consume('a')
  state.isAway = true
  state.nowMs += 20
  await assert.rejects(consume('a'), /away/)
  return { consume, pending, counts, state }
}

describe('counting ahead of the place where nodes count', () => {
  it('is not done for limits that are all reserve', () => {
    assert.equal(countingAhead(place().count, 2_000, WINDOW_MS), null)
  })

  it('waits for the place once, and then gives every one a number of its own at once', async () => {
    const { count, counts, state } = place()
    const { consume, consumeAhead } = ahead(count, 10_000, () => 0)
    assert.equal(consumeAhead('a'), null)
    assert.equal((await consume('a')).count, 1)
    const numbers = Array.from({ length: 9 }, () => consumeAhead('a')?.count)
    assert.deepEqual(numbers, [2, 3, 4, 5, 6, 7, 8, 9, 10])
    assert.equal(state.asked, 1)
    while (counts.get('a') !== 10) await setTimeout(1)
  })

  it('adds up over nodes, whoever asks', async () => {
    const { count, counts } = place()
    let nowMs = 0
    const nodes = [0, 1].map(() => ahead(count, 10_000, () => nowMs))
    for (let n = 0; n < 300; n++) for (const { consume } of nodes) await consume('a')
    while (counts.get('a') !== 600) await setTimeout(1)
    // What was told long ago is not gone by: the place is asked.
    nowMs += 20
    for (const [index, { consume }] of nodes.entries()) assert.equal((await consume('a')).count, 601 + index)
  })

  it('trusts what it was told for longer the more is left', async () => {
    const { count, counts, state } = place()
    const POINTS = 40_000
    const { consume, consumeAhead } = ahead(count, POINTS, () => state.nowMs)
    await consume('a')
    const isTrustedAfter = (ms: number): boolean => {
      state.nowMs += ms
      return consumeAhead('a') !== null
    }
    assert.ok(isTrustedAfter(99))
    assert.ok(!isTrustedAfter(1))
    // Other nodes take so many of them that fewer than twenty thousand are left.
    counts.set('a', POINTS - 20_000)
    await consume('a')
    assert.ok(isTrustedAfter(19))
    assert.ok(!isTrustedAfter(1))
    counts.set('a', POINTS - 2_000)
    await consume('a')
    assert.ok(!isTrustedAfter(0))
  })

  it('tells the place of what it let in, also of whoever has much left and comes no more', async () => {
    const { count, counts } = place()
    const { consume, consumeAhead } = ahead(count, 1_000_000, () => 0)
    await consume('a')
    for (let n = 0; n < 2_499; n++) assert.ok(consumeAhead('a'))
    while (counts.get('a') !== 2_500) await setTimeout(1)
    for (let n = 0; n < 2_500; n++) assert.ok(consumeAhead('a'))
    // So many the place does not know of are as many as may be.
    assert.equal(consumeAhead('a'), null)
  })

  it('lets in exactly as many as there are points, however many nodes take them at once', async () => {
    const { count } = place()
    const POINTS = 23_000
    const nodes = [ahead(count, POINTS), ahead(count, POINTS), ahead(count, POINTS)]
    const taken = await Promise.all(
      nodes.map(async ({ consume }, place) => {
        let own = 0
        for (;;) {
          const numbers = await Promise.all(Array.from({ length: 1 + 7 * place }, () => consume('a')))
          own += numbers.filter((one) => one.count <= POINTS).length
          if (numbers.some((one) => one.count > POINTS)) return own
        }
      }),
    )
    assert.equal(
      taken.reduce((sum, own) => sum + own),
      POINTS,
    )
  })

  it('forgets nobody while the place is away, and says so to the next who has to be asked about', async () => {
    const { consume, pending, counts, state } = await fiveAhead()
    assert.equal(pending('a'), 5)
    state.isAway = false
    assert.equal((await consume('a')).count, 7)
    assert.equal(counts.get('a'), 7)
  })

  it('counts nothing against a window that it was not let in by', async () => {
    const { consume, pending, counts, state } = await fiveAhead()
    state.isAway = false
    counts.clear()
    state.nowMs += WINDOW_MS
    assert.equal(pending('a'), 0)
    assert.equal((await consume('a')).count, 1)
  })
})
