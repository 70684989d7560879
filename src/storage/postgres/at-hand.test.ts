import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import type pg from 'pg'
import { keepAtHand, type AtHand } from './at-hand.ts'

/** How often it is looked whether it has been taken. */
const LOOK_MS = 1_000

function borrowed() {
  const release = mock.fn()
  return { client: { release } as unknown as pg.PoolClient, given: () => release.mock.callCount() }
}

describe('a connection at hand', () => {
  let atHand: AtHand
  beforeEach(() => {
    mock.timers.enable({ apis: ['setInterval'] })
    atHand = keepAtHand()
  })
  afterEach(() => mock.timers.reset())

  it('is for who takes it, and only one is', () => {
    const [one, other] = [borrowed(), borrowed()]
    assert.equal(atHand.take(), null)
    assert.ok(atHand.keep(one.client))
    assert.ok(!atHand.keep(other.client))
    assert.equal(atHand.take(), one.client)
    assert.equal(atHand.take(), null)
    assert.equal(one.given() + other.given(), 0)
  })

  it('stays as long as it is taken now and then, and then is given back', () => {
    const { client, given } = borrowed()
    atHand.keep(client)
    for (let times = 0; times < 5; times++) {
      assert.equal(atHand.take(), client)
      assert.ok(atHand.keep(client))
      mock.timers.tick(LOOK_MS)
    }
    assert.equal(given(), 0)
    mock.timers.tick(LOOK_MS)
    assert.equal(given(), 1)
    assert.equal(atHand.take(), null)
    assert.ok(atHand.keep(client))
    mock.timers.tick(2 * LOOK_MS)
    assert.equal(given(), 2)
  })

  it('is dropped when it breaks, and not given back by anyone else', () => {
    const { client, given } = borrowed()
    assert.ok(!atHand.drop(client))
    atHand.keep(client)
    assert.ok(atHand.drop(client))
    assert.equal(atHand.take(), null)
    atHand.close()
    assert.equal(given(), 0)
  })

  it('is given back at the end, and none is kept from then on', () => {
    const { client, given } = borrowed()
    atHand.keep(client)
    atHand.close()
    assert.equal(given(), 1)
    assert.ok(!atHand.keep(client))
    assert.equal(atHand.take(), null)
  })
})
