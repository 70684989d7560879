import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../test/arbitrary/runs.ts'
import { users } from '../../../test/arbitrary/user.ts'
import { customerTree } from '../../core/customer.ts'
import { LIVE } from '../../core/filter.ts'
import { matches } from '../../core/matches.ts'
import { compareUsers } from '../../core/sort.ts'
import type { User } from '../../core/user.ts'
import { renderUser, SORT_KEYS, statusFilter, typeFilter, USER_SCHEMA, WIRE_STATUSES, WIRE_TYPES } from './user.ts'

const directory = users([2000], 8, 1).map((made) =>
  made.map((user, index): User => ({ ...user, number: index + 1, revision: 1 })),
)
const tree = customerTree([], 1)

describe('A user of d3lay', () => {
  it('has the members of the page in their order, the authors only where they may be seen', () => {
    fc.assert(
      fc.property(directory, fc.boolean(), (people, metadata) => {
        for (const user of people) {
          const wire = renderUser(user, metadata)
          const members = Object.keys(USER_SCHEMA['properties'] as object).filter((name) => {
            if (name === 'created_by') return metadata && user.createdBy !== null
            if (name === 'updated_by') return metadata && user.updatedBy !== null
            return true
          })
          assert.deepEqual(Object.keys(wire), members)
          for (const date of [wire.created_at, wire.updated_at]) assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
          assert.equal(wire.email, user.email ?? '')
        }
      }),
      runs(200),
    )
  })

  it('is found by the status and type it is shown with, and by no other', () => {
    fc.assert(
      fc.property(directory, (people) => {
        for (const user of people) {
          if (!matches(LIVE, user, tree)) continue
          const { status, user_type } = renderUser(user, false)
          const statuses = WIRE_STATUSES.filter((word) => matches(statusFilter(word), user, tree))
          const types = WIRE_TYPES.filter((word) => matches(typeFilter(word), user, tree))
          assert.deepEqual([statuses, types], [[status], [user_type]])
        }
      }),
      runs(300),
    )
  })

  it('is ordered by the words it is shown with', () => {
    fc.assert(
      fc.property(directory, fc.constantFrom('user_type', 'status'), fc.boolean(), (people, name, descending) => {
        const live = people.filter((user) => matches(LIVE, user, tree))
        const sorted = live.toSorted(compareUsers([{ ...SORT_KEYS[name], descending }], () => undefined))
        const shown = sorted.map((user) => `${renderUser(user, false)[name]} ${user.id}`)
        assert.deepEqual(shown, descending ? shown.toSorted().reverse() : shown.toSorted())
      }),
      runs(300),
    )
  })

  it('can be sorted by each of its members', () => {
    assert.deepEqual(Object.keys(SORT_KEYS), Object.keys(USER_SCHEMA['properties'] as object))
  })
})
