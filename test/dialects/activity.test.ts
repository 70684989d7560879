import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { operator } from '../../src/core/principal.ts'
import type { Store, UsageDelta } from '../../src/core/store.ts'
import { startRollcall, type Rollcall, type RollcallOptions } from '../harness.ts'
import type { Role } from '../seed.ts'

interface Activity {
  readonly days: readonly string[]
  readonly tokens: readonly { readonly id: string | null; readonly requests: number[]; readonly limited: number[] }[]
}

async function started(
  options: RollcallOptions = {},
): Promise<{ server: Rollcall; store: Store; saved: UsageDelta[] }> {
  const saved: UsageDelta[] = []
  const stores: Store[] = []
  const through = (store: Store): Store => {
    stores.push(store)
    return {
      ...store,
      addUsage: (deltas) => {
        saved.push(...deltas)
        return store.addUsage(deltas)
      },
    }
  }
  const server = await startRollcall({ users: 20, ...options, through })
  return { server, store: stores[0] ?? assert.fail(), saved }
}

function sent(server: Rollcall, secret: string | undefined, path: string) {
  return server.send({ method: 'GET', path, headers: { authorization: `Bearer ${secret ?? ''}` } })
}

describe('activity', () => {
  let server: Rollcall
  let store: Store
  const idOf = (role: Role) => server.tokens[role]?.id ?? assert.fail()
  before(async () => {
    ;({ server, store } = await started())
    const delta = (role: Role, day: string, requests: number, limited: number) => ({
      userId: '7a1506b9-9ce4-43f9-a6f0-e94ef4252277',
      tokenId: idOf(role),
      requests,
      limited,
      day,
      lastUsedAt: `${day}T12:00:00.000Z`,
    })
    await store.addUsage([
      delta('reader', '2026-02-27', 5, 0),
      delta('reader', '2026-03-01', 7, 3),
      delta('scoped', '2026-03-01', 1, 0),
      delta('writer', '2026-03-02', 9, 9),
      { ...delta('writer', '2026-03-01', 4, 4), tokenId: 'no token any more' },
    ])
  })
  after(() => server.stop())

  async function activity(query: string, secret: string | undefined): Promise<Activity> {
    const { status, text } = await sent(server, secret, `/v1/activity?${query}`)
    assert.equal(status, 200, text)
    return JSON.parse(text) as Activity
  }

  it('is told by token and day, without gaps, of tokens there was a request with', async () => {
    const { days, tokens } = await activity('from=2026-02-27&to=2026-03-01', server.tokens.admin?.secret)
    assert.deepEqual(days, ['2026-02-27', '2026-02-28', '2026-03-01'])
    const found = new Map(tokens.map(({ id, requests, limited }) => [id, { requests, limited }]))
    assert.deepEqual(
      found,
      new Map([
        [idOf('reader'), { requests: [5, 0, 7], limited: [0, 0, 3] }],
        [idOf('scoped'), { requests: [0, 0, 1], limited: [0, 0, 0] }],
      ]),
    )
  })

  it('is told of the thirty days up to the one that is said', async () => {
    const { days } = await activity('to=2026-03-02', server.tokens.admin?.secret)
    assert.deepEqual([days.length, days[0], days.at(-1)], [30, '2026-02-01', '2026-03-02'])
    const today = new Date().toISOString().slice(0, 10)
    assert.equal((await activity('', server.tokens.admin?.secret)).days.at(-1), today)
    const most = await activity('from=2026-01-01&to=2026-04-02', server.tokens.admin?.secret)
    assert.equal(most.days.length, 92)
  })

  it('has the browser sessions of a user in one line, and each by itself where that is asked for', async () => {
    const view = server.directory.as(operator(1))
    const { id } = await view.createUser({ identifier: 'browsing' })
    await view.putSignIn(id, { permissions: ['users:read'], scope: 'all', password: 'correct horse' })
    const open = async () =>
      (await server.directory.openSession({ identifier: 'browsing', password: 'correct horse' })).principal.tokenId
    const sessions = [await open(), await open(), await open()]
    const day = { userId: id, lastUsedAt: '2025-11-03T12:00:00.000Z' }
    await store.addUsage([
      { ...day, tokenId: sessions[0] ?? '', day: '2025-11-03', requests: 3, limited: 1 },
      { ...day, tokenId: sessions[1] ?? '', day: '2025-11-03', requests: 4, limited: 0 },
      { ...day, tokenId: sessions[1] ?? '', day: '2025-11-04', requests: 5, limited: 2 },
      { ...day, tokenId: idOf('reader'), day: '2025-11-04', requests: 6, limited: 0 },
    ])
    const asked = 'from=2025-11-03&to=2025-11-04'
    const { tokens: together } = await activity(asked, server.tokens.admin?.secret)
    const own = { name: 'browser sessions', use: 'session', userId: id }
    const line = { id: null, ...own, sessions: 2, requests: [7, 5], limited: [1, 2] }
    assert.deepEqual(together.slice(1), [line])
    assert.deepEqual([together[0]?.id, together[0]?.requests], [idOf('reader'), [0, 6]])
    const { tokens: each } = await activity(`${asked}&sessions=each`, server.tokens.admin?.secret)
    assert.deepEqual(
      each.map((one) => [one.id, one.requests]),
      [
        [idOf('reader'), [0, 6]],
        [sessions[0], [3, 0]],
        [sessions[1], [4, 5]],
      ],
    )
    assert.equal((await sent(server, server.tokens.admin?.secret, '/v1/activity?sessions=some')).status, 400)
  })

  it('is told of no token of somebody out of sight, and of none that sees more', async () => {
    const { secret } = await server.directory.as(operator(1)).issueToken({
      name: 'auditor of a part',
      userId: '7a1506b9-9ce4-43f9-a6f0-e94ef4252277',
      permissions: ['audit:read'],
      scope: 1234,
      expiresAt: null,
    })
    const { tokens } = await activity('from=2026-02-27&to=2026-03-02', secret)
    assert.deepEqual(
      tokens.map(({ id }) => id),
      [idOf('scoped')],
    )
  })
})

describe('the requests of a token', () => {
  it('are counted with those among them that the rate limit refused', async () => {
    const { server, saved } = await started({ requestsPerMinute: 3 })
    const token = server.tokens.reader ?? assert.fail()
    const statuses: number[] = []
    for (let n = 0; n < 5; n++) statuses.push((await sent(server, token.secret, '/v1/me')).status)
    await server.stop()
    assert.deepEqual(statuses, [200, 200, 200, 429, 429])
    const own = saved.filter(({ tokenId }) => tokenId === token.id)
    const sum = (of: (delta: UsageDelta) => number) => own.reduce((all, delta) => all + of(delta), 0)
    assert.deepEqual([sum(({ requests }) => requests), sum(({ limited }) => limited)], [5, 2])
  })
})
