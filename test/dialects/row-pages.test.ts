import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { openClient as openSdk } from '../../sdk/src/index.ts'
import { openClient } from '../../src/cli/server-client/client.ts'
import { openServerDesk } from '../../src/cli/token/server-desk.ts'
import { operator, type Scope } from '../../src/core/principal.ts'
import type { Change, Store } from '../../src/core/store.ts'
import { startRollcall, type Rollcall } from '../harness.ts'
import type { RawAnswer } from '../request.ts'

interface Page {
  readonly tokens: readonly { readonly id: string; readonly name: string; readonly use: string }[]
  readonly versions: readonly { readonly revision: number; readonly changed: readonly string[] }[]
  readonly page: { readonly limit: number; readonly next?: string; readonly hasMore: boolean }
}

/** More than one page may have. */
const MANY = 1100
const ADMIN = '7a1506b9-9ce4-43f9-a6f0-e94ef4252277'

describe('pages of tokens and versions', () => {
  let server: Rollcall
  let store: Store
  let userId: string

  before(async () => {
    server = await startRollcall({
      users: 20,
      through: (opened) => {
        store = opened
        return opened
      },
    })
    const view = server.directory.as(operator(1))
    userId = (await view.createUser({ identifier: 'many' })).id
    await issue(MANY, 'all')
    await issue(20, 1234)
  })
  after(() => server.stop())

  // In one commit: each on its own would take long.
  async function issue(count: number, scope: Scope): Promise<void> {
    const at = new Date().toISOString()
    const changes = Array.from({ length: count }, (_, n): Change => {
      const id = randomUUID()
      const token = { id, use: 'bearer' as const, parentId: null, name: `${scope} ${n}`, userId: ADMIN, scope }
      const rest = { permissions: [], createdAt: at, createdBy: null, expiresAt: null, revokedAt: null }
      return { kind: 'issue-token', token: { ...token, ...rest }, hash: id.padEnd(64, '0') }
    })
    await store.commit({ changes, at, by: null })
  }

  function send(path: string, secret = server.tokens.admin?.secret): Promise<RawAnswer> {
    return server.send({ method: 'GET', path, headers: { authorization: `Bearer ${secret ?? ''}` } })
  }

  async function ask(path: string, secret?: string): Promise<Page> {
    const { status, text } = await send(path, secret)
    assert.equal(status, 200, text)
    return JSON.parse(text) as Page
  }

  async function toTheEnd(path: string, secret?: string): Promise<readonly Page[]> {
    const pages = [await ask(path, secret)]
    for (let next = pages[0]?.page.next; next !== undefined; next = pages.at(-1)?.page.next)
      pages.push(await ask(`${path}&cursor=${next}`, secret))
    return pages
  }

  it('have fifty rows where nothing is said, and lead through all tokens, oldest first, each once', async () => {
    assert.deepEqual((await ask('/v1/tokens')).page.limit, 50)
    const pages = await toTheEnd('/v1/tokens?limit=300')
    const all = (await store.tokens({ use: 'bearer' })).map(({ id }) => id)
    assert.ok(all.length > MANY)
    assert.deepEqual(
      pages.flatMap(({ tokens }) => tokens.map(({ id }) => id)),
      all,
    )
    for (const { tokens, page } of pages.slice(0, -1)) assert.deepEqual([tokens.length, page.hasMore], [300, true])
    assert.deepEqual(Object.keys(pages.at(-1)?.page ?? {}), ['limit', 'hasMore'])
  })

  it('name the first and the next one in Link, with what was asked', async () => {
    const first = await send('/v1/tokens?use=all&limit=2', server.tokens.admin?.secret)
    const links = first.headers['link'] ?? ''
    assert.match(links, /^<http:\/\/[^>]+\/v1\/tokens\?use=all&limit=2>; rel="first", <[^>]+>; rel="next"$/)
    const next = /<http:\/\/[^/]+([^>]+)>; rel="next"/.exec(links)?.[1] ?? ''
    const ids = (await ask('/v1/tokens?use=all&limit=4')).tokens.map(({ id }) => id)
    assert.deepEqual(
      (await ask(next)).tokens.map(({ id }) => id),
      ids.slice(2),
    )
    const last = await send('/v1/tokens?use=setup')
    assert.doesNotMatch(last.headers['link'] ?? '', /next/)
  })

  it('are as full where the caller sees few of the tokens, and end where it sees no more', async () => {
    const { secret } = await server.directory.as(operator(1)).issueToken({
      name: 'of a part',
      userId: ADMIN,
      permissions: ['tokens:write'],
      scope: 1234,
      expiresAt: null,
    })
    const pages = await toTheEnd('/v1/tokens?limit=8', secret)
    const names = pages.flatMap(({ tokens }) => tokens.map(({ name }) => name))
    assert.deepEqual(
      names.filter((name) => name.startsWith('1234 ')),
      Array.from({ length: 20 }, (_, n) => `1234 ${n}`),
    )
    assert.ok(names.every((name) => !name.startsWith('all ')))
    for (const { tokens } of pages.slice(0, -1)) assert.equal(tokens.length, 8)
    const cursor = pages[0]?.page.next ?? ''
    assert.equal((await send(`/v1/tokens?limit=8&cursor=${cursor}`)).status, 400)
  })

  it('refuse what cannot be, by the name of the parameter', async () => {
    const { page } = await ask('/v1/tokens?limit=2')
    const history = await ask(`/v1/users/${ADMIN}/history?limit=1`)
    assert.equal(history.page.hasMore, false)
    for (const [query, name] of [
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1&limit=2', 'limit'],
      ['cursor=nonsense', 'cursor'],
      ['cursor=', 'cursor'],
      [`cursor=${page.next ?? ''}&use=all`, 'cursor'],
      [`cursor=${page.next ?? ''}&userId=${ADMIN}`, 'cursor'],
      ['offset=1', 'offset'],
    ] as const) {
      for (const path of ['/v1/tokens', `/v1/users/${ADMIN}/history`]) {
        if (path !== '/v1/tokens' && /use/.test(query)) continue
        const { status, text } = await send(`${path}?${query}`)
        assert.equal(status, 400, `${path}?${query}: ${text}`)
        assert.equal((JSON.parse(text) as { readonly parameter: unknown }).parameter, name, text)
      }
    }
    const { status } = await send(`/v1/users/${ADMIN}/history?cursor=${page.next ?? ''}`)
    assert.equal(status, 400)
  })

  it('lead through a history, newest first, and tell at their ends what was changed there', async () => {
    const view = server.directory.as(operator(1))
    for (const givenName of ['A', 'B', 'C', 'D', 'E']) await view.updateUser(userId, { givenName })
    await view.updateUser(userId, { familyName: 'Z' })
    const path = `/v1/users/${userId}/history`
    const whole = await ask(path)
    assert.deepEqual([whole.versions.length, whole.page.hasMore], [7, false])
    const pages = await toTheEnd(`${path}?limit=2`)
    assert.deepEqual(
      pages.map(({ versions }) => versions.length),
      [2, 2, 2, 1],
    )
    assert.deepEqual(
      pages.flatMap(({ versions }) => versions),
      whole.versions,
    )
    assert.deepEqual(
      whole.versions.slice(0, -1).map(({ changed }) => changed.filter((name) => /Name/.test(name))[0]),
      ['familyName', ...Array<string>(5).fill('givenName')],
    )
    assert.match((await send(`${path}?limit=2`)).headers['link'] ?? '', /rel="next"/)
  })

  it('are all asked for by the command line and by the typed client', async () => {
    const { secret } = server.tokens.admin ?? assert.fail()
    const all = (await store.tokens({ use: 'bearer' })).map(({ id }) => id)
    const desk = openServerDesk(openClient(server.url, secret))
    assert.deepEqual(
      (await desk.list(false)).map(({ id }) => id),
      all,
    )
    await desk.close()
    const client = openSdk({ url: server.url, token: secret })
    assert.deepEqual(
      (await client.tokens.all({ use: 'bearer' })).map(({ id }) => id),
      all,
    )
    assert.equal((await client.tokens.list({ limit: 3 })).tokens.length, 3)
    assert.equal((await client.users.history(userId, { limit: 3 })).versions.length, 3)
  })
})
