import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { View } from '../../core/directory.ts'
import { FIELDS } from '../../core/field.ts'
import { all, equal, LIVE } from '../../core/filter.ts'
import { operator } from '../../core/principal.ts'
import { STATUSES, USER_TYPES, type User } from '../../core/user.ts'
import { openStore } from '../../storage/index.ts'
import { directoryOver } from '../folder/opened-directory.ts'
import { layFoundation } from '../folder/foundation.ts'
import { DEMO_USERS_MIN, fillDemo } from './index.ts'

async function filled(users: number): Promise<View> {
  const view = await empty()
  await fillDemo(view, { users })
  return view
}

async function empty(): Promise<View> {
  const store = await openStore('sqlite::memory:')
  return directoryOver(store, new Uint8Array(32)).as(operator(1))
}

async function everybody(view: View): Promise<readonly User[]> {
  const users: User[] = []
  for (let offset = 0; ; offset += 1000) {
    const page = await view.users({ page: { offset, limit: 1000 }, includeDeleted: true })
    users.push(...page.users)
    if (page.users.length < 1000) return users
  }
}

// The revision is the store's, the rest is the demo's.
function fingerprint(users: readonly User[]): string {
  const facts = users.map(({ revision: _, ...user }) => JSON.stringify(user))
  return createHash('sha256').update(facts.join('\n')).digest('hex')
}

describe('the demo', () => {
  it('is the same every time', async () => {
    const [a, b] = [await everybody(await filled(300)), await everybody(await filled(300))]
    assert.equal(a.length, 300)
    assert.equal(fingerprint(a), fingerprint(b))
  })

  it('begins with all of a smaller one, also where there is a first administrator', async () => {
    const small = await everybody(await filled(DEMO_USERS_MIN))
    const view = await empty()
    await layFoundation(view)
    await fillDemo(view, { users: 1500 })
    const [first, ...large] = await everybody(view)
    assert.equal(first?.identifier, 'admin')
    assert.equal(large.length, 1500)
    assert.equal(fingerprint(large.slice(0, small.length)), fingerprint(small))
  })

  it('has every status and type, and nulls in every field that may be null', async () => {
    const users = await everybody(await filled(DEMO_USERS_MIN))
    for (const status of STATUSES)
      assert.ok(
        users.some((user) => user.status === status),
        status,
      )
    for (const type of USER_TYPES)
      assert.ok(
        users.some((user) => user.userType === type),
        type,
      )
    const bare = users.find(({ identifier }) => identifier === 'only-an-identifier')
    const nulls = Object.entries(bare ?? {}).filter(([, value]) => value === null)
    assert.equal(nulls.length, Object.values(FIELDS).filter(({ nullable }) => nullable).length + 1)
  })

  it('has customers at least three levels deep below the root it names', async () => {
    const tree = await (await filled(DEMO_USERS_MIN)).customers()
    assert.deepEqual([tree.get(1)?.code, tree.get(1)?.name], ['demo', 'Rollcall Demo'])
    assert.deepEqual([tree.get(1236)?.parentId, tree.get(1235)?.parentId, tree.get(1234)?.parentId], [1235, 1234, 1])
    assert.deepEqual([tree.get(2001)?.parentId, tree.get(2000)?.parentId], [2000, 1])
    assert.equal(tree.get(1234)?.name, 'Company')
  })

  it('has the people of the published examples: nine in Company, Jane and John third and fourth from the end', async () => {
    const view = await filled(2000)
    const company = await view.users({
      filter: { kind: 'subtree', customerId: 1234 },
      sort: [{ field: 'givenName', descending: true }],
      page: { offset: 2, limit: 2 },
      total: true,
    })
    assert.equal(company.total, 9)
    assert.deepEqual(
      company.users.map(({ fullName }) => fullName),
      ['John Doe', 'Jane Doe'],
    )
    const plaspy = await view.user({ number: 12_345 })
    assert.deepEqual([plaspy.email, plaspy.country, plaspy.deviceId], ['john.doe@example.com', 'USA', 'dev-67890'])
    const ben = await view.user({ identifier: 'ben' })
    assert.deepEqual([ben.id, ben.email], ['d4add56e-c345-4ac9-b392-7a890a60559a', 'ben@example.com'])
    assert.equal(ben.createdBy, '98d91cd7-860d-4869-937a-5af32eff2f4a')
  })

  it('continues the numbers after the one that is given', async () => {
    const numbers = (await everybody(await filled(DEMO_USERS_MIN + 2))).map(({ number }) => number)
    assert.deepEqual(numbers.slice(-3), [12_345, 12_346, 12_347])
  })

  it('fills only an empty directory, and says so', async () => {
    const view = await filled(DEMO_USERS_MIN)
    await assert.rejects(fillDemo(view, { users: 100 }), /already has \d+ users/)
    const live = await view.users({
      filter: all(LIVE, equal('customerId', 1)),
      page: { offset: 0, limit: 1 },
      total: true,
    })
    assert.ok((live.total ?? 0) > 0)
  })

  it('tells how far it is', async () => {
    const told: number[] = []
    await fillDemo(await empty(), { users: 2500, progress: (written) => told.push(written) })
    assert.deepEqual(told, [1000, 2000, 2500])
  })
})
