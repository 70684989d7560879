import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { operator } from '../../src/core/principal.ts'
import type { Store } from '../../src/core/store.ts'
import type { User } from '../../src/core/user.ts'
import { startRollcall, type Rollcall } from '../harness.ts'

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

// What each of them calls a user.
const PATHS = {
  '/api/p/v1/users/list': ({ id }: User) => id,
  '/api/users': ({ number }: User) => `usr-${number}`,
}

/** Everybody in the order of their creation, page by page. */
async function everybody({ directory }: Rollcall): Promise<readonly User[]> {
  const users: User[] = []
  for (let offset = 0, count = 1; count > 0; offset += count) {
    const page = { offset, limit: 100 }
    const found = await directory.as(operator(1)).users({ sort: [{ field: 'number', descending: false }], page })
    users.push(...found.users)
    count = found.users.length
  }
  return users
}

for (const [path, idOf] of Object.entries(PATHS)) {
  describe(`the stream of ${path}`, () => {
    it('has every user exactly once, in the order of their creation', async () => {
      const rollcall = await startRollcall({ users: USERS })
      const { secret } = rollcall.tokens.reader ?? assert.fail()
      const answer = await fetch(rollcall.url + path, { headers: { authorization: `Bearer ${secret}` } })
      const body = (await answer.json()) as { id: string }[] | { users: { id: string }[] }
      const expected = await everybody(rollcall)
      await rollcall.stop()
      assert.equal(answer.status, 200)
      const ids = ('users' in body ? body.users : body).map(({ id }) => id)
      assert.ok(ids.length > 1000)
      assert.deepEqual(ids, expected.map(idOf))
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
