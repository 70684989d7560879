import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openClient, RollcallFault, type Client } from '../../sdk/src/index.ts'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'

const DEMO_USERS = 230

describe('the client of /v1', () => {
  let server: Served
  let token: string
  let client: Client

  before(async () => {
    server = await serve(['--demo', String(DEMO_USERS)], { cwd: workingFolder() })
    token = tokenIn(server.stdout)
    client = openClient({ url: server.url, token })
  })
  after(() => server.stop())

  it('says who asks', async () => {
    const { token: own, user } = await client.me()
    assert.ok(own.permissions.includes('admin'))
    assert.equal(own.userId, user.id)
  })

  it('takes an address that ends in a slash', async () => {
    const slashed = openClient({ url: `${server.url}/`, token })
    assert.ok((await slashed.me()).user.id)
    assert.equal(slashed.users.exportUrl({ format: 'csv' }), `${server.url}/v1/users/export?format=csv`)
  })

  it('goes through pages to the end, and shows each user once', async () => {
    const sizes: number[] = []
    const seen = new Set<string>()
    for await (const { users } of client.users.pages({ limit: 100, fields: ['id'] })) {
      sizes.push(users.length)
      for (const { id } of users) seen.add(id)
    }
    const total = (await client.users.list({ limit: 1 })).total ?? 0
    assert.ok(total > 200)
    assert.deepEqual(sizes, [100, 100, total - 200])
    assert.equal(seen.size, total)
  })

  it('goes through users, and stops asking when nobody wants more', async () => {
    const names: string[] = []
    for await (const { identifier } of client.users.each({ limit: 5, sort: ['identifier'], fields: ['identifier'] })) {
      names.push(identifier)
      if (names.length === 7) break
    }
    assert.deepEqual(
      names,
      (await client.users.list({ limit: 7, sort: ['identifier'] })).users.map(({ identifier }) => identifier),
    )
  })

  it('asks the same with JSON as in a URL', async () => {
    const query = { search: 'ma', status: ['active', 'locked'], sort: ['familyName:desc', 'id'], limit: 20 } as const
    const [inUrl, asJson] = [await client.users.list(query), await client.users.query(query)]
    assert.ok(inUrl.users.length > 1)
    assert.deepEqual(
      asJson.users.map(({ id }) => id),
      inUrl.users.map(({ id }) => id),
    )
    assert.equal(asJson.total, inUrl.total)
  })

  it('creates, changes, replaces, deletes and restores a user, and shows its history and its wire', async () => {
    const born = await client.users.create({ identifier: 'sdk-1', givenName: 'Ada' })
    const changed = await client.users.update(born.id, { familyName: 'Lovelace' }, born.revision)
    assert.equal(changed.fullName, 'Ada Lovelace')
    await assert.rejects(client.users.update(born.id, { familyName: 'King' }, born.revision), { status: 412 })
    const replaced = await client.users.replace(born.id, { identifier: 'sdk-1', givenName: 'Augusta' })
    assert.equal(replaced.familyName, null)
    await assert.rejects(client.users.replace(born.id, { identifier: 'sdk-1' }, changed.revision), { status: 412 })
    await assert.rejects(client.users.remove(born.id, changed.revision), { status: 412 })
    const deleted = await client.users.remove(born.id, replaced.revision)
    assert.equal(deleted.status, 'deleted')
    await assert.rejects(client.users.restore(born.id, replaced.revision), { status: 412 })
    assert.equal((await client.users.restore(born.id, deleted.revision)).status, 'active')
    const { versions } = await client.users.history(born.id)
    assert.equal(versions.length, 5)
    assert.deepEqual(versions[3]?.changed.includes('familyName'), true)
    assert.deepEqual(Object.keys(await client.users.wire(born.id)).sort(), [
      'alvys',
      'd3lay',
      'devrev',
      'nameshield',
      'plaspy',
      'rollcall',
    ])
    assert.equal((await client.users.get(born.id)).givenName, 'Augusta')
  })

  it('writes many at once, each with its own result', async () => {
    const { results, revision } = await client.users.batch({
      atomic: false,
      operations: [
        { op: 'create', user: { identifier: 'sdk-2' } },
        { op: 'create', user: { identifier: 'SDK-2' } },
        { op: 'delete', id: '00000000-0000-4000-8000-000000000000' },
      ],
    })
    const said = results.map((one) => (one.outcome === 'refused' ? one.problem.status : one.user.identifier))
    assert.deepEqual(said, ['sdk-2', 409, 404])
    assert.ok((await client.users.list({ limit: 1 }, { minRevision: revision })).revision >= revision)
    await assert.rejects(client.users.list({ limit: 1 }, { minRevision: revision + 1000 }), { status: 412 })
  })

  it('does the same once with the same idempotency key', async () => {
    const once = () => client.users.create({ identifier: 'sdk-3' }, { idempotencyKey: 'sdk "3"' })
    assert.equal((await once()).id, (await once()).id)
    await assert.rejects(client.users.create({ identifier: 'sdk-4' }, { idempotencyKey: 'sdk "3"' }), { status: 422 })
  })

  it('streams a list as a file, with the columns and users that were asked for', async () => {
    const stream = await client.users.export({ format: 'jsonl', fields: ['identifier', 'id'], sort: ['identifier'] })
    const text = await new Response(stream).text()
    const lines = text.trimEnd().split('\n')
    assert.equal(lines.length, (await client.users.list({ limit: 1 })).total)
    assert.deepEqual(Object.keys(JSON.parse(lines[0] ?? '') as object), ['identifier', 'id'])
    await assert.rejects(client.users.export({ format: 'csv', filter: 'nonsense' }), { status: 400 })
  })

  it('keeps customers and tokens', async () => {
    const customer = await client.customers.create({ code: 'sdk', name: 'Client', parentId: null })
    assert.equal((await client.customers.update(customer.id, { name: 'Clients' })).name, 'Clients')
    const { customers, total } = await client.customers.list()
    assert.ok(customers.some(({ code }) => code === 'sdk'))
    const last = await client.customers.list({ limit: 1, offset: total - 1 })
    assert.deepEqual([last.customers.length, last.page.hasMore, last.total], [1, false, total])
    await assert.rejects(client.customers.update(customer.id, { name: 'x' }, 0), { status: 412 })
    await assert.rejects(client.customers.remove(customer.id, customer.revision), { status: 412 })
    assert.ok((await client.customers.tree()).customers.some(({ id }) => id === customer.id))
    await client.customers.remove(customer.id)
    await assert.rejects(client.customers.get(customer.id), { status: 404 })

    const { user } = await client.me()
    const issued = await client.tokens.issue({
      name: 'reader',
      userId: user.id,
      permissions: ['users:read'],
      scope: 'all',
    })
    const reader = openClient({ url: server.url, token: issued.secret })
    await assert.rejects(reader.users.create({ identifier: 'x' }), (fault) => {
      assert.ok(fault instanceof RollcallFault)
      return fault.status === 403 && fault.problem.permission === 'users:write'
    })
    assert.ok((await client.tokens.list({ userId: user.id })).tokens.some(({ id }) => id === issued.id))
    assert.equal((await client.tokens.get(issued.id)).name, 'reader')
    assert.ok((await client.tokens.revoke(issued.id)).revokedAt)
    await assert.rejects(reader.me(), { status: 401 })
  })

  it('keeps saved views, and writes them only as they are insisted on', async () => {
    const view = await client.views.create({ name: 'sdk', query: 'search=ada', isShared: false })
    const changed = await client.views.update(view.id, { name: 'SDK' }, view.revision)
    assert.deepEqual(await client.views.get(view.id), changed)
    await assert.rejects(client.views.update(view.id, { name: 'x' }, view.revision), { status: 412 })
    await assert.rejects(client.views.remove(view.id, view.revision), { status: 412 })
    const { views, revision } = await client.views.list({ minRevision: changed.revision })
    assert.ok(revision >= changed.revision && views.some(({ id }) => id === view.id))
    await client.views.remove(view.id, changed.revision)
    await assert.rejects(client.views.get(view.id), { status: 404 })
  })

  it('throws what the server says, with the request id to ask with', async () => {
    await assert.rejects(client.users.list({ sort: ['nonsense'] }), (fault) => {
      assert.ok(fault instanceof RollcallFault)
      assert.equal(fault.status, 400)
      assert.equal(fault.message, fault.problem.detail)
      assert.equal(fault.problem.parameter, 'sort')
      assert.equal(fault.problem.instance, `urn:rollcall:request:${fault.requestId ?? ''}`)
      return true
    })
  })

  it('says with status 0 that nobody answered, and why', async () => {
    await assert.rejects(openClient({ url: 'http://127.0.0.1:9', token }).me(), (fault) => {
      assert.ok(fault instanceof RollcallFault)
      return fault.status === 0 && fault.cause !== undefined
    })
  })

  it('stops when it is told to', async () => {
    await assert.rejects(client.users.list({}, { signal: AbortSignal.abort() }), { name: 'AbortError' })
  })
})

