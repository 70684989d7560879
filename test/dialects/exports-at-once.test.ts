import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Store } from '../../src/core/store.ts'
import { startRollcall, type Rollcall } from '../harness.ts'
import type { Role } from '../seed.ts'

let server: Rollcall
/** What lists of users wait for. */
let held = Promise.resolve()

before(async () => {
  const through = (store: Store): Store => ({ ...store, users: (query) => held.then(() => store.users(query)) })
  server = await startRollcall({ users: 350, through })
})
after(() => server.stop())

function exported(role: Role, signal?: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${server.tokens[role]?.secret ?? ''}` }
  return fetch(`${server.url}/v1/users/export`, { headers, ...(signal === undefined ? {} : { signal }) })
}

describe('exports of one token', () => {
  it('are two at once; the next is let in when one has ended, or its client has gone', async () => {
    let go = (): void => undefined
    held = new Promise((resolve) => (go = resolve))
    const leaving = new AbortController()
    // Their headers come with the first line, which names the columns.
    const [kept, left] = [await exported('reader'), await exported('reader', leaving.signal)]
    const refused = await exported('reader')
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) > 0)
    assert.match(((await refused.json()) as { readonly detail: string }).detail, /At most 2/)
    const others = await exported('admin')
    assert.deepEqual([kept.status, left.status, others.status], [200, 200, 200])

    leaving.abort()
    go()
    assert.ok((await kept.text()).split('\r\n').length > 300)
    await others.text()
    // The server may learn a moment after its client that an answer has ended.
    const freed = async (tries: number): Promise<boolean> => {
      const answers = await Promise.all([exported('reader'), exported('reader')])
      await Promise.all(answers.map((answer) => answer.text()))
      return answers.every(({ status }) => status === 200) || (tries > 1 && freed(tries - 1))
    }
    assert.ok(await freed(100))
  })
})
