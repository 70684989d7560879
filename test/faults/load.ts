import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { sender, type RawAnswer, type RawRequest, type Sender } from '../request.ts'
import { assertUnavailable, DOORS, judge, type Door } from './doors.ts'

/** Clients that ask a node through every door and create users, without an end. */
export interface Load {
  /** Answers that may not be, as they came. */
  readonly faults: readonly unknown[]
  /** The ids of the created users by identifier. */
  readonly created: ReadonlyMap<string, string>
  /** What was answered since the last call, by who asked: the doors, `create` and `healthz`. */
  readonly take: () => ReadonlyMap<string, Counts>
  /** Asks all at once, and tells whether every answer was good. */
  readonly burst: () => Promise<boolean>
  /** Lets every client finish what it is at; a create that was begun is repeated until it is done. */
  readonly stop: () => Promise<void>
}

export interface Counts {
  good: number
  unavailable: number
}

const PAUSE_MS = 20
const RETRY_MS = 100
const CREATORS = 3
const BURST = 5
/** Longer than any probe takes, and shorter than anything that waits for a database. */
const HEALTH_MAX_MS = 2_000

const [V1] = DOORS.filter(({ name }) => name === 'rollcall')
const [D3LAY] = DOORS.filter(({ name }) => name === 'd3lay')

/** Starts asking. Creates carry an `Idempotency-Key` and are repeated after a 503 and after a connection that was cut. */
export function startLoad(url: string, token: string): Load {
  const requests = sender(url)
  const faults: unknown[] = []
  const created = new Map<string, string>()
  let counts = new Map<string, Counts>()
  let isStopped = false
  let identifiers = 0

  const count = (who: string, verdict: keyof Counts) => {
    const own = counts.get(who) ?? { good: 0, unavailable: 0 }
    counts.set(who, own)
    own[verdict] += 1
  }
  const guarded = async (who: string, work: () => Promise<keyof Counts | null>) => {
    try {
      const verdict = await work()
      if (verdict !== null) count(who, verdict)
      return verdict
    } catch (error) {
      faults.push(error)
      return null
    }
  }

  const read = (door: Door) =>
    guarded(door.name, async () => {
      const answer = await whole(requests, door, withToken(door.list, token))
      return answer && judge(door, answer)
    })
  // Gives whether it was answered well at once.
  const create = async () => {
    const identifier = `created-${++identifiers}`
    const door = identifiers % 2 === 0 ? V1 : D3LAY
    assert.ok(door)
    const request = withToken(creation(door, identifier), token)
    for (let tries = 1; faults.length === 0; tries++) {
      await guarded('create', async () => {
        const answer = await requests.send(request).catch(() => null)
        if (answer === null) return 'unavailable'
        if (answer.status !== 201) return assertUnavailable(door, answer)
        const { id, ...user } = JSON.parse(answer.text) as { id: string; identifier: string }
        assert.equal(user.identifier, identifier)
        created.set(identifier, id)
        return 'good'
      })
      if (created.has(identifier)) return tries === 1
      await sleep(RETRY_MS)
    }
    return false
  }
  const probe = () =>
    guarded('healthz', async () => {
      const startMs = performance.now()
      const { status } = await requests.send({ method: 'GET', path: '/healthz' })
      assert.equal(status, 200)
      const tookMs = performance.now() - startMs
      assert.ok(tookMs < HEALTH_MAX_MS, `/healthz took ${tookMs} ms`)
      return 'good'
    })

  const again = async (work: () => Promise<unknown>) => {
    while (!isStopped && faults.length === 0) {
      await work()
      await sleep(PAUSE_MS)
    }
  }
  const clients = [
    ...DOORS.map((door) => again(() => read(door))),
    ...Array.from({ length: CREATORS }, () => again(create)),
    again(probe),
  ]

  return {
    faults,
    created,
    take() {
      const taken = counts
      counts = new Map()
      return taken
    },
    async burst() {
      const lists = DOORS.flatMap((door) => Array.from({ length: BURST }, async () => (await read(door)) === 'good'))
      const creates = Array.from({ length: BURST }, create)
      return (await Promise.all([...lists, ...creates])).every((isGood) => isGood)
    },
    async stop() {
      isStopped = true
      await Promise.all(clients)
      requests.close()
    },
  }
}

// A stream that has begun can only be cut; nobody takes that for whole. Everything else is answered.
async function whole(requests: Sender, { isStreamed }: Door, request: RawRequest): Promise<RawAnswer | null> {
  try {
    return await requests.send(request)
  } catch (error) {
    if (isStreamed) return null
    throw error
  }
}

function withToken(request: RawRequest, token: string): RawRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }
}

function creation(door: Door, identifier: string): RawRequest {
  const headers = { 'content-type': 'application/json', 'idempotency-key': `"${identifier}"` }
  const user = door === V1 ? { identifier } : { identifier, name: identifier, email: `${identifier}@example.com` }
  return { method: 'POST', path: door === V1 ? '/v1/users' : '/users', headers, body: JSON.stringify(user) }
}
