import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { viewFrom } from '../../console/src/pages/users/address/address.ts'
import { sortFrom, sortText } from '../../console/src/pages/users/address/sort.ts'
import { DEFAULT_COLUMNS, FIELDS } from '../../console/src/directory/user-fields.ts'
import { pieceAt, suggestionsFor, withSuggestion } from '../../console/src/pages/users/search/suggestions.ts'
import { viewQueryOf } from '../../console/src/pages/users/views/view-query.ts'
import { FIELDS as CORE_FIELDS } from '../../src/core/field.ts'

describe('The address of the users page', () => {
  it('says all that the list is asked with', () => {
    const { query, fault } = viewFrom(
      {
        q: 'jane role:Driver familyName:M*ll*r',
        filter: 'status eq "active" or status eq "locked"',
        sort: 'familyName:desc,givenName',
        customer: '1234',
        deleted: 'yes',
        user: 'x',
      },
      null,
      true,
    )
    assert.equal(fault, null)
    assert.deepEqual(query, {
      filter: '(status eq "active" or status eq "locked") and role eq "Driver"',
      search: 'jane',
      familyName: 'M*ll*r',
      customerId: 1234,
      includeSubsidiaries: true,
      includeDeleted: true,
      sort: ['familyName:desc', 'givenName'],
    })
    assert.deepEqual(viewFrom({ customer: '1234', subsidiaries: 'no' }, null, true).query, { customerId: 1234 })
  })

  it('is kept as a view with its columns and without who is open, whatever was chosen first', () => {
    const query = 'columns=fullName%2Crole&q=jane&sort=role'
    assert.equal(
      viewQueryOf({ q: 'jane', sort: 'role', user: 'x', tab: 'json', new: 'yes', row: '9', active: '10' }, [
        'fullName',
        'role',
      ]),
      query,
    )
    assert.equal(viewQueryOf({ sort: 'role', columns: 'role', q: 'jane', tree: 'hidden' }, ['fullName', 'role']), query)
  })

  it('says what in it cannot be understood', () => {
    assert.match(viewFrom({ filter: 'surname eq "x"' }, null, true).fault ?? '', /There is no field surname/)
    assert.match(viewFrom({ q: 'status:gone' }, null, true).fault ?? '', /status is one of/)
    const faults: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
      [{ sort: 'nonsense' }, 'The sort in the address: users cannot be sorted by nonsense.'],
      [{ sort: 'role,tags' }, 'The sort in the address: users cannot be sorted by tags.'],
      [{ sort: 'role:down' }, 'The sort in the address: role is sorted asc or desc, not down.'],
      [{ sort: 'role:desc:asc' }, 'The sort in the address: role is sorted asc or desc, not desc:asc.'],
      [{ sort: 'role,' }, 'The sort in the address: users cannot be sorted by nothing.'],
      [{ sort: 'role,'.repeat(8) + 'role' }, 'The sort in the address: a list is sorted by at most 8 fields.'],
      [{ columns: 'role,foo' }, 'The columns in the address: there is no column foo.'],
      [{ customer: 'abc' }, 'The customer in the address: abc is not the number of a customer.'],
      [{ deleted: 'maybe' }, 'The deleted in the address: it is yes or no, not maybe.'],
      [{ subsidiaries: 'some' }, 'The subsidiaries in the address: it is yes or no, not some.'],
      [{ row: '0' }, 'The row in the address: 0 is not the number of a row.'],
      [{ active: '10000001' }, 'The active in the address: 10000001 is not the number of a row.'],
      [{ status: 'locked' }, 'The address: there is no status to a list of users.'],
    ]
    for (const [search, fault] of faults) assert.equal(viewFrom(search, null, true).fault, fault)
    const whole = { sort: 'role:asc,phone:desc', columns: 'usual', customer: '', deleted: 'no', subsidiaries: 'yes' }
    assert.equal(viewFrom({ ...whole, row: '10000000', active: '1', tree: 'hidden' }, null, true).fault, null)
  })

  it('names columns, else those one likes, and none the caller may not see', () => {
    assert.deepEqual(viewFrom({ columns: 'email,nonsense,email,id' }, ['role'], true).columns, ['email', 'id'])
    assert.deepEqual(viewFrom({}, ['role'], true).columns, ['role'])
    assert.deepEqual(viewFrom({}, null, true).columns, DEFAULT_COLUMNS)
    assert.deepEqual(viewFrom({ columns: 'createdBy,role' }, null, false).columns, ['role'])
    assert.equal(viewFrom({ columns: 'createdBy,role' }, null, false).fault, null)
    assert.deepEqual(viewFrom({ columns: 'usual' }, ['role'], true).columns, DEFAULT_COLUMNS)
    assert.deepEqual(viewFrom({ columns: 'own' }, ['role'], true).columns, ['role'])
  })

  it('says by what a list is sorted as the server does, each key once', () => {
    assert.deepEqual(sortFrom('role:desc,tags,role,phone').map(sortText), ['role:desc', 'phone'])
    assert.deepEqual(sortFrom('createdByName:desc'), [{ id: 'createdBy', desc: true }])
    for (const { sortBy } of FIELDS.values()) {
      if (sortBy !== null) assert.deepEqual(sortFrom(`${sortBy}:desc`).map(sortText), [`${sortBy}:desc`])
    }
  })

  it('knows every field of the directory, and compares it as the directory does', () => {
    const named = (fields: Iterable<readonly [string, { readonly kind: string; readonly nullable?: boolean }]>) =>
      [...fields].map(([name, { kind }]) => `${name} ${kind}`).sort()
    assert.deepEqual(named(FIELDS), named(Object.entries(CORE_FIELDS)))
  })
})

describe('Suggestions of the search box', () => {
  const customers = [{ id: 1234, name: 'Company' }]
  const suggested = (text: string, caret = text.length) =>
    suggestionsFor(pieceAt(text, caret), customers, false).map((one) => one.text)

  it('are fields and values of the word under the caret', () => {
    assert.deepEqual(suggested('jane giv'), ['givenName:'])
    assert.deepEqual(suggested('-sta'), ['-status:', '-statusReason:'])
    assert.deepEqual(suggested('status:act'), ['status:active'])
    assert.deepEqual(suggested('status:active,lo'), ['status:active,locked'])
    assert.deepEqual(suggested('customer:comp'), ['customer:1234'])
    assert.deepEqual(suggested('no:givenN'), ['no:givenName'])
    assert.deepEqual(suggested('jane '), [])
    assert.deepEqual(suggested('createdB'), [])
  })

  it('take the place of that word and leave the rest', () => {
    const text = 'sta jane'
    const piece = pieceAt(text, 2)
    assert.ok(piece)
    assert.deepEqual(withSuggestion(text, piece, { text: 'status:', about: '', isWhole: false }), {
      text: 'status: jane',
      caret: 7,
    })
  })
})
