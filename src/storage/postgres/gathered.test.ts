import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { gathered } from './gathered.ts'

/** A question that is answered when it is told to, with how often it was sent. */
function question() {
  let sent = 0
  const open: PromiseWithResolvers<number>[] = []
  const ask = gathered(() => {
    sent += 1
    const answer = Promise.withResolvers<number>()
    open.push(answer)
    return answer.promise
  })
  return {
    ask,
    sent: () => sent,
    answer: () => open.shift()?.resolve(sent),
    fail: () => open.shift()?.reject(new Error('away')),
  }
}

/** Long enough for all that needs no timer. */
async function passed(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await turn()
}

describe('a gathered question', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('is sent once for all whom one turn of the event loop brings', async () => {
    const { ask, sent, answer } = question()
    const asked = [ask(), ask(), ask()]
    queueMicrotask(() => asked.push(ask()))
    await passed()
    assert.equal(sent(), 1)
    answer()
    assert.deepEqual(await Promise.all(asked), [1, 1, 1, 1])
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
  })

  it('waits for as many as there were before, those too who asked while it was under way', async () => {
    const { ask, sent, answer } = question()
    const first = [ask(), ask(), ask()]
    await passed()
    const late = [ask(), ask()]
    answer()
    await Promise.all(first)
    await passed()
    assert.equal(sent(), 1)
    late.push(ask(), ask())
    await passed()
    assert.equal(sent(), 1)
    late.push(ask())
    assert.equal(sent(), 2)
    answer()
    assert.deepEqual(await Promise.all(late), [2, 2, 2, 2, 2])
  })

  it('waits a millisecond for them, and then for as many as came', async () => {
    const { ask, sent, answer } = question()
    const company = Array.from({ length: 9 }, ask)
    await passed()
    answer()
    await Promise.all(company)
    const fewer = Array.from({ length: 5 }, ask)
    await passed()
    assert.equal(sent(), 1)
    mock.timers.tick(1)
    await passed()
    assert.equal(sent(), 2)
    answer()
    await Promise.all(fewer)
    for (let asked = 0; asked < 5; asked += 1) void ask()
    assert.equal(sent(), 3)
  })

  it('waits for nobody where few ask', async () => {
    const { ask, sent, answer } = question()
    const few = [ask(), ask(), ask()]
    await passed()
    answer()
    await Promise.all(few)
    const one = ask()
    await passed()
    assert.equal(sent(), 2)
    answer()
    assert.equal(await one, 2)
  })
})
