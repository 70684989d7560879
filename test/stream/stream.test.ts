import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Store } from '../../src/core/store.ts'
import { startRollcall } from '../harness.ts'

// More than a batch of the core, so that there is something to lose.
const USERS = 1200

/** The store until so many questions for users were answered; after that it fails. */
function lostAfter(answers: number): (store: Store) => Store {
  let asked = 0
  return (store) => ({
    ...store,
    users: (query) => (asked++ < answers ? store.users(query) : Promise.reject(new Error('The store is lost.'))),
  })
}

for (const path of ['/api/p/v1/users/list', '/api/users']) {
  describe(`the stream of ${path}`, () => {
    it('has every user exactly once, in the order of their creation', async () => {
      const rollcall = await startRollcall({ users: USERS })
      const { secret } = rollcall.tokens.reader ?? assert.fail()
      const answer = await fetch(rollcall.url + path, { headers: { authorization: `Bearer ${secret}` } })
      const body = (await answer.json()) as { id: string }[] | { users: { id: string }[] }
      await rollcall.stop()
      assert.equal(answer.status, 200)
      const ids = ('users' in body ? body.users : body).map(({ id }) => id)
      assert.ok(ids.length > 1000)
      assert.equal(new Set(ids).size, ids.length)
    })

    it('breaks off when the store is lost on the way, and is never taken for whole', async () => {
      const rollcall = await startRollcall({ users: USERS, through: lostAfter(1) })
      const { secret } = rollcall.tokens.reader ?? assert.fail()
      const answer = await fetch(rollcall.url + path, { headers: { authorization: `Bearer ${secret}` } })
      assert.equal(answer.status, 200)
      let text = ''
      await assert.rejects(async () => {
        for await (const chunk of answer.body ?? []) text += Buffer.from(chunk as Uint8Array).toString()
      })
      await rollcall.stop()
      assert.throws(() => JSON.parse(text) as unknown)
    })

    it('is an error in the words of the dialect when the store is lost before it begins', async () => {
      const rollcall = await startRollcall({ users: USERS, through: lostAfter(0) })
      const { secret } = rollcall.tokens.reader ?? assert.fail()
      const answer = await rollcall.send({ method: 'GET', path, headers: { authorization: `Bearer ${secret}` } })
      await rollcall.stop()
      assert.equal(answer.status, 500)
      const { success, title } = JSON.parse(answer.text) as { success?: boolean; title?: string }
      assert.ok(success === false || title === 'Internal Server Error')
    })
  })
}
