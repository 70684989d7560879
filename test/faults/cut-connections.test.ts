import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { DATABASE_LIMITS } from '../../src/storage/postgres/database.ts'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { bearer } from '../nodes/nodes.ts'
import { sender, type RawAnswer } from '../request.ts'
import { assertCreatedOnce } from './created.ts'
import { holdCommits, makeDatabase, OWN_SESSIONS, releaseCommits, type Database } from './database.ts'
import { DOORS } from './doors.ts'
import { within } from './deadline.ts'
import { startLoad, type Load } from './load.ts'

const ROUNDS = 25
const CUTTING_MS = 60_000
const CUT_INTERVAL_MS = 100
/** Within so long everything is good again after the last cut. */
const RECOVERY_MS = 5_000
const BEGIN_MS = 15_000
/** All that lists may use at once. */
const { quick, slow } = DATABASE_LIMITS
const CONNECTIONS = quick.connections + slow.connections

describe('a node whose connections to PostgreSQL are cut again and again under load', () => {
  let database: Database
  let node: Served
  let load: Load
  before(async () => {
    database = await makeDatabase()
    node = await serve(['--database', database.url, '--demo', '200', '--requests-per-minute', '1000000'], {
      cwd: workingFolder(),
    })
  })
  after(() => node.stop('SIGKILL'))

  it('uses all of its connections at once', () => assertAllUsed(database, node))

  it('answers well or with 503, and goes on by itself', async () => {
    load = startLoad(node.url, tokenIn(node.stdout))
    await within(BEGIN_MS, 'to begin', () => load.created.size > 10)
    let [rounds, cut] = [0, 0]
    const refused = new Set<string>()
    await within(CUTTING_MS, 'to cut through every door', async () => {
      // Now and then just when something has been committed and nobody was told.
      const isHeld = rounds++ % 5 === 0
      if (isHeld) await holdCommits(database)
      const [row] = await database.ask(`SELECT count(pg_terminate_backend(pid)) AS cut ${OWN_SESSIONS}`)
      cut += Number(row?.['cut'])
      if (isHeld) await releaseCommits(database)
      await sleep(CUT_INTERVAL_MS)
      assert.deepEqual(load.faults, [])
      for (const [who, { unavailable }] of load.take()) if (unavailable > 0) refused.add(who)
      return rounds >= ROUNDS && refused.size === DOORS.length + 1
    })
    assert.ok(cut > ROUNDS, `${cut} connections were cut`)
    await within(RECOVERY_MS, 'to be good again', load.burst)
  })

  it('has every create exactly once, and as many connections as before', async () => {
    await load.stop()
    assert.deepEqual(load.faults, [])
    await assertCreatedOnce(database, load.created)
    await assertAllUsed(database, node)
    const { code, stderr } = await node.stop()
    assert.equal(code, 0)
    assert.doesNotMatch(stderr, /"code":"internal"/)
  })
})

/** Throws unless lists that wait for one lock wait on all connections there are for them, and then are all answered. */
async function assertAllUsed({ ask, lend }: Database, { url, stdout }: Served): Promise<void> {
  const requests = sender(url)
  const answers: Promise<RawAnswer>[] = []
  await lend(async (client) => {
    await client.query('BEGIN')
    await client.query('LOCK TABLE users, documents')
    for (let index = 0; index < CONNECTIONS * 2; index++) {
      const path = `/v1/users?limit=1&offset=${index}`
      answers.push(requests.send({ method: 'GET', path, headers: bearer(tokenIn(stdout)) }))
    }
    await within(BEGIN_MS, `to use ${CONNECTIONS} connections`, async () => {
      const [row] = await ask(`SELECT count(*)::integer AS waiting ${OWN_SESSIONS} AND wait_event_type = 'Lock'`)
      return Number(row?.['waiting']) >= CONNECTIONS
    })
    await client.query('ROLLBACK')
  })
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  assert.deepEqual(new Set(statuses), new Set([200]))
  requests.close()
}
