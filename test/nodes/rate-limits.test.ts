import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { DEFAULT_SERVER_SETTINGS } from '../../src/http/settings.ts'
import { openStore } from '../../src/storage/index.ts'
import { openPostgres } from '../../src/storage/postgres/open.ts'
import { lendDatabase, type LentDatabase } from '../postgres/stores.ts'
import { bearer, openNodes, until, type Nodes } from './nodes.ts'
import { startRedis, WITHOUT_REDIS, type RedisServer } from './redis-server.ts'

const REQUESTS = 600
const LIMIT = 400
const limited = (requestsPerMinute: number) => ({
  rateLimits: { profile: 'default', requestsPerMinute, failuresPerMinute: 0 } as const,
})
const impatient = { ...limited(LIMIT), timeouts: { ...DEFAULT_SERVER_SETTINGS.timeouts, drainNoticeMs: 0 } }
const me = (secret: string) => ({ path: '/v1/me', headers: bearer(secret) })

describe('the limits of several nodes without Redis', () => {
  let database: LentDatabase
  let nodes: Nodes
  before(async () => {
    database = await lendDatabase()
    nodes = await openNodes({ open: () => openPostgres(database.url), settings: limited(LIMIT) })
  })
  after(async () => {
    await nodes.close()
    await database.drop()
  })

  it('are one in PostgreSQL, exact however many requests come at once', async () => {
    const { secret } = await nodes.issue()
    const sent = Array.from({ length: REQUESTS }, (_, index) => nodes.all[index % 2 ? 1 : 0].send(me(secret)))
    const answers = await Promise.all(sent)
    const taken = answers.filter(({ status }) => status === 200)
    assert.equal(taken.length, LIMIT)
    assert.equal(answers.filter(({ status }) => status === 429).length, REQUESTS - LIMIT)
    assert.equal(new Set(taken.map(({ headers }) => headers['ratelimit']?.split(';')[1])).size, LIMIT)
    for (const node of nodes.all) assert.equal(await node.metric('rollcall_rate_limits_shared'), 1)
  })
})

describe('the limits of several nodes', { skip: WITHOUT_REDIS }, () => {
  let redis: RedisServer
  let nodes: Nodes
  before(async () => {
    redis = await startRedis()
    const store = await openStore('sqlite::memory:')
    nodes = await openNodes({ open: () => Promise.resolve(store), redis: redis.url, settings: impatient })
  })
  after(async () => {
    await nodes.close()
    await redis.kill()
  })

  it('are one in Redis, exact however many requests come at once', async () => {
    const store = await openStore('sqlite::memory:')
    const open = () => Promise.resolve(store)
    const patient = await openNodes({ open, redis: redis.url, settings: limited(LIMIT) })
    const { secret } = await patient.issue()
    const sent = Array.from({ length: REQUESTS }, (_, index) => patient.all[index % 2 ? 1 : 0].send(me(secret)))
    const answers = await Promise.all(sent)
    await patient.close()
    const taken = answers.filter(({ status }) => status === 200)
    assert.equal(taken.length, LIMIT)
    assert.equal(answers.filter(({ status }) => status === 429).length, REQUESTS - LIMIT)
    // Every request was told a number of its own.
    const left = taken.map(({ headers }) => Number(/r=(\d+)/.exec(headers['ratelimit'] ?? '')?.[1]))
    assert.deepEqual(
      left.sort((a, b) => a - b),
      Array.from({ length: LIMIT }, (_, index) => index),
    )
    const [refused] = answers.filter(({ status }) => status === 429)
    assert.equal(refused?.headers['ratelimit-policy'], `"default";q=${LIMIT};w=60`)
    const [, t] = /^"default";r=0;t=(\d+)$/.exec(refused.headers['ratelimit'] ?? '') ?? []
    assert.ok(Number(t) > 0 && Number(t) <= 60)
    assert.ok(Number(refused.headers['retry-after']) >= Number(t))
  })

  for (const [what, hit, mend] of [
    ['is killed', () => redis.kill(), () => redis.restart()],
    ['stops to answer', () => redis.freeze(), () => redis.thaw()],
  ] as const) {
    it(`become each node’s own when Redis ${what}, and one again when it is back`, async () => {
      const [node, other] = nodes.all
      const { secret } = await nodes.issue()
      const seen = node.events.length
      const named = (name: string) => node.events.slice(seen).filter(({ event }) => event === name).length
      assert.equal((await node.send(me(secret))).headers['ratelimit']?.split(';')[1], `r=${LIMIT - 1}`)
      assert.equal((await other.send(me(secret))).headers['ratelimit']?.split(';')[1], `r=${LIMIT - 2}`)
      await hit()
      const answers = await Promise.all(Array.from({ length: 50 }, () => node.send(me(secret))))
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
      const [last] = answers
        .map(({ headers }) => Number(/r=(\d+)/.exec(headers['ratelimit'] ?? '')?.[1]))
        .sort((a, b) => a - b)
      assert.equal(last, LIMIT - 50)
      assert.equal(await node.metric('rollcall_rate_limits_shared'), 0)
      const ready = await node.send({ path: '/readyz' })
      assert.equal(ready.status, 200)
      assert.equal(ready.text, '{"status":"ready","database":"ok","redis":"away"}\n')
      assert.equal(named('rate-limits-alone'), 1)

      await mend()
      await until(async () => (await node.metric('rollcall_rate_limits_shared')) === 1)
      await until(async () => (await other.metric('rollcall_rate_limits_shared')) === 1)
      assert.equal(named('rate-limits-shared'), 1)
      const fresh = await nodes.issue()
      await node.send(me(fresh.secret))
      assert.equal((await other.send(me(fresh.secret))).headers['ratelimit']?.split(';')[1], `r=${LIMIT - 2}`)
      assert.equal((await node.send({ path: '/readyz' })).text, '{"status":"ready","database":"ok","redis":"ok"}\n')
    })
  }

  it('are counted alone from the start where there is no Redis, and shared as soon as there is', async () => {
    const late = await startRedis()
    await late.kill()
    const store = await openStore('sqlite::memory:')
    const lone = await openNodes({ open: () => Promise.resolve(store), redis: late.url, settings: limited(LIMIT) })
    const { secret } = await lone.issue()
    assert.equal((await lone.all[0].send(me(secret))).status, 200)
    assert.equal(await lone.all[0].metric('rollcall_rate_limits_shared'), 0)
    await late.restart()
    await until(async () => (await lone.all[0].metric('rollcall_rate_limits_shared')) === 1)
    await lone.close()
    await late.kill()
  })

  it('block over all nodes for as long as a vendor says', async () => {
    const store = await openStore('sqlite::memory:')
    const rateLimits = { profile: 'vendor', requestsPerMinute: 0, failuresPerMinute: 0 } as const
    const vendor = await openNodes({ open: () => Promise.resolve(store), redis: redis.url, settings: { rateLimits } })
    const { secret } = await vendor.issue(['admin'])
    const list = { path: '/api/p/v1/users/list', headers: bearer(secret) }
    const statuses: number[] = []
    for (let index = 0; index < 6; index++) {
      statuses.push((await vendor.all[index % 2 ? 1 : 0].send(list)).status)
    }
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429])
    for (const node of vendor.all) {
      const { status, headers } = await node.send(list)
      assert.equal(status, 429)
      assert.match(headers['ratelimit'] ?? '', /"users-list";r=0;t=1(80|7\d)/)
    }
    await vendor.close()
  })
})
