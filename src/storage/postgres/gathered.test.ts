import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { passed, toldQuestion } from '../../../test/postgres/told-question.ts'
import { gathered } from './gathered.ts'

const question = () => toldQuestion(gathered)

describe('those who gather for a question', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('have it sent once for all whom one turn of the event loop brings', async () => {
    const { ask, sent, answer } = question()
    const asked = [ask(), ask(), ask()]
    queueMicrotask(() => asked.push(ask()))
    await passed()
    assert.equal(sent(), 1)
    answer()
    assert.deepEqual(await Promise.all(asked), [1, 1, 1, 1])
  })

  it('wait for as many as there were before, those too who asked while it was under way', async () => {
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

  it('wait a millisecond for them, and then go with as many as came', async () => {
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

  it('wait for nobody where few ask', async () => {
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
