import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { operator } from '../../src/core/principal.ts'
import type { Store } from '../../src/core/store.ts'
import { startRollcall, type Rollcall } from '../harness.ts'

const USERS = 6000
const BATCH = 1000
/** How often in a row nothing more has to have been read. */
const LOOKS = 25
/** Every stream shows them: much more in all than what a connection holds by itself, which is some megabytes. */
const PERMISSIONS = Array.from({ length: 60 }, (_, n) => `${n}`.padEnd(50, 'x'))

/** What streams all users, and how its body names them. */
const PATHS: Readonly<Record<string, (body: string) => readonly { readonly id: string }[]>> = {
  '/api/p/v1/users/list': (body) => JSON.parse(body) as { id: string }[],
  '/api/users': (body) => (JSON.parse(body) as { users: { id: string }[] }).users,
  '/v1/users/export?format=jsonl': (body) =>
    body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string }),
}

describe('a client that stops reading', () => {
  let server: Rollcall
  let rows = 0
  let total = 0

  const counted = (store: Store): Store => ({
    ...store,
    async users(query) {
      const page = await store.users(query)
      rows += page.users.length
      return page
    },
  })

  before(async () => {
    server = await startRollcall({ through: counted })
    const view = server.directory.as(operator(1))
    for (let from = 0; from < USERS; from += BATCH) {
      const operations = Array.from({ length: BATCH }, (_, n) => {
        return { op: 'create', user: { identifier: `many-${from + n}`, permissions: PERMISSIONS } } as const
      })
      await view.batch(operations, true)
    }
    total = (await view.users({ page: { offset: 0, limit: 1 }, total: true })).total ?? 0
    assert.ok(total >= USERS)
  })
  after(() => server.stop())

  async function opened(path: string): Promise<IncomingMessage> {
    const headers = { authorization: `Bearer ${server.tokens.reader?.secret ?? ''}` }
    const asked = request(server.url + path, { headers, agent: false }).end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    assert.equal(answer.statusCode, 200)
    return answer
  }

  /** Waits until the store has long been asked for nothing more, or for everything. */
  async function standstill(): Promise<void> {
    let before = rows
    for (let looks = 0; looks < LOOKS && rows < total; looks++) {
      await setTimeout(20)
      if (rows === before) continue
      before = rows
      looks = 0
    }
  }

  for (const [path, usersIn] of Object.entries(PATHS)) {
    it(`holds up ${path} at what the connection has room for, until it reads on`, async () => {
      rows = 0
      const answer = await opened(path)
      await standstill()
      assert.ok(rows < total / 2, `${rows} of ${total} were read for nobody`)
      let body = ''
      for await (const chunk of answer.setEncoding('utf8')) body += chunk as string
      const ids = usersIn(body).map(({ id }) => id)
      assert.equal(ids.length, total)
      assert.equal(new Set(ids).size, total)
    })
  }
})
