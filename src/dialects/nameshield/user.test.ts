import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../test/arbitrary/runs.ts'
import { users } from '../../../test/arbitrary/user.ts'
import type { Person } from '../../core/directory.ts'
import type { User } from '../../core/user.ts'
import { offsetTime } from './offset-time.ts'
import { renderUser, SORT_FIELDS, USER_SCHEMA } from './user.ts'

const time = offsetTime('Europe/Paris')
const OFFSET_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/

function personOf({ id, number, givenName, familyName, fullName, displayName, userType }: User): Person {
  return { id, number, givenName, familyName, fullName, displayName, userType, user: null }
}

const directory = users([1234], 4, 1).map((made) =>
  made.map((user, index): User => ({ ...user, number: index + 1, revision: 1 })),
)

describe('A user of nameshield', () => {
  it('has every member in the order of the page, whoever it is', () => {
    fc.assert(
      fc.property(directory, fc.boolean(), (people, metadata) => {
        const authors = new Map(people.map((user) => [user.id, personOf(user)]))
        for (const user of people) {
          const wire = renderUser(user, { authors, metadata, time })
          assert.deepEqual(Object.keys(wire), Object.keys(USER_SCHEMA['properties'] as object))
          for (const date of [wire.created_at, wire.updated_at, wire.expires_at, wire.last_login_at]) {
            if (date !== null) assert.match(date, OFFSET_DATE)
          }
          assert.equal(wire.created_by?.id, metadata && user.createdBy !== null ? user.createdBy : undefined)
          assert.equal(wire.updated_by?.id, metadata && user.updatedBy !== null ? user.updatedBy : undefined)
          assert.deepEqual(JSON.parse(JSON.stringify(wire)), wire)
        }
      }),
      runs(200),
    )
  })

  it('names the person who created it, as far as that person is known', () => {
    const [user] = fc.sample(directory, { seed: 1, numRuns: 1 })[0] ?? []
    assert.ok(user)
    const createdBy = '7a1506b9-9ce4-43f9-a6f0-e94ef4252277'
    const person = { ...personOf(user), id: createdBy, givenName: 'Company', familyName: 'Administrator' }
    const known = renderUser({ ...user, createdBy }, { authors: new Map([[createdBy, person]]), metadata: true, time })
    assert.deepEqual(known.created_by, { id: createdBy, firstname: 'Company', lastname: 'Administrator' })
    const unknown = renderUser({ ...user, createdBy }, { authors: new Map(), metadata: true, time })
    assert.deepEqual(unknown.created_by, { id: createdBy, firstname: null, lastname: null })
  })

  it('shows the first of several phones', () => {
    const [user] = fc.sample(directory, { seed: 1, numRuns: 1 })[0] ?? []
    assert.ok(user)
    const context = { authors: new Map(), metadata: false, time }
    assert.equal(renderUser({ ...user, phones: ['+331', '+332'] }, context).phone, '+331')
    assert.equal(renderUser({ ...user, phones: [] }, context).phone, null)
  })

  it('can be sorted by each of its members', () => {
    assert.deepEqual(Object.keys(SORT_FIELDS), Object.keys(USER_SCHEMA['properties'] as object))
  })
})
