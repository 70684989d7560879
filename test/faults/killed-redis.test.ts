import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { bearer } from '../nodes/nodes.ts'
import { startRedis, WITHOUT_REDIS, type RedisServer } from '../nodes/redis-server.ts'
import { sender, type Sender } from '../request.ts'
import { DOORS } from './doors.ts'
import { within } from './deadline.ts'

const ROUNDS = 3
const LIMIT = 1_000_000
const WAIT_MS = 15_000

// How limits count then is asked in test/nodes; here requests are under way when it happens.
describe('a node whose Redis is killed under load', { skip: WITHOUT_REDIS }, () => {
  let redis: RedisServer
  let node: Served
  let requests: Sender
  before(async () => {
    redis = await startRedis()
    const args = ['--demo', '100', '--redis', redis.url, '--requests-per-minute', String(LIMIT)]
    node = await serve(args, { cwd: workingFolder() })
    requests = sender(node.url)
  })
  after(async () => {
    requests.close()
    await node.stop('SIGKILL')
    await redis.kill()
  })

  it('answers every request, limited by itself, and shares its limits again when Redis is back', async () => {
    const headers = { ...bearer(tokenIn(node.stdout)), 'content-type': 'application/json' }
    let isOver = false
    let answered = 0
    const clients = [...DOORS, ...DOORS].map(async ({ list, name }) => {
      while (!isOver) {
        const answer = await requests.send({ ...list, headers })
        assert.equal(answer.status, 200, `${name}: ${answer.text}`)
        const left = Number(/^"default";r=(\d+);t=\d+$/.exec(answer.headers['ratelimit'] ?? '')?.[1])
        assert.ok(left >= 0 && left < LIMIT, name)
        answered += 1
      }
    })
    const load = Promise.all(clients)
    const isShared = async (expected: 0 | 1) => {
      const { status, text } = await requests.send({ method: 'GET', path: '/metrics' })
      assert.equal(status, 200)
      return text.includes(`\nrollcall_rate_limits_shared ${expected}\n`)
    }
    const rounds = async () => {
      for (let round = 0; round < ROUNDS; round++) {
        for (const [change, expected] of [
          [() => redis.kill(), 0],
          [() => redis.restart(), 1],
        ] as const) {
          const before = answered
          await within(WAIT_MS, 'to answer', () => answered > before + DOORS.length)
          await change()
          await within(WAIT_MS, 'to notice', () => isShared(expected))
        }
      }
      isOver = true
    }
    await Promise.all([load, rounds()])
    const { code, stderr } = await node.stop()
    assert.equal(code, 0)
    assert.doesNotMatch(stderr, /request-failed/)
    for (const event of ['rate-limits-alone', 'rate-limits-shared']) {
      assert.equal(stderr.split(`"event":"${event}"`).length - 1, ROUNDS, event)
    }
  })
})
