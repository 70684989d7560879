import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { shared } from './shared.ts'

/** A question that is answered when it is told to, with how often it was sent. */
function question() {
  let sent = 0
  const open: PromiseWithResolvers<number>[] = []
  const ask = () => {
    sent++
    const answer = Promise.withResolvers<number>()
    open.push(answer)
    return answer.promise
  }
  return {
    ask: shared(ask),
    sent: () => sent,
    answer: () => open.shift()?.resolve(sent),
    fail: () => open.shift()?.reject(new Error('away')),
  }
}

const passed = () => new Promise((resolve) => setImmediate(resolve))

describe('a shared question', () => {
  it('is sent once for all who ask at once', async () => {
    const { ask, sent, answer } = question()
    const asked = [ask(), ask(), ask()]
    await passed()
    answer()
    assert.deepEqual(await Promise.all(asked), [1, 1, 1])
    assert.equal(sent(), 1)
  })

  it('is answered by one that was sent after it was asked, and only one is under way', async () => {
    const { ask, sent, answer } = question()
    const first = ask()
    await passed()
    const late = [ask(), ask()]
    await passed()
    assert.equal(sent(), 1)
    answer()
    assert.equal(await first, 1)
    await passed()
    assert.equal(sent(), 2)
    answer()
    assert.deepEqual(await Promise.all(late), [2, 2])
  })

  it('fails only those whose answer failed', async () => {
    const { ask, answer, fail } = question()
    const first = ask()
    await passed()
    const late = ask()
    fail()
    await assert.rejects(first, /away/)
    await passed()
    answer()
    assert.equal(await late, 2)
    const last = ask()
    await passed()
    answer()
    assert.equal(await last, 3)
  })
})
