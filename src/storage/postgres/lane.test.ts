import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import { ConnectionError } from './errors.ts'
import { openLane, type Lane, type LaneLimits, type Silences } from './lane.ts'

const LIMITS: LaneLimits = { connections: 2, statementTimeoutMs: 5_000, waitingMax: 10, waitTimeoutMs: 5_000 }

async function processOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}

describe('a lane', () => {
  let lent: LentDatabase
  let lane: Lane
  let silences: Silences
  before(async () => {
    lent = await lendDatabase()
  })
  beforeEach(() => {
    silences = { count: 0 }
    lane = openLane(lent.url, LIMITS, silences)
  })
  afterEach(() => lane.close())
  after(() => lent.drop())
  const used = () => lane.use(processOf)

  /** The server's processes for the lane. */
  async function processes(): Promise<readonly number[]> {
    const observer = openLane(lent.url, LIMITS, { count: 0 })
    try {
      return await observer.use(async (client) => {
        const OTHERS = 'datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()'
        const { rows } = await client.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE ${OTHERS}`)
        return rows.map(({ pid }) => pid)
      })
    } finally {
      await observer.close()
    }
  }

  async function terminate(pid: number): Promise<void> {
    const superuser = openLane(lent.superuserUrl, LIMITS, { count: 0 })
    await superuser.use((client) => client.query('SELECT pg_terminate_backend($1)', [pid]))
    await superuser.close()
  }

  it('lends one connection again and again', async () => {
    const first = await used()
    for (let times = 0; times < 5; times++) assert.equal(await used(), first)
    assert.deepEqual(await processes(), [first])
  })

  it('lends what is given back to who has waited, and then to who comes', async () => {
    const one = openLane(lent.url, { ...LIMITS, connections: 1 }, silences)
    const order: string[] = []
    const first = one.use(processOf)
    const enter = (name: string) => one.use((client) => processOf(client).then(() => order.push(name)))
    const waiting = enter('who has waited')
    await first
    await Promise.all([waiting, enter('who comes')])
    assert.deepEqual(order, ['who has waited', 'who comes'])
    await one.close()
  })

  it('never lends one connection to two', async () => {
    await used()
    const lentNow = new Set<pg.ClientBase>()
    let most = 0
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        lane.use(async (client) => {
          assert.ok(!lentNow.has(client))
          lentNow.add(client)
          most = Math.max(most, lentNow.size)
          await client.query('SELECT pg_sleep(0.005)')
          lentNow.delete(client)
          return processOf(client)
        }),
      ),
    )
    assert.equal(most, LIMITS.connections)
    assert.equal(new Set(results).size, LIMITS.connections)
  })

  it('lends none that was ended while it was at hand', async () => {
    const first = await used()
    await terminate(first)
    while ((await processes()).includes(first)) await sleep(10)
    // The goodbye is on its way here.
    await sleep(100)
    assert.notEqual(await used(), first)
  })

  it('lends none that was ended while it was lent, though what it was lent for went well', async () => {
    const first = await lane.use(async (client) => {
      const ended = new Promise((resolve) => client.once('end', resolve))
      const pid = await processOf(client)
      await terminate(pid)
      await ended
      return pid
    })
    assert.notEqual(await used(), first)
  })

  it('lends none that is from before its server was found silent', async () => {
    const first = await used()
    silences.count += 1
    const second = await used()
    assert.notEqual(second, first)
    assert.equal(await used(), second)
  })

  it('lends none after an error that makes it doubtful', async () => {
    const first = await used()
    await assert.rejects(lane.use(() => Promise.reject(new ConnectionError('cut'))))
    assert.notEqual(await used(), first)
  })

  it('lends none that is left when it is closed', async () => {
    await used()
    await lane.close()
    await assert.rejects(used(), { code: 'unavailable' })
    while ((await processes()).length > 0) await sleep(10)
    lane = openLane(lent.url, LIMITS, silences)
  })
})
