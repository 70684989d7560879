import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { users } from '../../../test/arbitrary/user.ts'
import { STATUSES, type User } from '../../core/user.ts'
import { exampleUser } from './schema.ts'
import { renderUser, userNumber } from './user.ts'

const someone = users([1], 1)
  .filter(({ length }) => length > 0)
  .map(([user]) => ({ number: 7, revision: 1, ...user }) as User)

function wireOf(user: User): Record<string, unknown> {
  return JSON.parse(JSON.stringify(renderUser(user))) as Record<string, unknown>
}

describe('renderUser of Plaspy', () => {
  it('writes every member of the page in its order, whatever is null', () => {
    fc.assert(
      fc.property(someone, (user) => {
        assert.deepEqual(Object.keys(wireOf(user)), Object.keys(exampleUser))
      }),
    )
  })

  it('gives values as they are, and never a password', () => {
    fc.assert(
      fc.property(someone, (user) => {
        const wire = wireOf(user)
        assert.equal(wire['id'], `usr-${user.number}`)
        assert.equal(wire['name'], user.fullName)
        assert.equal(wire['email'], user.email)
        assert.equal(wire['disabledMessage'], user.statusReason)
        assert.deepEqual(Object.entries(wire['tags'] as object), Object.entries(user.tags))
        assert.deepEqual(wire['privileges'], user.permissions)
        assert.equal(wire['adminDevices'], user.adminDevices)
        assert.equal(wire['password'], null)
      }),
    )
  })

  it('says that all are disabled but active, onboarding and risky users', () => {
    const [user] = fc.sample(someone, 1)
    assert.ok(user)
    const enabled = STATUSES.filter((status) => wireOf({ ...user, status })['disabled'] === false)
    assert.deepEqual(enabled, ['active', 'onboarding', 'risky'])
  })

  it('writes moments in UTC without a fraction', () => {
    const [user] = fc.sample(someone, 1)
    assert.ok(user)
    const wire = wireOf({ ...user, validFrom: '2023-01-01T00:00:00.999Z', expiresAt: null })
    assert.equal(wire['from'], '2023-01-01T00:00:00Z')
    assert.equal(wire['expires'], null)
  })
})

describe('userNumber', () => {
  it('reads what renderUser writes, in any letter case, and the number alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 48 }), (number) => {
        for (const id of [`usr-${number}`, `USR-${number}`, String(number)]) assert.equal(userNumber(id), number)
      }),
    )
  })

  it('takes nothing else for an id', () => {
    for (const id of ['', 'usr-', 'usr-0', 'usr-01', '-1', '1.0', '1e3', 'usr-1 ', 'usr- 1', '٣', '9'.repeat(16)]) {
      assert.equal(userNumber(id), undefined, id)
    }
  })
})
