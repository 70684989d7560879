import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { bearer } from '../nodes/nodes.ts'
import { sender, type RawAnswer, type Sender } from '../request.ts'
import { assertRevisionsWhole } from './created.ts'
import { makeDatabase, OWN_SESSIONS, type Database } from './database.ts'
import { within } from './deadline.ts'

const WAIT_MS = 5_000

/** Writes that would be refused if the one before were another. */
const WRITES: readonly (readonly [string, () => { method: string; path: string; body: unknown }])[] = [
  ['create', () => ({ method: 'POST', path: '/v1/users', body: { identifier: 'created-1' } })],
  [
    'create through another dialect',
    () => ({ method: 'POST', path: '/users', body: { identifier: 'created-2', name: 'X', email: 'x@example.com' } }),
  ],
  [
    'atomic batch',
    () => ({
      method: 'POST',
      path: '/v1/users/batch',
      body: { atomic: true, operations: [{ op: 'create', user: { identifier: 'created-3' } }] },
    }),
  ],
]

// A client whose connection is cut cannot know that its write is under way: it asks again, and another node takes it.
describe('a write that is repeated on another node while the first still commits', () => {
  let database: Database
  let nodes: readonly Served[] = []
  let requests: readonly Sender[] = []
  before(async () => {
    database = await makeDatabase()
    const cwd = workingFolder()
    const first = await serve(['--database', database.url], { cwd })
    nodes = [first, await serve(['--database', database.url], { cwd })]
    requests = nodes.map(({ url }) => sender(url))
  })
  after(async () => {
    for (const one of requests) one.close()
    for (const node of nodes) await node.stop('SIGKILL')
  })

  for (const [what, write] of WRITES) {
    it(`is done once, and answered alike by both (${what})`, async () => {
      const { method, path, body } = write()
      const token = tokenIn(nodes[0]?.stdout ?? '')
      const headers = {
        ...bearer(token),
        'content-type': 'application/json',
        'idempotency-key': what.replaceAll(' ', '-'),
      }
      const answers: Promise<RawAnswer>[] = []
      await database.lend(async (client) => {
        await client.query("BEGIN; SELECT value FROM counters WHERE name = 'revision' FOR UPDATE")
        for (const one of requests) answers.push(one.send({ method, path, headers, body: JSON.stringify(body) }))
        await within(WAIT_MS, 'to wait for each other', async () => {
          return (await database.ask(`SELECT pid ${OWN_SESSIONS} AND wait_event_type = 'Lock'`)).length === 2
        })
        await client.query('ROLLBACK')
      })
      const [one, other] = await Promise.all(answers)
      assert.ok(one && other)
      assert.ok(one.status === 200 || one.status === 201, one.text)
      assert.equal(other.status, one.status, other.text)
      assert.deepEqual(JSON.parse(other.text), JSON.parse(one.text))
      await assertRevisionsWhole(database)
    })
  }
})
