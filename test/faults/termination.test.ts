import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { before, describe, it } from 'node:test'
import { serve, tokenIn } from '../e2e/command.ts'
import type { RawRequest } from '../request.ts'
import { DOORS } from './doors.ts'
import { ENGINES, type Kept } from './engines.ts'
import { within } from './deadline.ts'

const BEGIN_MS = 30_000
const USERS = 1_500
const CREATORS = 3

for (const [engine, open] of Object.entries(ENGINES)) {
  describe(`a node on ${engine} that is told to end under load`, () => {
    let kept: Kept
    before(async () => {
      kept = await open()
    })

    it('answers in full whatever it has taken, on connections that are kept too', async () => {
      // Half of the notice is for connections that are kept to hear that they end.
      const args = ['--demo', String(USERS), '--requests-per-minute', '0', '--drain-notice-ms', '1000']
      const node = await serve([...kept.args, ...args], kept)
      const headers = { authorization: `Bearer ${tokenIn(node.stdout)}`, 'content-type': 'application/json' }
      const created: string[] = []
      let answered = 0
      const lists = DOORS.map((door) =>
        askUntilEnd(node.url, async (send) => {
          const { status, text } = await send({ ...door.list, headers })
          assert.equal(status, 200, text)
          const users = door.users(JSON.parse(text))
          assert.ok(Array.isArray(users) && users.length >= (door.isStreamed ? USERS * 0.9 : 20), door.name)
          answered += 1
        }),
      )
      const creates = Array.from({ length: CREATORS }, (_, creator) =>
        askUntilEnd(node.url, async (send, turn) => {
          const body = JSON.stringify({ identifier: `created-${creator}-${turn}` })
          const { status, text } = await send({ method: 'POST', path: '/v1/users', headers, body })
          assert.equal(status, 201, text)
          created.push((JSON.parse(text) as { identifier: string }).identifier)
        }),
      )
      await within(BEGIN_MS, 'to begin', () => answered > 30 && created.length > 10)
      const [{ code, stderr }, ...kinds] = await Promise.all([node.stop(), ...lists, ...creates])
      assert.equal(code, 0)
      assert.doesNotMatch(stderr, /requests-cut|request-failed/)
      // On each connection that was kept, an answer has said that it was the last.
      assert.deepEqual(new Set(kinds), new Set(['ended in order']))
      const rows = await kept.ask("SELECT identifier FROM users WHERE identifier LIKE 'created-%'")
      assert.deepEqual(rows.map(({ identifier }) => identifier).sort(), created.sort())
    })
  })
}

interface Whole {
  readonly status: number
  readonly text: string
}
type Send = (request: RawRequest) => Promise<Whole>

/** What a client finds that nobody lets in any more. */
class Closed extends Error {}

/** Asks again and again on one connection that is kept, and on a new one after each that has ended, until none is taken. */
async function askUntilEnd(
  url: string,
  turn: (send: Send, turn: number) => Promise<void>,
): Promise<'ended in order' | 'never told to end'> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const told = { toEnd: false }
  const send: Send = async (asked) => {
    const { whole, isLast } = await exchange(url, agent, asked)
    told.toEnd ||= isLast
    return whole
  }
  try {
    for (let turns = 0; ; turns++) await turn(send, turns)
  } catch (error) {
    if (!(error instanceof Closed)) throw error
    return told.toEnd ? 'ended in order' : 'never told to end'
  } finally {
    agent.destroy()
  }
}

// Rejects with Closed only where not even a connection was made.
function exchange(url: string, agent: Agent, { method, path, headers, body }: RawRequest) {
  return new Promise<{ readonly whole: Whole; readonly isLast: boolean }>((resolve, reject) => {
    const length = body === undefined || body === null ? {} : { 'content-length': Buffer.byteLength(body) }
    const sent = request(`${url}${path}`, { method, agent, headers: { ...headers, ...length } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const isLast = answer.headers.connection === 'close'
        resolve({ whole: { status: answer.statusCode ?? 0, text }, isLast })
      })
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const isTaken = sent.reusedSocket || error.code !== 'ECONNREFUSED'
      reject(isTaken ? error : new Closed())
    })
    sent.end(body ?? undefined)
  })
}
