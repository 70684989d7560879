import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { operator } from '../../src/core/principal.ts'
import type { Call } from '../../src/dialects/dialect.ts'
import { TARGETS } from '../../src/dialects/rollcall/import/detection.ts'
import { importRoutes } from '../../src/dialects/rollcall/imports.ts'
import { startRollcall, type Rollcall } from '../harness.ts'
import type { Role } from '../seed.ts'

interface Result {
  readonly line: number
  readonly outcome: string
  readonly id?: string
  readonly reason?: string
  readonly column?: string
}

let server: Rollcall
before(async () => {
  server = await startRollcall({ users: 40, requestsPerMinute: 1_000_000 })
})
after(() => server.stop())

async function posted(path: string, body: object, role: Role = 'admin') {
  const { status, text } = await server.send({
    method: 'POST',
    path,
    headers: { authorization: `Bearer ${server.tokens[role]?.secret ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status, body: JSON.parse(text) as Readonly<Record<string, unknown>> }
}

async function imported(body: object, role?: Role): Promise<readonly Result[]> {
  const answer = await posted('/v1/imports', { format: 'csv', source: 'rollcall', match: 'identifier', ...body }, role)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body['results'] as readonly Result[]
}

const rows = (...values: readonly unknown[]) => values.map((one, index) => ({ line: index + 2, values: one }))

async function find(identifier: string) {
  return server.directory.as(operator(1)).user({ identifier }, { includeDeleted: true })
}

describe('the columns of a file that somebody drops', () => {
  const detected = async (body: object) => (await posted('/v1/imports/detection', body)).body

  it('are known by the kind of file that has most of them', async () => {
    const { source, title, columns, fields, sources } = await detected({
      format: 'csv',
      columns: ['login', 'firstName', 'status', 'honorificPrefix', 'credentials', 'Shoe size', 'tags.team'],
    })
    assert.deepEqual([source, title], ['okta', 'Okta user export'])
    assert.deepEqual(columns, [
      { column: 'login', field: 'identifier' },
      { column: 'firstName', field: 'givenName' },
      { column: 'status', field: 'status' },
      { column: 'honorificPrefix', field: 'attributes.honorificPrefix' },
      { column: 'credentials', field: null },
      { column: 'Shoe size', field: null },
      { column: 'tags.team', field: 'tags.team' },
    ])
    assert.deepEqual(fields, TARGETS)
    assert.ok((sources as readonly object[]).length >= 9)
  })

  it('mean what the kind of file says that is asked for', async () => {
    const columns = ['id', 'email']
    const fieldOfId = async (source: string) =>
      ((await detected({ format: 'csv', columns, source }))['columns'] as { field: string }[])[0]?.field
    assert.equal(await fieldOfId('okta'), 'externalId')
    assert.equal(await fieldOfId('rollcall'), 'id')
    assert.equal(await fieldOfId('alvys'), 'idOrExternalId')
  })

  it('are Rollcall’s own where no kind of file knows any of them', async () => {
    const { source, columns } = await detected({ format: 'csv', columns: ['Schuhgröße', '__proto__'] })
    assert.equal(source, 'rollcall')
    assert.deepEqual(columns, [
      { column: 'Schuhgröße', field: null },
      { column: '__proto__', field: null },
    ])
  })

  it('are the members that count, of objects in JSON Lines', async () => {
    const { columns } = await detected({
      format: 'jsonl',
      columns: ['id', 'profile', 'profile.login', 'profile.email', 'profile.hat', 'status'],
    })
    assert.deepEqual(columns, [
      { column: 'id', field: 'externalId' },
      { column: 'profile.login', field: 'identifier' },
      { column: 'profile.email', field: 'email' },
      { column: 'profile.hat', field: null },
      { column: 'status', field: 'status' },
    ])
  })
})

describe('the rows of a file', () => {
  it('are created, updated, left or refused, each on its own, with the line and the column at fault', async () => {
    const columns = ['identifier', 'email', 'phones', 'tags', 'adminDevices', 'customerId', 'hat']
    const before = await imported({ columns, rows: rows(['imp-1', 'one@imp.example', '', 'team=red', '', '', 'x']) })
    const id = before[0]?.id
    assert.deepEqual(before, [{ line: 2, outcome: 'created', id }])
    const results = await imported({
      columns,
      rows: rows(
        ['imp-1', 'one@imp.example', '', '', '', '', ''],
        ['imp-1', 'uno@imp.example', '+33612345678;+33612345679', '', '', '1234', ''],
        ['imp-2', 'uno@imp.example', '', '', '', '', ''],
        ['imp-3', 'three', '', '', '', '', ''],
        ['imp-4', '', '', '', 'many', '', ''],
        ['imp-5', '', '', '', '', 'nowhere', ''],
        ['imp-6', ''],
        ['', 'seven@imp.example', '', '', '', '', ''],
        ['imp\u0000', '', '', '', '', '', ''],
        ['', '', '', '', '', '', 'x'],
      ),
    })
    assert.deepEqual(
      results.map(({ line, outcome, column }) => [line, outcome, column]),
      [
        [2, 'unchanged', undefined],
        [3, 'updated', undefined],
        [4, 'refused', 'email'],
        [5, 'refused', 'email'],
        [6, 'refused', 'adminDevices'],
        [7, 'refused', 'customerId'],
        [8, 'refused', undefined],
        [9, 'created', undefined],
        [10, 'refused', 'identifier'],
        [11, 'refused', 'identifier'],
      ],
    )
    assert.equal(results[1]?.id, id)
    assert.match(results[4]?.reason ?? '', /^adminDevices must be a whole number/)
    const user = await find('imp-1')
    assert.deepEqual(
      [user.email, user.phones, user.tags, user.customerId],
      ['uno@imp.example', ['+33612345678', '+33612345679'], { team: 'red' }, 1234],
    )
    assert.equal((await find('seven@imp.example')).email, 'seven@imp.example')
  })

  it('mean what their columns are mapped to, and otherwise what they mean in the source', async () => {
    const okta = { source: 'okta', columns: ['login', 'status', 'Team', 'Short', 'firstName'] }
    const mapping = { login: 'identifier', status: 'status', Team: 'tags.team', Short: 'displayName', firstName: null }
    const results = await imported({ ...okta, mapping, rows: rows(['map-1', 'STAGED', 'blue', ' M ', 'Mapped']) })
    assert.equal(results[0]?.outcome, 'created', JSON.stringify(results))
    const { status, tags, displayName, givenName } = await find('map-1')
    // The source's own words stay known in a column that is mapped to what it meant anyway.
    assert.deepEqual([status, tags, displayName, givenName], ['onboarding', { team: 'blue' }, ' M ', null])
  })

  it('may be JSON objects, whose members are mapped by their path', async () => {
    const results = await imported({
      format: 'jsonl',
      source: 'okta',
      mapping: { 'profile.hat': 'attributes.hat', 'profile.email': null },
      rows: rows(
        { id: '00u1', profile: { login: 'json-1', email: 'json@imp.example', hat: { size: 7 } } },
        { profile: JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown },
        { profile: null, login: 'json-2', tags: 5 },
      ),
    })
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['created', 'refused', 'created'],
    )
    const { externalId, email, attributes } = await find('json-1')
    assert.deepEqual([externalId, email, attributes], ['00u1', null, { hat: { size: 7 } }])
    assert.match(results[1]?.reason ?? '', /nested/)
  })

  it('are new users each where nothing says by what one is known', async () => {
    const row = ['new-1', '']
    const body = { columns: ['identifier', 'email'], match: null, rows: rows(row, row) }
    const tried = await imported({ ...body, dryRun: true })
    const done = await imported(body)
    for (const [first, second] of [tried, done]) {
      assert.equal(first?.outcome, 'created')
      assert.deepEqual([second?.outcome, second?.column], ['refused', 'identifier'])
    }
  })

  it('are refused with an id that is another user’s, or theirs under another name', async () => {
    const columns = ['id', 'identifier', 'role']
    const [made] = await imported({ columns: ['identifier'], rows: rows(['once']) })
    const again = { columns, rows: rows([made?.id ?? '', 'renamed', 'poet']) }
    for (const dryRun of [true, false]) {
      const [result] = await imported({ ...again, dryRun })
      assert.deepEqual([result?.outcome, result?.column, result?.reason], ['refused', 'id', 'This user id is in use.'])
    }
    assert.equal((await find('once')).role, null)
  })

  it('can be tried without being written', async () => {
    const revision = await server.directory.revision()
    const results = await imported({
      columns: ['identifier', 'givenName'],
      dryRun: true,
      rows: rows(['try-1', 'A'], ['try-1', 'B'], ['imp-1', 'C'], ['', 'D']),
    })
    assert.deepEqual(
      results.map(({ outcome, id }) => [outcome, typeof id]),
      [
        ['created', 'undefined'],
        ['updated', 'undefined'],
        ['updated', 'string'],
        ['refused', 'undefined'],
      ],
    )
    assert.equal(await server.directory.revision(), revision)
  })

  it('belong to the customer of the import, or of whoever imports, where they name none', async () => {
    const columns = ['identifier', 'customer']
    await imported({ columns, customerId: 1234, rows: rows(['cust-1', ''], ['cust-2', '1']) })
    await imported({ columns, rows: rows(['cust-3', '']) })
    const customers = await Promise.all(['cust-1', 'cust-2', 'cust-3'].map(find))
    assert.deepEqual(
      customers.map(({ customerId }) => customerId),
      [1234, 1, 1],
    )
  })
})

describe('an import by somebody who may not see everybody', () => {
  it('finds nobody out of sight, and puts nobody there', async () => {
    const view = server.directory.as(operator(1))
    const company = await view.user({ id: '7a1506b9-9ce4-43f9-a6f0-e94ef4252277' })
    await view.createUser({ identifier: 'hidden', externalId: 'h-1', customerId: 1 })
    const { secret } = await view.issueToken({
      name: 'scoped writer',
      userId: company.id,
      permissions: ['users:write'],
      scope: 1234,
      expiresAt: null,
    })
    const sent = async (body: object) => {
      const { text } = await server.send({
        method: 'POST',
        path: '/v1/imports',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ format: 'csv', source: 'rollcall', ...body }),
      })
      return (JSON.parse(text) as { readonly results: readonly Result[] }).results
    }
    const columns = ['identifier', 'externalId', 'customer', 'givenName']
    const results = await sent({
      columns,
      match: 'externalId',
      dryRun: true,
      rows: rows(['mine', 'h-1', '', 'X'], ['yours', 'y', '1', ''], ['coded', 'c', 'demo', '']),
    })
    assert.deepEqual(
      results.map(({ outcome, column }) => [outcome, column]),
      [
        // The same external id, and another user.
        ['created', undefined],
        ['refused', 'customer'],
        ['refused', 'customer'],
      ],
    )
    assert.equal((await find('hidden')).givenName, null)
  })

  it('says the same of a code as of one there is not to whoever may not list customers', async () => {
    const reasons = await Promise.all(
      ['demo', 'no-such-code'].map(async (code) => {
        const body = { columns: ['identifier', 'customer'], dryRun: true, rows: rows(['coded', code]) }
        return (await imported(body, 'writer'))[0]?.reason?.replace(code, '…')
      }),
    )
    assert.equal(reasons[0], reasons[1])
    const body = { columns: ['identifier', 'customer'], dryRun: true, rows: rows(['coded', 'DEMO']) }
    assert.equal((await imported(body, 'admin'))[0]?.outcome, 'created')
  })
})

describe('an import that cannot be understood', () => {
  const wrong: readonly (readonly [object, number, string])[] = [
    [{ rows: rows(['a']) }, 400, '/columns'],
    [{ columns: ['a', 'a'], rows: [] }, 400, '/columns'],
    [{ columns: ['a'], rows: rows({ a: 'b' }) }, 400, '/rows/0/values'],
    [{ columns: ['a'], rows: rows(['b', 1]) }, 400, '/rows/0/values'],
    [{ format: 'jsonl', rows: rows(['b']) }, 400, '/rows/0/values'],
    [{ columns: ['a'], mapping: { a: 'surname' }, rows: [] }, 400, '/mapping/a'],
    [{ columns: ['a'], mapping: { b: 'email' }, rows: [] }, 400, '/mapping/b'],
    [{ columns: ['a'], source: 'ldap', rows: [] }, 400, '/source'],
    [{ columns: ['a'], match: 'name', rows: [] }, 400, '/match'],
    [{ columns: ['a'], customerId: 999_999, rows: [] }, 400, '/customerId'],
    [{ columns: ['identifier'], rows: Array.from({ length: 1001 }, () => ({ line: 1, values: ['a'] })) }, 400, '/rows'],
  ]
  for (const [body, status, pointer] of wrong) {
    it(`is refused with ${status} at ${pointer}: ${JSON.stringify(body).slice(0, 80)}`, async () => {
      const answer = await posted('/v1/imports', { format: 'csv', source: 'rollcall', match: 'identifier', ...body })
      assert.deepEqual([answer.status, answer.body['pointer']], [status, pointer], JSON.stringify(answer.body))
    })
  }
})

describe('many rows', () => {
  it('leave others a turn after each hundred of them', async () => {
    const route = importRoutes.find(({ path }) => path === '/v1/imports')
    const turnsFor = async (count: number): Promise<number> => {
      let turns = 0
      const values = Array.from({ length: count }, (_, n) => [`row-${n}`])
      const shared = { format: 'csv', source: 'rollcall', match: 'identifier', columns: ['identifier'], dryRun: true }
      const call = {
        body: { mediaType: 'application/json', text: JSON.stringify({ ...shared, rows: rows(...values) }) },
        header: () => undefined,
        query: [],
        principal: operator(1),
        view: server.directory.as(operator(1)),
        turn: () => Promise.resolve(turns++),
      } as unknown as Call
      assert.equal((await route?.answer(call))?.status, 200)
      return turns
    }
    assert.deepEqual([await turnsFor(100), await turnsFor(101), await turnsFor(1000)], [0, 1, 9])
  })
})

describe('a dry run by a caller with a scope', () => {
  it('tells of an address out of its sight what it tells of a free one, which costs a real write to learn', async () => {
    const view = server.directory.as(operator(1))
    await view.createUser({ identifier: 'out-of-sight', email: 'out-of-sight@example.com', customerId: 1 })
    const [owner] = (await view.users({ page: { offset: 0, limit: 1 } })).users
    const { secret } = await view.issueToken({
      name: 'of a part',
      userId: owner?.id ?? '',
      permissions: ['users:write'],
      scope: 1234,
      expiresAt: null,
    })
    const send = async (path: string, body: object) => {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
      const { status, text } = await server.send({ method: 'POST', path, headers, body: JSON.stringify(body) })
      assert.equal(status, 200, text)
      return (JSON.parse(text) as { readonly results: readonly Result[] }).results
    }
    const columns = ['identifier', 'email', 'customerId']
    const row = (email: string) => ({ line: 2, values: ['newcomer', email, '1234'] })
    const importing = { format: 'csv', source: 'rollcall', match: 'identifier', columns }
    const tried = (email: string, dryRun = true) => send('/v1/imports', { ...importing, dryRun, rows: [row(email)] })
    assert.deepEqual(await tried('out-of-sight@example.com'), await tried('nobody-has@example.com'))
    const created = (identifier: string) => ({ op: 'create', user: { identifier, customerId: 1234 } })
    const batch = { atomic: false, dryRun: true, operations: [created('OUT-of-sight'), created('free')] }
    const outcomes = (await send('/v1/users/batch', batch)).map(({ outcome }) => outcome)
    assert.deepEqual(outcomes, ['created', 'created'])
    const [real] = await tried('out-of-sight@example.com', false)
    assert.equal(real?.outcome, 'refused')
  })
})
