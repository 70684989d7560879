import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { EXAMPLE_WIRE } from '../../src/dialects/rollcall/wire-example.ts'
import { startRollcall, type Rollcall } from '../harness.ts'
import type { Role } from '../seed.ts'

const JANE = '5ec2c050-7aa8-48b4-98d7-7c972dfabf6f'
const KEYS: Readonly<Record<string, string>> = { devrev: 'display_id' }

type Wire = Readonly<Record<string, unknown>>

let server: Rollcall
before(async () => {
  server = await startRollcall({ users: 40, requestsPerMinute: 1_000_000 })
})
after(() => server.stop())

async function asked(role: Role, path: string): Promise<unknown> {
  const authorization = `Bearer ${server.tokens[role]?.secret ?? ''}`
  const { status, text } = await server.send({ method: 'GET', path, headers: { authorization } })
  assert.equal(status, 200, `${path} ${text}`)
  return JSON.parse(text) as unknown
}

// What a client of each dialect is really answered, as one list of users.
async function lists(role: Role): Promise<Readonly<Record<string, readonly Wire[]>>> {
  const own = (await asked(role, '/v1/users?limit=1000')) as { readonly users: readonly Wire[] }
  const customers = [...new Set(own.users.map(({ customerId }) => String(customerId)))]
  const nameshield: Wire[] = []
  for (const id of customers) {
    const path = `/user/v1/users?customer_id=${id}&include_subsidiaries=false&limit=500`
    nameshield.push(...((await asked(role, path)) as { data: { results: Wire[] } }).data.results)
  }
  const devrev: Wire[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const path = `/sys-users.list?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`
    const page = (await asked(role, path)) as { sys_users: Wire[]; next_cursor?: string }
    devrev.push(...page.sys_users)
    cursor = page.next_cursor
  }
  const d3lay: Wire[] = []
  for (let page = 1; d3lay.length % 100 === 0 && page < 20; page++) {
    const users = (await asked(role, `/users?page=${page}&page_size=100`)) as readonly Wire[]
    d3lay.push(...users)
    if (users.length === 0) break
  }
  return {
    alvys: (await asked(role, '/api/p/v1/users/list')) as readonly Wire[],
    nameshield,
    d3lay,
    devrev,
    plaspy: ((await asked(role, '/api/users')) as { readonly users: readonly Wire[] }).users,
    rollcall: own.users,
  }
}

describe('a user as each dialect shows it', () => {
  for (const role of ['admin', 'reader', 'scoped'] as const) {
    it(`is byte for byte what the list of each dialect has for ${role}`, async () => {
      const shown = await lists(role)
      assert.deepEqual(Object.keys(shown), [...Object.keys(EXAMPLE_WIRE), 'rollcall'])
      for (const user of shown['rollcall'] ?? []) {
        const wire = (await asked(role, `/v1/users/${String(user['id'])}/wire`)) as Readonly<Record<string, Wire>>
        assert.deepEqual(Object.keys(wire), Object.keys(shown))
        for (const [name, object] of Object.entries(wire)) {
          const key = KEYS[name] ?? 'id'
          const listed = (shown[name] ?? []).find((one) => one[key] === object[key])
          assert.equal(JSON.stringify(object), JSON.stringify(listed), `${name} for ${role}`)
        }
      }
    })
  }

  it('has the members of its example', async () => {
    const wire = (await asked('admin', `/v1/users/${JANE}/wire`)) as Readonly<Record<string, Wire>>
    for (const [name, example] of Object.entries(EXAMPLE_WIRE)) {
      const optional = ['created_by', 'modified_by', 'updated_by', 'phone']
      const members = (value: object) => Object.keys(value).filter((member) => !optional.includes(member))
      assert.deepEqual(members(wire[name] ?? {}), members(example), name)
    }
  })
})
