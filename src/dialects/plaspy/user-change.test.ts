import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { users } from '../../../test/arbitrary/user.ts'
import { changedUser } from '../../core/draft.ts'
import { DirectoryError } from '../../core/error.ts'
import { STATUSES, type User } from '../../core/user.ts'
import { renderUser } from './user.ts'
import { userShape } from './user-body.ts'
import { createdBy, patchedBy, replacedBy } from './user-change.ts'

const someone = users([1], 1)
  .filter(({ length }) => length > 0)
  .map(([user]) => ({ number: 7, revision: 1, ...user }) as User)
const [ANYONE] = fc.sample(someone, { numRuns: 1, seed: 1 })
assert.ok(ANYONE)
const JOHN: User = {
  ...ANYONE,
  fullName: 'John Doe',
  identifier: 'JOHN@example.com',
  email: 'john@example.com',
  country: 'US',
  timeZone: 'America/New_York',
  description: 'Admin',
  message: null,
  status: 'active',
  statusReason: null,
  group: 'Admins',
  deviceId: 'dev-1',
  adminDevices: 5,
  expiresAt: null,
  tags: { role: 'admin' },
  permissions: ['read', 'write'],
  validFrom: '2023-01-01T00:00:00.123Z',
}
const REQUIRED = { name: 'John Doe', email: 'john@example.com', country: 'US', timeZone: 'America/New_York' }

function definedOf(draft: object): object {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined))
}

const read = (body: unknown) => userShape.read(body, '')

describe('a POST of Plaspy', () => {
  it('becomes a draft in the words of the core, and a password beside it', () => {
    const { draft, password } = createdBy(
      read({
        ...REQUIRED,
        disabled: true,
        disabledMessage: 'Left',
        privileges: ['read'],
        from: '2023-01-01T01:00:00+01:00',
        password: 's3cret',
      }),
    )
    assert.deepEqual(definedOf(draft), {
      fullName: 'John Doe',
      email: 'john@example.com',
      country: 'US',
      timeZone: 'America/New_York',
      status: 'inactive',
      statusReason: 'Left',
      permissions: ['read'],
      validFrom: '2023-01-01T00:00:00.000Z',
    })
    assert.equal(password, 's3cret')
  })

  it('says nothing of what was not sent, or is kept by the server', () => {
    const { draft, password } = createdBy(read({ ...REQUIRED, id: 'usr-1', creation: 7, apiUsage: 1, password: null }))
    assert.deepEqual(Object.keys(definedOf(draft)), ['fullName', 'email', 'country', 'timeZone'])
    assert.equal(password, undefined)
  })
})

describe('a PUT of Plaspy', () => {
  it('puts what is absent back to its default, but not disabled and password', () => {
    for (const status of STATUSES) {
      const { draft, password } = replacedBy(read(REQUIRED), { ...JOHN, status })
      assert.equal(draft.status, undefined)
      assert.equal(password, undefined)
      assert.equal(draft.description, null)
      assert.deepEqual(draft.tags, {})
      assert.deepEqual(draft.permissions, [])
    }
  })

  it('keeps the status a user has among those that mean the same', () => {
    const after = (status: User['status'], disabled: boolean) =>
      replacedBy(read({ ...REQUIRED, disabled }), { ...JOHN, status }).draft.status ?? status
    assert.deepEqual(
      STATUSES.map((status) => after(status, true)),
      ['inactive', 'inactive', 'inactive', 'suspended', 'inactive', 'locked', 'deleted'],
    )
    assert.deepEqual(
      STATUSES.map((status) => after(status, false)),
      ['active', 'onboarding', 'active', 'active', 'risky', 'active', 'active'],
    )
  })

  it('lets an identifier that is the e-mail address follow it, and no other', () => {
    const moved = { ...REQUIRED, email: 'new@example.com' }
    assert.equal(replacedBy(read(moved), JOHN).draft.identifier, 'new@example.com')
    assert.equal(replacedBy(read(moved), { ...JOHN, identifier: 'john' }).draft.identifier, undefined)
  })

  it('changes nothing when an answer comes back as it was', () => {
    const answer = { success: true, apiUsage: 1, apiDailyUsage: 1, ...renderUser(JOHN) }
    const { draft, password } = replacedBy(read(answer), JOHN)
    const { updatedAt, ...after } = changedUser(JOHN, draft, '2026-01-01T00:00:00.000Z', null) ?? JOHN
    assert.equal(updatedAt, JOHN.updatedAt)
    assert.equal(after.validFrom, '2023-01-01T00:00:00.123Z')
    assert.equal(password, undefined)
  })
})

describe('a PATCH of Plaspy', () => {
  it('says only what it changes', () => {
    const { draft, password } = patchedBy(
      [
        { op: 'replace', path: '/name', value: 'Johnny' },
        { op: 'remove', path: '/description' },
        { op: 'add', path: '/privileges/-', value: 'run' },
        { op: 'remove', path: '/tags' },
        { op: 'replace', path: '/password', value: 'n3w' },
        { op: 'replace', path: '/country', value: 'US' },
      ],
      JOHN,
    )
    assert.deepEqual(definedOf(draft), {
      fullName: 'Johnny',
      description: null,
      tags: {},
      permissions: ['read', 'write', 'run'],
    })
    assert.equal(password, 'n3w')
  })

  it('changes nothing without operations, whoever the user is', () => {
    fc.assert(
      fc.property(someone, (user) => {
        assert.deepEqual(definedOf(patchedBy([], user).draft), {})
      }),
    )
  })

  it('changes what it can of a user that lacks what Plaspy requires', () => {
    const user: User = { ...JOHN, email: null, country: null, timeZone: 'Nowhere' }
    const { draft } = patchedBy([{ op: 'replace', path: '/group', value: 'Ops' }], user)
    assert.deepEqual(definedOf(draft), { group: 'Ops' })
  })

  it('refuses members that do not exist, are kept by the server or would be wrong, in the words of the vendor', () => {
    const refused: readonly (readonly [object, RegExp])[] = [
      [{ op: 'add', path: '/nickname', value: 'x' }, /no member nickname/],
      [{ op: 'add', path: '/__proto__', value: {} }, /no member __proto__/],
      [{ op: 'replace', path: '/id', value: 'usr-1' }, /id is kept/],
      [{ op: 'remove', path: '/creation' }, /creation is kept/],
      [{ op: 'remove', path: '/email' }, /email must be of type string/],
      [{ op: 'remove', path: '/disabled' }, /disabled must be of type boolean/],
      [{ op: 'replace', path: '/tags/role', value: 1 }, /tags\.role must be of type string/],
      [{ op: 'replace', path: '', value: [] }, /must stay an object/],
    ]
    for (const [operation, message] of refused) {
      assert.throws(
        () => patchedBy([operation], JOHN),
        (error) =>
          error instanceof DirectoryError &&
          error.message.startsWith('Invalid patch operation: ') &&
          message.test(error.message),
      )
    }
  })
})
