import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { DATABASE_LIMITS } from '../../src/storage/postgres/database.ts'
import { ask, serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { bearer } from '../nodes/nodes.ts'
import { openProxy, type Proxy } from '../postgres/proxy.ts'
import { sender, type RawAnswer, type RawRequest, type Sender } from '../request.ts'
import { assertCreatedOnce } from './created.ts'
import { OWN_SESSIONS, makeDatabase, type Database } from './database.ts'
import { DOORS, assertUnavailable, judge } from './doors.ts'
import { within } from './deadline.ts'
import { startLoad } from './load.ts'

const { quick, slow, write } = DATABASE_LIMITS
/** What driver, node and a busy machine may need on top of what a statement or a connection may take. */
const MARGIN_MS = 5_000
const RECOVERY_MS = 5_000
const BEGIN_MS = 15_000
/** About five seconds, on a busy machine. */
const STOP_MS = 7_000
const [V1] = DOORS

describe('a node whose connections to PostgreSQL fall silent', () => {
  let database: Database
  let proxy: Proxy
  let node: Served
  let token: string
  let requests: Sender
  before(async () => {
    database = await makeDatabase()
    proxy = await openProxy(database.url)
    node = await serve(
      ['--database', proxy.through(database.url), '--demo', '200', '--requests-per-minute', '1000000'],
      {
        cwd: workingFolder(),
      },
    )
    token = tokenIn(node.stdout)
    requests = sender(node.url)
  })
  after(async () => {
    requests.close()
    await node.stop('SIGKILL')
    proxy.close()
  })

  const send = async (request: RawRequest): Promise<RawAnswer & { readonly tookMs: number }> => {
    const startMs = performance.now()
    const answer = await requests.send({ ...request, headers: { ...request.headers, ...bearer(token) } })
    return { ...answer, tookMs: performance.now() - startMs }
  }
  const create = (identifier: string) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': identifier }
    return send({ method: 'POST', path: '/v1/users', headers, body: JSON.stringify({ identifier }) })
  }

  it('ends what is under way when its statement had to end, and refuses everything else sooner', async () => {
    assert.ok(V1)
    const { body } = await ask(node.url, '/v1/me', token)
    const { id } = body['user'] as { id: string }
    // Every connection for writes is there, and idle.
    await Promise.all(Array.from({ length: write.connections }, (_, index) => create(`early-${index}`)))
    // A read that waits for as long as any may, and a create that is committed without a word.
    const [read, created] = await database.lend(async (client) => {
      await client.query('BEGIN')
      await client.query('LOCK TABLE history')
      const waiting = send({ method: 'GET', path: `/v1/users/${id}/history` })
      await within(BEGIN_MS, 'to wait with patience', async () => {
        const old = "wait_event_type = 'Lock' AND query_start < now() - interval '1 second'"
        return (await database.ask(`SELECT pid ${OWN_SESSIONS} AND ${old}`)).length > 0
      })
      const dark = proxy.swallowAnswer()
      const lost = create('created-lost')
      await dark
      return [waiting, lost] as const
    })

    const load = startLoad(node.url, token)
    const lists = await Promise.all(DOORS.map(async (door) => [door, await send(door.list)] as const))
    for (const [door, answer] of lists) {
      assert.equal(judge(door, answer), 'unavailable')
      // It may have to wait for another’s question to fail before its own does.
      const allowedMs = 2 * (quick.waitTimeoutMs + quick.statementTimeoutMs) + MARGIN_MS
      assert.ok(answer.tookMs < allowedMs, `${door.name} took ${answer.tookMs} ms`)
    }
    for (const [answer, allowedMs] of [
      [await created, write.statementTimeoutMs + MARGIN_MS],
      [await read, quick.statementTimeoutMs + slow.statementTimeoutMs + MARGIN_MS],
    ] as const) {
      assertUnavailable(V1, answer)
      assert.ok(answer.tookMs < allowedMs, `took ${answer.tookMs} of ${allowedMs} ms`)
    }
    assert.deepEqual(load.faults, [])

    proxy.heal()
    await within(RECOVERY_MS, 'to be good again', load.burst)
    await load.stop()
    assert.deepEqual(load.faults, [])
    // What had been committed without a word is told now, and not done again.
    const again = await create('created-lost')
    assert.equal(again.status, 201)
    const user = JSON.parse(again.text) as { id: string }
    await assertCreatedOnce(database, new Map([...load.created, ['created-lost', user.id]]))
  })

  it('ends soon when it is told to in the middle of it, and says what it may not have saved', async () => {
    // Requests that are answered are counted, and saved a second later.
    await Promise.all(Array.from({ length: 5 }, async () => ask(node.url, '/v1/me', token)))
    proxy.swallow()
    const startMs = performance.now()
    const { code, stderr } = await node.stop()
    const tookMs = performance.now() - startMs
    assert.equal(code, 0)
    assert.ok(tookMs < STOP_MS, `took ${tookMs} ms`)
    assert.match(stderr, /"event":"usage-lost","counters":[1-9]/)
    assert.match(stderr, /"event":"stopped"/)
    assert.doesNotMatch(stderr, /"code":"internal"/)
  })
})
