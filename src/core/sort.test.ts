import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { SORT_FIELDS, sort } from '../../test/arbitrary/query.ts'
import { runs } from '../../test/arbitrary/runs.ts'
import { users } from '../../test/arbitrary/user.ts'
import { sampleId, sampleUser } from '../../test/model/sample.ts'
import { compareUsers, nameKey, sortValue, type SortField, type SortKey } from './sort.ts'
import type { NewUser, User } from './user.ts'

const user = (n: number, changes: Partial<NewUser> = {}): User => ({
  ...sampleUser(n, changes),
  number: n,
  revision: 1,
})
const nobody = () => undefined
const by = (field: SortField, descending = false): SortKey => ({ field, descending })

function order(sort: readonly SortKey[], people: readonly User[]): readonly number[] {
  const byId = new Map(people.map((person) => [person.id, person]))
  return people.toSorted(compareUsers(sort, (id) => byId.get(id))).map(({ number }) => number)
}

describe('compareUsers', () => {
  it('orders by number without keys', () => {
    assert.deepEqual(order([], [user(3), user(1), user(2)]), [1, 2, 3])
  })

  it('orders texts on their keys by code point, capitals and marks aside', () => {
    const names = ['zoe', 'Émile', 'emil', '𐀀', '\uffff', 'ZOE1']
    assert.deepEqual(
      order(
        [by('familyName')],
        names.map((familyName, n) => user(n, { familyName })),
      ),
      [2, 1, 0, 5, 4, 3],
    )
  })

  it('puts nulls last in both directions', () => {
    const people = [user(1), user(2, { email: 'b@x' }), user(3, { email: 'a@x' })]
    assert.deepEqual(order([by('email')], people), [3, 2, 1])
    assert.deepEqual(order([by('email', true)], people), [2, 3, 1])
  })

  it('puts an empty text before others, and null after them', () => {
    const people = [user(1, { role: null }), user(2, { role: 'a' }), user(3, { role: '' })]
    assert.deepEqual(order([by('role')], people), [3, 2, 1])
  })

  it('breaks ties by id in the direction of the last key', () => {
    const people = [user(2), user(1), user(3)]
    assert.deepEqual(order([by('customerId')], people), [1, 2, 3])
    assert.deepEqual(order([by('customerId', true)], people), [3, 2, 1])
    assert.deepEqual(order([by('customerId', true), by('status')], people), [1, 2, 3])
  })

  it('orders words by their ranks where a key has some, and those without one last', () => {
    const statuses = ['suspended', 'locked', 'active', 'risky', 'inactive'] as const
    const people = statuses.map((status, n) => user(n, { status }))
    const ranks = [
      ['active', 'risky'],
      ['inactive', 'suspended'],
    ]
    assert.deepEqual(order([{ ...by('status'), ranks }], people), [2, 3, 0, 4, 1])
    assert.deepEqual(order([{ ...by('status', true), ranks }, by('number')], people), [1, 0, 4, 2, 3])
  })

  it('orders by the family, then the given name of the author', () => {
    const people = [
      user(1, { familyName: 'B', givenName: 'A' }),
      user(2, { familyName: 'A', givenName: 'B', createdBy: sampleId(1) }),
      user(3, { familyName: 'A', givenName: 'A', createdBy: sampleId(2) }),
      user(4, { familyName: 'AA', createdBy: sampleId(3) }),
      user(5, { createdBy: sampleId(4) }),
      user(6, { createdBy: sampleId(6) }),
    ]
    assert.deepEqual(order([by('createdByName')], people), [4, 3, 5, 2, 1, 6])
  })

  it('is an order: the same either way round, and one line for all of them', () => {
    fc.assert(
      fc.property(users([1, 2], 8), sort, (plans, sort) => {
        const people = plans.map((plan, index): User => ({ ...plan, number: index + 1, revision: 1 }))
        const byId = new Map(people.map((person) => [person.id, person]))
        const compare = compareUsers(sort, (id) => byId.get(id))
        for (const a of people) {
          for (const b of people) {
            assert.equal(Math.sign(compare(a, b)), 0 - Math.sign(compare(b, a)))
            if (a !== b) assert.notEqual(compare(a, b), 0)
            for (const c of people) if (compare(a, b) < 0 && compare(b, c) < 0) assert.ok(compare(a, c) < 0)
          }
        }
      }),
      runs(100),
    )
  })
})

describe('sortValue', () => {
  it('is the first phone for phone, and null without one', () => {
    assert.equal(sortValue('phone', user(1, { phones: ['B', 'A'] }), nobody), 'b')
    assert.equal(sortValue('phone', user(1), nobody), null)
  })

  it('is null for an author nobody knows', () => {
    assert.equal(sortValue('createdByName', user(1, { createdBy: sampleId(9) }), nobody), null)
    assert.equal(sortValue('updatedByName', user(1), nobody), null)
  })

  it('is defined for every field of every user', () => {
    fc.assert(
      fc.property(users([1], 3), (plans) => {
        for (const plan of plans) {
          for (const field of SORT_FIELDS)
            assert.notEqual(sortValue(field, { ...plan, number: 1, revision: 1 }, nobody), undefined)
        }
      }),
      runs(50),
    )
  })
})

describe('nameKey', () => {
  it('keeps a shorter family name before a longer one, whatever the given names', () => {
    const key = (familyName: string | null, givenName: string | null) => nameKey({ familyName, givenName }) ?? ''
    assert.ok(key('Li', 'Zoe') < key('Lia', 'Anna'))
    assert.ok(key('Li', null) < key('Li', 'Anna'))
    assert.ok(key(null, 'Zoe') < key('A', 'A'))
  })

  it('is null where neither name is known', () => {
    assert.equal(nameKey(undefined), null)
    assert.equal(nameKey({ familyName: null, givenName: null }), null)
  })
})
