import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import { operator } from '../../src/core/principal.ts'
import type { Store } from '../../src/core/store.ts'
import { exportOf } from '../../src/dialects/rollcall/export.ts'
import { startRollcall, type Rollcall } from '../harness.ts'
import type { RawAnswer } from '../request.ts'
import type { Role } from '../seed.ts'

// More than a batch of the core, so that an export is made of several.
const USERS = 350

type Wire = Readonly<Record<string, unknown>>

let server: Rollcall
before(async () => {
  server = await startRollcall({ users: USERS, requestsPerMinute: 1_000_000 })
})
after(() => server.stop())

function asked(path: string, role: Role = 'admin'): Promise<RawAnswer> {
  const authorization = `Bearer ${server.tokens[role]?.secret ?? ''}`
  return server.send({ method: 'GET', path, headers: { authorization } })
}

async function exported(query: string, role?: Role): Promise<readonly Wire[]> {
  const { status, text } = await asked(`/v1/users/export?format=jsonl&${query}`, role)
  assert.equal(status, 200, text)
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Wire]))
}

async function listed(query: string, role?: Role): Promise<readonly Wire[]> {
  const { status, text } = await asked(`/v1/users?limit=1000&${query}`, role)
  assert.equal(status, 200, text)
  return (JSON.parse(text) as { readonly users: readonly Wire[] }).users
}

describe('an export', () => {
  const QUERIES = [
    '',
    'sort=familyName:desc,givenName',
    'search=maria',
    'status=active,locked&includeDeleted=true',
    'customerId=1234&includeSubsidiaries=true',
    `filter=${encodeURIComponent('email pr and not (userType eq "client")')}&sort=email`,
    'fields=id,fullName,tags',
  ]
  for (const query of QUERIES) {
    for (const role of ['admin', 'reader', 'scoped'] as const) {
      it(`has the users of the list in its order, as ${role} may read them: ${query}`, async () => {
        assert.deepEqual(await exported(query, role), await listed(query, role))
      })
    }
  }

  it('has the columns that fields names in their order', async () => {
    const { text, headers } = await asked('/v1/users/export?fields=status,fullName,phones,tags&search=jane+doe')
    const [header, first] = parse(text)
    assert.deepEqual(header, ['status', 'fullName', 'phones', 'tags'])
    assert.equal(first?.[1], 'Jane Doe')
    assert.equal(headers['content-type'], 'text/csv; charset=utf-8')
    const day = new Date().toISOString().slice(0, 10)
    assert.equal(headers['content-disposition'], `attachment; filename="users-${day}.csv"`)
    const [line] = await exported('fields=status,id&search=jane+doe')
    assert.deepEqual(Object.keys(line ?? {}), ['status', 'id'])
  })

  it('has all columns that the caller may read where none is named', async () => {
    const columns = async (role: Role) => parse((await asked('/v1/users/export', role)).text)[0] ?? []
    assert.ok((await columns('admin')).includes('createdBy'))
    assert.ok(!(await columns('reader')).includes('createdBy'))
    assert.deepEqual(await columns('reader'), Object.keys((await listed('', 'reader'))[0] ?? {}))
  })

  it('keeps a header and nothing else where nobody matches', async () => {
    assert.equal((await asked('/v1/users/export?fields=id,email&identifier=nobody')).text, 'id,email\r\n')
    assert.equal((await asked('/v1/users/export?format=jsonl&identifier=nobody')).text, '')
  })

  it('puts an apostrophe before what a spreadsheet may take for a formula, unless it is to be kept', async () => {
    const view = server.directory.as(operator(1))
    for (const [index, displayName] of ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '＝1', "'=1"].entries()) {
      await view.createUser({ identifier: `formula-${index}`, displayName, role: 'formula', phones: ['+33612345679'] })
    }
    const cells = async (more: string) => {
      const { text } = await asked(`/v1/users/export?role=formula&fields=displayName,phones${more}`)
      return parse(text).slice(1)
    }
    const phones = '["+33612345679"]'
    const tabbed = [JSON.stringify('\t=1'), JSON.stringify('\r=1')]
    const quoted = ["'=1+1", "'+1", "'-1", "'@x", ...tabbed, "'＝1", "'=1"]
    assert.deepEqual(
      await cells(''),
      quoted.map((cell) => [cell, phones]),
    )
    const kept = ['=1+1', '+1', '-1', '@x', ...tabbed, '＝1', "'=1"]
    assert.deepEqual(
      await cells('&formulas=keep'),
      kept.map((cell) => [cell, phones]),
    )
  })

  it('refuses what a list refuses, and pages', async () => {
    for (const query of ['sort=surname', 'filter=nonsense', 'limit=10', 'cursor=abc', 'count=none', 'format=xlsx']) {
      const { status } = await asked(`/v1/users/export?${query}`)
      assert.equal(status, 400, query)
    }
    const accepting = (accept: string, path: string) =>
      server.send({
        method: 'GET',
        path,
        headers: { accept, authorization: `Bearer ${server.tokens.admin?.secret ?? ''}` },
      })
    assert.equal((await accepting('application/json', '/v1/users/export')).status, 406)
    assert.equal((await accepting('text/csv', '/v1/users/export?fields=id')).status, 200)
    assert.equal((await accepting('application/jsonl', '/v1/users/export?fields=id&format=jsonl')).status, 200)
  })
})

describe('an export that somebody else writes beside', () => {
  it('has every user that stays exactly once', async () => {
    const { secret } = server.tokens.admin ?? assert.fail()
    const before = await listed('fields=id')
    const path = '/v1/users/export?format=jsonl&fields=id'
    const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${secret}` } })
    await server.directory.as(operator(1)).createUser({ identifier: 'late' })
    const ids = new Set((await answer.text()).split('\n'))
    for (const { id } of before) assert.ok(ids.has(JSON.stringify({ id })))
  })
})

describe('an export whose reader leaves', () => {
  it('asks the store for nothing more', async () => {
    let questions = 0
    const counting = (store: Store): Store => ({
      ...store,
      users: (query) => {
        questions += 1
        return store.users(query)
      },
    })
    const own = await startRollcall({ users: USERS, through: counting })
    try {
      const text = await exportOf(own.directory.as(operator(1)), [['fields', 'id']])
      let pieces = 0
      for await (const piece of text) {
        pieces += piece === '' ? 0 : 1
        // The header, and the first users.
        if (pieces === 2) break
      }
      assert.equal(questions, 1)
    } finally {
      await own.stop()
    }
  })
})
