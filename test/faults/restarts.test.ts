import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { assertCreatedOnce } from './created.ts'
import { holdCommits, makeDatabase, releaseCommits, type Database } from './database.ts'
import { DOORS } from './doors.ts'
import { within } from './deadline.ts'
import { startLoad, type Load } from './load.ts'

/** Within so long everything is good again once the database is back. */
const RECOVERY_MS = 5_000
/** Within so long it has been noticed everywhere that the database is away. */
const NOTICE_MS = 15_000

describe('a node whose PostgreSQL is stopped and started under load', () => {
  let database: Database
  let node: Served
  let load: Load
  before(async () => {
    database = await makeDatabase()
    node = await serve(['--database', database.url, '--demo', '200', '--requests-per-minute', '1000000'], {
      cwd: workingFolder(),
    })
    load = startLoad(node.url, tokenIn(node.stdout))
    await within(NOTICE_MS, 'to begin', () => load.created.size > 10)
  })
  after(() => node.stop('SIGKILL'))

  for (const how of ['fast', 'immediate', 'fast', 'immediate'] as const) {
    it(`says 503 in every dialect while it is away, and is good within 5 s after it is back (${how})`, async () => {
      await holdCommits(database)
      await database.stop(how)
      load.take()
      const refused = new Set<string>()
      await within(NOTICE_MS, 'to refuse through every door', () => {
        for (const [who, { unavailable }] of load.take()) if (unavailable > 0) refused.add(who)
        return load.faults.length > 0 || refused.size === DOORS.length + 1
      })
      assert.deepEqual(load.faults, [])
      await database.start()
      await releaseCommits(database)
      await within(RECOVERY_MS, 'to be good again', load.burst)
      assert.deepEqual(load.faults, [])
    })
  }

  it('stays good then, and every create that was ever sent exists exactly once', async () => {
    load.take()
    await sleep(1_000)
    const { size } = load.created
    const answered = load.take()
    assert.deepEqual(
      [...answered].filter(([, { unavailable }]) => unavailable > 0),
      [],
    )
    assert.equal(answered.size, DOORS.length + 2)
    await load.stop()
    assert.deepEqual(load.faults, [])
    assert.ok(load.created.size >= size)
    await assertCreatedOnce(database, load.created)
    const { code, stderr } = await node.stop()
    assert.equal(code, 0)
    assert.doesNotMatch(stderr, /"code":"internal"/)
  })
})
