import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { passed, toldQuestion } from '../../../test/postgres/told-question.ts'
import { round } from '../../core/round.ts'
import { gathered } from './gathered.ts'
import { shared } from './shared.ts'

for (const [name, askedBy] of [
  ['a shared question', shared],
  ['a gathered question', gathered],
] as const) {
  const question = () => toldQuestion(askedBy)
  describe(name, () => {
    it('is sent once for all who ask at once', async () => {
      const { ask, sent, answer } = question()
      const since = round()
      const asked = [ask(since), ask(since), ask(since)]
      await passed()
      answer()
      assert.deepEqual(await Promise.all(asked), [1, 1, 1])
      assert.equal(sent(), 1)
    })

    it('is answered by one that was sent after it was asked, and only one is under way', async () => {
      const { ask, sent, answer } = question()
      const first = ask(round())
      await passed()
      const late = [ask(round()), ask()]
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
}
