import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { DATABASE_LIMITS } from '../../src/storage/postgres/database.ts'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { bearer } from '../nodes/nodes.ts'
import { openProxy, type Proxy } from '../postgres/proxy.ts'
import { startServer, type Server } from '../postgres/server.ts'
import { sender, type Sender } from '../request.ts'
import { within } from './deadline.ts'

const USERS = 201
const BEGIN_MS = 15_000
/** More than there are connections for. */
const AT_ONCE = 30

describe('a node whose replica falls silent', () => {
  const servers: Server[] = []
  let proxy: Proxy
  let node: Served
  let requests: Sender
  before(async () => {
    const primary = await startServer()
    servers.push(primary)
    const replica = await startServer({}, primary)
    servers.push(replica)
    proxy = await openProxy(replica.url)
    const places = ['--database', primary.url, '--replica', proxy.through(replica.url)]
    node = await serve([...places, '--demo', String(USERS), '--requests-per-minute', '0'], { cwd: workingFolder() })
    requests = sender(node.url)
  })
  after(async () => {
    requests.close()
    await node.stop('SIGKILL')
    proxy.close()
    for (const server of servers) await server.close()
  })

  // None of them is kept from before.
  let asked = 0
  const lists = () =>
    Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const path = `/v1/users?limit=${1 + (asked % 1000)}&offset=${asked++ % USERS}`
        return (await requests.send({ method: 'GET', path, headers: bearer(tokenIn(node.stdout)) })).status
      }),
    )

  it('answers every list, from the primary', async () => {
    const { connections } = DATABASE_LIMITS.quick
    await within(BEGIN_MS, 'to use all connections to the replica', async () => {
      assert.deepEqual(new Set(await lists()), new Set([200]))
      return proxy.connections() >= connections
    })
    proxy.swallow()
    for (let round = 0; round < 3; round++) assert.deepEqual(new Set(await lists()), new Set([200]))
    proxy.heal()
    assert.deepEqual(new Set(await lists()), new Set([200]))
    const { code, stderr } = await node.stop()
    assert.equal(code, 0)
    assert.doesNotMatch(stderr, /request-failed/)
  })
})