describe('the client of a server that refuses for now', () => {
  it('gives up at once, or waits as long as it is asked to and goes on', async () => {
    const answers = [
      new Response('{"type":"x","title":"Later","status":429,"detail":"Too soon."}', {
        status: 429,
        headers: { 'retry-after': '0', 'content-type': 'application/problem+json' },
      }),
      new Response('down', { status: 503, headers: { 'retry-after': '0' } }),
      Response.json({ settings: [] }),
    ]
    let asked = 0
    const fetched = () => Promise.resolve((answers[asked++] ?? Response.error()).clone())
    await assert.rejects(openClient({ fetch: fetched }).settings(), {
      status: 429,
      message: 'Too soon.',
      retryAfterS: 0,
    })
    asked = 0
    await assert.rejects(openClient({ fetch: fetched, retriesMax: 1 }).settings(), {
      status: 503,
      message: 'The server answered 503.',
    })
    asked = 0
    assert.deepEqual(await openClient({ fetch: fetched, retriesMax: 2 }).settings(), { settings: [] })
  })

  it('takes an answer that breaks off, or that is no JSON, for none', async () => {
    const broken = () => {
      const body = new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) })
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } }))
    }
    const page = () => Promise.resolve(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }))
    for (const answer of [broken, page]) {
      await assert.rejects(openClient({ fetch: answer }).settings(), (fault) => {
        assert.ok(fault instanceof RollcallFault)
        return fault.status === 0 && fault.cause instanceof Error
      })
    }
    const stopped = openClient({ fetch: broken }).settings({ signal: AbortSignal.abort() })
    await assert.rejects(stopped, { name: 'TypeError' })
  })

  it('does not wait any longer when it is told to stop', async () => {
    const later = () => Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': '60' } }))
    const stop = new AbortController()
    const waiting = openClient({ fetch: later, retriesMax: 1 }).settings({ signal: stop.signal })
    setImmediate(() => stop.abort())
    await assert.rejects(waiting, { name: 'AbortError' })
  })
})
