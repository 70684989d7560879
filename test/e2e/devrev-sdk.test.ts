import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { client, publicSDK } from '@devrev/typescript-sdk'
import { operator } from '../../src/core/principal.ts'
import { startRollcall, type Rollcall } from '../harness.ts'
import type { Role } from '../seed.ts'

const { ListMode } = publicSDK
type Page = publicSDK.SysUsersListResponse
type Sdk = ReturnType<typeof client.setup>
type Query = NonNullable<Parameters<Sdk['sysUsersList']>[0]>

// The two ways the client has of asking for a page. It writes its own form of lists into the query it is given.
const METHODS = {
  sysUsersList: (sdk: Sdk, query: Query) => sdk.sysUsersList({ ...query }),
  sysUsersListPost: (sdk: Sdk, query: Query) => sdk.sysUsersListPost(query),
} as const

let server: Rollcall
before(async () => void (server = await startRollcall()))
after(() => server.stop())

function sdkAs(role: Role): Sdk {
  return client.setup({ endpoint: server.url, token: server.tokens[role]?.secret ?? '' })
}

/** Everybody on all pages in the order of the list, walked by `next_cursor` or by `prev_cursor` from the end. */
async function walk(
  ask: (query: Query) => Promise<{ data: Page }>,
  query: Query,
  mode: publicSDK.ListMode,
  between: () => Promise<void> = () => Promise.resolve(),
) {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const { data } = await ask({ ...query, mode, ...(cursor === undefined ? {} : { cursor }) })
    const page = data.sys_users.map(({ id }) => id)
    if (mode === ListMode.After) ids.push(...page)
    else ids.unshift(...page)
    cursor = mode === ListMode.After ? data.next_cursor : data.prev_cursor
    await between()
  } while (cursor !== undefined)
  return ids
}

async function everybody(): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const users of server.directory.as(operator(1)).stream()) {
    ids.push(...users.map(({ number }) => `don:identity:dvrv-us-1:devo/rollcall:sysu/${number}`))
  }
  return ids
}

async function refusal(work: Promise<unknown>): Promise<{ status: number; data: Record<string, unknown> }> {
  const error = (await assert.rejects(work).then(() => work.catch((one: unknown) => one))) as {
    response: { status: number; data: Record<string, unknown> }
  }
  return error.response
}

