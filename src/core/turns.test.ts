import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { turns } from './turns.ts'

/** Work that ends when it is told to. */
function work() {
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  return { end, ended }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('let so many work at once, and the next in the order they came', async () => {
    const inTurn = turns(2, 10, 'Full.')
    const begun: number[] = []
    const works = [0, 1, 2, 3].map(() => work())
    const all = works.map(({ ended }, index) =>
      inTurn(() => {
        begun.push(index)
        return ended
      }),
    )
    await settled()
    assert.deepEqual(begun, [0, 1])
    works[1]?.end()
    await settled()
    assert.deepEqual(begun, [0, 1, 2])
    for (const { end } of works) end()
    await Promise.all(all)
    assert.deepEqual(begun, [0, 1, 2, 3])
  })

  it('are refused where too many wait, until one has gone', async () => {
    const inTurn = turns(1, 1, 'Full.')
    const [one, other] = [work(), work()]
    const running = inTurn(() => one.ended)
    const waiting = inTurn(() => other.ended)
    await assert.rejects(
      inTurn(() => Promise.resolve()),
      { code: 'unavailable', message: 'Full.', retryAfterS: 1 },
    )
    one.end()
    await running
    other.end()
    await waiting
    assert.equal(await inTurn(() => Promise.resolve('in')), 'in')
  })

  it('go on to the next after work that fails', async () => {
    const inTurn = turns(1, 1, 'Full.')
    await assert.rejects(inTurn(() => Promise.reject(new Error('failed'))))
    assert.equal(await inTurn(() => Promise.resolve('in')), 'in')
  })
})
