import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { passed, toldQuestion } from '../../../test/postgres/told-question.ts'
import { round } from '../../core/round.ts'
import { gathered } from './gathered.ts'

const question = () => toldQuestion(gathered)

/** A company of so many that was answered by the first question. */
async function company(size: number) {
  const told = question()
  const since = round()
  const asked = Array.from({ length: size }, () => told.ask(since))
  assert.equal(told.sent(), 1)
  told.answer()
  await Promise.all(asked)
  return told
}

describe('those who gather for a question', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('have it sent with the first of those who came together', async () => {
    const { ask, sent, answer } = question()
    const since = round()
    const first = ask(since)
    assert.equal(sent(), 1)
    const others = [ask(since), ask(since)]
    answer()
    assert.deepEqual(await Promise.all([first, ...others]), [1, 1, 1])
    assert.equal(sent(), 1)
  })

  it('are answered by it in later rounds too, as long as it is under way', async () => {
    const { ask, sent, answer } = question()
    const since = round()
    const first = ask(since)
    await passed()
    const second = ask(since)
    answer()
    assert.deepEqual(await Promise.all([first, second]), [1, 1])
    assert.equal(sent(), 1)
  })

  it('wait for half as many as there were, those too who asked while one was under way', async () => {
    const { ask, sent, answer } = await company(8)
    const second = Array.from({ length: 4 }, () => ask())
    assert.equal(sent(), 2)
    await passed()
    const late = [ask(round()), ask(round())]
    answer()
    await Promise.all(second)
    await passed()
    // There were six.
    assert.equal(sent(), 2)
    const since = round()
    late.push(ask(since))
    assert.equal(sent(), 3)
    late.push(ask(since))
    answer()
    assert.deepEqual(await Promise.all(late), [3, 3, 3, 3])
  })

  it('wait a millisecond for them, and then go with as many as came', async () => {
    const { ask, sent, answer } = await company(11)
    const fewer = [ask(), ask(), ask()]
    await passed()
    mock.timers.tick(1)
    // Who arrived meanwhile is only now looked at.
    fewer.push(ask())
    assert.equal(sent(), 1)
    await passed()
    assert.equal(sent(), 2)
    answer()
    assert.deepEqual(await Promise.all(fewer), [2, 2, 2, 2])
    const half = [ask(), ask()]
    assert.equal(sent(), 3)
    answer()
    assert.deepEqual(await Promise.all(half), [3, 3])
  })

  it('have one question, also where half of them come when the millisecond is over', async () => {
    const { ask, sent, answer } = await company(8)
    const asked = [ask(), ask(), ask()]
    mock.timers.tick(1)
    asked.push(ask())
    assert.equal(sent(), 2)
    await passed()
    assert.equal(sent(), 2)
    answer()
    assert.deepEqual(await Promise.all(asked), [2, 2, 2, 2])
  })

  it('wait for nobody where few ask', async () => {
    const { ask, sent, answer } = await company(3)
    const one = ask()
    assert.equal(sent(), 2)
    answer()
    assert.equal(await one, 2)
  })
})
