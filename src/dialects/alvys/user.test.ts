import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { customerTree } from '../../core/customer.ts'
import { STATUSES, USER_TYPES, type User } from '../../core/user.ts'
import { users } from '../../../test/arbitrary/user.ts'
import { renderUser } from './user.ts'

const CUSTOMERS = customerTree(
  [1, 2].map((id) => ({ id, code: `code-${id}`, name: '', parentId: null, createdAt: '', updatedAt: '', revision: 1 })),
  1,
)

const someone = users([1, 2], 1)
  .filter(({ length }) => length > 0)
  .map(([user]) => ({ number: 7, revision: 1, ...user }) as User)

// In the order of the page, with the members that may be absent.
const MEMBERS = [
  'id', 'userName', 'name', 'email', 'userType', 'role', 'phone', 'companyCode', 'status', 'permissions', 'createdAt',
  'modifiedAt',
] // prettier-ignore

function wireOf(user: User, fieldCase: 'camel' | 'pascal' = 'camel'): Record<string, unknown> {
  return JSON.parse(JSON.stringify(renderUser(user, CUSTOMERS, fieldCase))) as Record<string, unknown>
}

describe('renderUser of Alvys', () => {
  it('writes the members of the page in its order, and leaves out what is absent', () => {
    fc.assert(
      fc.property(someone, (user) => {
        const absent = { email: user.email, role: user.role, phone: user.phones[0] ?? null }
        const expected = MEMBERS.filter((name) => absent[name as keyof typeof absent] !== null)
        assert.deepEqual(Object.keys(wireOf(user)), expected)
      }),
    )
  })

  it('changes nothing but the letter case of names in Pascal case', () => {
    fc.assert(
      fc.property(someone, (user) => {
        const expected = Object.entries(wireOf(user)).map(([name, value]) => [
          name.charAt(0).toUpperCase() + name.slice(1),
          value,
        ])
        assert.deepEqual(Object.entries(wireOf(user, 'pascal')), expected)
      }),
    )
  })

  it('gives texts, permissions and the code of the customer as they are', () => {
    fc.assert(
      fc.property(someone, (user) => {
        const wire = wireOf(user)
        assert.equal(wire['userName'], user.identifier)
        assert.equal(wire['name'], user.fullName)
        assert.equal(wire['email'], user.email ?? undefined)
        assert.equal(wire['companyCode'], `code-${user.customerId}`)
        assert.deepEqual(wire['permissions'], user.permissions)
      }),
    )
  })

  it('has a word for every status and type', () => {
    const [user] = fc.sample(someone, 1)
    assert.ok(user)
    assert.deepEqual(
      STATUSES.map((status) => wireOf({ ...user, status })['status']),
      ['Active', 'Active', 'Inactive', 'Disabled', 'Active', 'Disabled', 'Deleted'],
    )
    assert.deepEqual(
      USER_TYPES.map((userType) => wireOf({ ...user, userType })['userType']),
      ['Internal', 'Internal', 'External'],
    )
  })

  it('writes moments in UTC without a fraction', () => {
    const [user] = fc.sample(someone, 1)
    assert.ok(user)
    const wire = wireOf({ ...user, createdAt: '2024-04-02T08:42:31.999Z', updatedAt: '0001-01-01T00:00:00.000Z' })
    assert.equal(wire['createdAt'], '2024-04-02T08:42:31Z')
    assert.equal(wire['modifiedAt'], '0001-01-01T00:00:00Z')
  })
})
