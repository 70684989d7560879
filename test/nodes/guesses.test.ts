import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openStore } from '../../src/storage/index.ts'
import { openPostgres } from '../../src/storage/postgres/open.ts'
import { lendDatabase } from '../postgres/stores.ts'
import { openNodes, until, type Node, type Nodes } from './nodes.ts'
import { startRedis, WITHOUT_REDIS, type RedisServer } from './redis-server.ts'

const PASSWORD = 'correct horse battery staple'
const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'x-rollcall-console': '1', 'content-type': 'application/json' }
const settings = { rateLimits: { profile: 'default', requestsPerMinute: 0, failuresPerMinute: 1000 } } as const

let people = 0

/** Lets somebody new sign in. */
async function newcomer({ view }: Nodes): Promise<string> {
  const identifier = `newcomer-${++people}`
  const { id } = await view.createUser({ identifier })
  await view.putSignIn(id, { permissions: ['users:read'], scope: 'all', password: PASSWORD })
  return identifier
}

async function signIn(node: Node, identifier: string, password = PASSWORD): Promise<number> {
  const body = JSON.stringify({ identifier, password })
  return (await node.send({ method: 'POST', path: '/v1/session', headers: OWN_PAGE, body })).status
}

/** What holds wherever several nodes count together. */
function shareGuesses(nodes: () => Nodes): void {
  it('are ten for one name from one address, whichever nodes are asked', async () => {
    const [one, other] = nodes().all
    const identifier = await newcomer(nodes())
    const statuses: number[] = []
    for (let n = 0; n < 12; n++) statuses.push(await signIn(n % 2 ? one : other, identifier, `wrong ${n}`))
    assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429, 429])
    for (const node of nodes().all) assert.equal(await signIn(node, identifier), 429)
    assert.equal(await signIn(one, await newcomer(nodes())), 201)
  })

  it('are no more by asking all nodes at once', async () => {
    const [one, other] = nodes().all
    const identifier = await newcomer(nodes())
    const tries = Array.from({ length: 30 }, (_, n) => signIn(n % 2 ? one : other, identifier, 'wrong'))
    const statuses = await Promise.all(tries)
    assert.equal(statuses.filter((status) => status === 401).length, 10)
  })

  it('shut nobody out who was right many times at once', async () => {
    const [one, other] = nodes().all
    const identifier = await newcomer(nodes())
    const statuses = await Promise.all(Array.from({ length: 24 }, (_, n) => signIn(n % 2 ? one : other, identifier)))
    // They are counted before it is known that they are right.
    assert.ok(statuses.every((status) => [201, 429].includes(status)) && statuses.includes(429), String(statuses))
    for (const node of nodes().all) assert.equal(await signIn(node, identifier), 201)
  })

  it('are not those that are right', async () => {
    const [one, other] = nodes().all
    const identifier = await newcomer(nodes())
    for (let n = 0; n < 13; n++) assert.equal(await signIn(n % 2 ? one : other, identifier), 201)
    const wrong: number[] = []
    for (let n = 0; n < 11; n++) wrong.push(await signIn(n % 2 ? one : other, identifier, 'wrong'))
    assert.deepEqual(wrong, [...Array<number>(10).fill(401), 429])
  })
}

describe('guesses of a password at several nodes without Redis', () => {
  let nodes: Nodes
  let drop: () => Promise<void>
  before(async () => {
    const database = await lendDatabase()
    drop = database.drop
    nodes = await openNodes({ open: () => openPostgres(database.url), settings })
  })
  after(async () => {
    await nodes.close()
    await drop()
  })
  shareGuesses(() => nodes)
})

describe('guesses of a password at several nodes', { skip: WITHOUT_REDIS }, () => {
  let redis: RedisServer
  let nodes: Nodes
  before(async () => {
    redis = await startRedis()
    const store = await openStore('sqlite::memory:')
    nodes = await openNodes({ open: () => Promise.resolve(store), redis: redis.url, settings })
  })
  after(async () => {
    await nodes.close()
    await redis.kill()
  })
  shareGuesses(() => nodes)

  it('are limited by each node alone while Redis is away, and together again when it is back', async () => {
    const [one, other] = nodes.all
    const identifier = await newcomer(nodes)
    await redis.kill()
    const wrong = async (node: Node) => {
      const statuses: number[] = []
      for (let n = 0; n < 11; n++) statuses.push(await signIn(node, identifier, 'wrong'))
      return statuses.filter((status) => status === 401).length
    }
    assert.deepEqual([await wrong(one), await wrong(other)], [10, 10])
    await redis.restart()
    for (const node of nodes.all) await until(async () => (await node.metric('rollcall_rate_limits_shared')) === 1)
    const fresh = await newcomer(nodes)
    for (let n = 0; n < 5; n++) assert.equal(await signIn(one, fresh, 'wrong'), 401)
    for (let n = 0; n < 5; n++) assert.equal(await signIn(other, fresh, 'wrong'), 401)
    assert.deepEqual([await signIn(one, fresh), await signIn(other, fresh)], [429, 429])
  })
})