describe('the official DevRev client, unchanged', () => {
  for (const [name, method] of Object.entries(METHODS)) {
    const ask = (query: Query) => method(sdkAs('admin'), query)

    it(`${name} gives users with the members its types promise`, async () => {
      const { status, data } = await ask({ limit: 100 })
      assert.equal(status, 200)
      assert.equal(data.sys_users.length, 100)
      const priya = data.sys_users.find(({ display_id }) => display_id === 'SYSU-19')
      assert.equal(priya?.display_name, 'priya-oncall')
      assert.equal(priya.state, publicSDK.UserState.Active)
      assert.equal(priya.created_by?.type, publicSDK.UserType.DevUser)
      assert.equal(priya.primary_identity?.id, 'don:identity:dvrv-us-1:devo/rollcall:sysu/18')
      assert.equal(priya.display_picture?.file?.size, 4096)
      assert.deepEqual(priya.phone_numbers, ['+14155550199'])
    })

    for (const sort_by of [[], ['full_name'], ['state:desc', 'display_name', 'created_date:desc'], ['email:asc']]) {
      it(`${name} walks every user once, forwards and backwards, by ${sort_by.join() || 'creation'}`, async () => {
        const expected = await everybody()
        const forwards = await walk(ask, { sort_by, limit: 17 }, ListMode.After)
        assert.deepEqual(forwards.toSorted(), expected.toSorted())
        assert.deepEqual(await walk(ask, { sort_by, limit: 23 }, ListMode.Before), forwards)
        if (sort_by.length === 0) assert.deepEqual(forwards, expected)
      })
    }

    it(`${name} sorts by several fields, each in its direction`, async () => {
      const { data } = await ask({ limit: 100, sort_by: ['state:desc', 'created_date'] })
      const keys = data.sys_users.map(({ state = '', created_date = '' }) => ({ state, created_date }))
      const sorted = keys.toSorted((a, b) => -compare(a.state, b.state) || compare(a.created_date, b.created_date))
      assert.deepEqual(keys, sorted)
      assert(new Set(keys.map(({ state }) => state)).size > 1)
    })

    it(`${name} is told what is wrong with a request`, async () => {
      const { status, data } = await refusal(ask({ limit: 1000 }))
      assert.equal(status, 400)
      assert.equal(data['type'], publicSDK.ErrorBadRequestType.ValueNotPermitted)
      assert.equal(data['field_name'], 'limit')
      const sort = await refusal(ask({ sort_by: ['password'] }))
      assert.equal(sort.data['type'], publicSDK.ErrorBadRequestType.InvalidField)
      const cursor = await refusal(ask({ cursor: 'AAAA' }))
      assert.deepEqual([cursor.status, cursor.data['field_name']], [400, 'cursor'])
    })

    it(`${name} is refused to a caller without a token, or without permission`, async () => {
      const none = await refusal(method(sdkAs('none'), {}))
      assert.deepEqual([none.status, none.data['type']], [401, publicSDK.ErrorUnauthorizedType.Unauthenticated])
      const expired = await refusal(method(sdkAs('expired'), {}))
      assert.deepEqual([expired.status, expired.data['type']], [401, publicSDK.ErrorUnauthorizedType.TokenExpired])
      const powerless = await refusal(method(sdkAs('powerless'), {}))
      assert.deepEqual([powerless.status, powerless.data['type']], [403, publicSDK.ErrorForbiddenType.Forbidden])
    })
  }

  for (const mode of [ListMode.After, ListMode.Before]) {
    it(`users who stay are walked once while others come and go, ${mode} the cursor`, async () => {
      const view = server.directory.as(operator(1))
      const stable = await everybody()
      const names = ['aaa', 'mmm', 'zzz', '李', 'Émile']
      let passing: string[] = []
      let written = 0
      const comeAndGo = async () => {
        for (const id of passing) await view.deleteUser(id)
        passing = []
        for (const fullName of names) {
          passing.push((await view.createUser({ identifier: `${mode}-${written++}`, fullName })).id)
        }
      }
      const walked = await walk(
        (query) => sdkAs('admin').sysUsersList(query),
        { sort_by: ['full_name'], limit: 7 },
        mode,
        comeAndGo,
      )
      const known = new Set(stable)
      assert.deepEqual(walked.filter((id) => known.has(id)).toSorted(), stable.toSorted())
      assert.equal(new Set(walked).size, walked.length)
      for (const id of passing) await view.deleteUser(id)
    })
  }

  it('sysUsersUpdate changes a user, and the next list shows it', async () => {
    const sdk = sdkAs('writer')
    const { data } = await sdk.sysUsersUpdate({ id: 'SYSU-3', display_name: 'Jane', full_name: 'Jane Roe' })
    assert.equal(data.sys_user.full_name, 'Jane Roe')
    const { data: latest } = await sdk.sysUsersList({ sort_by: ['modified_date:desc'], limit: 1 })
    assert.deepEqual(latest.sys_users, [data.sys_user])
  })

  it('sysUsersUpdate of nobody is not found', async () => {
    const { status, data } = await refusal(sdkAs('writer').sysUsersUpdate({ id: 'SYSU-987654' }))
    assert.deepEqual([status, data['type']], [404, publicSDK.ErrorNotFoundType.NotFound])
  })

  it('the beta client is answered as well', async () => {
    const { data } = await client
      .setupBeta({ endpoint: server.url, token: server.tokens.reader?.secret ?? '' })
      .sysUsersList({ sort_by: ['email'], limit: 3 })
    assert.equal(data.sys_users.length, 3)
  })
})

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
