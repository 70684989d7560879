import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { viewFrom } from '../../console/src/pages/users/address/address.ts'
import { sortedBy, sortFrom, sortText } from '../../console/src/pages/users/address/sort.ts'
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
      viewQueryOf({ q: 'jane', sort: 'role', user: 'x', tab: 'json', new: 'yes' }, ['fullName', 'role']),
      query,
    )
    assert.equal(viewQueryOf({ sort: 'role', columns: 'role', q: 'jane', tree: 'hidden' }, ['fullName', 'role']), query)
  })

  it('says what in it cannot be understood', () => {
    assert.match(viewFrom({ filter: 'surname eq "x"' }, null, true).fault ?? '', /There is no field surname/)
    assert.match(viewFrom({ q: 'status:gone' }, null, true).fault ?? '', /status is one of/)
  })

  it('names columns, else those one likes, and none the caller may not see', () => {
    assert.deepEqual(viewFrom({ columns: 'email,nonsense,email,id' }, ['role'], true).columns, ['email', 'id'])
    assert.deepEqual(viewFrom({}, ['role'], true).columns, ['role'])
    assert.deepEqual(viewFrom({}, null, true).columns, DEFAULT_COLUMNS)
    assert.deepEqual(viewFrom({ columns: 'createdBy,role' }, null, false).columns, ['role'])
  })

  it('sorts by a column upwards, downwards, then no longer; more of them where they are added', () => {
    const steps = (...clicks: readonly (readonly [string, boolean])[]) =>
      clicks.reduce((sort, [field, isAdded]) => sortedBy(sort, field, isAdded), sortFrom('')).map(sortText)
    assert.deepEqual(steps(['role', false]), ['role'])
    assert.deepEqual(steps(['role', false], ['role', false]), ['role:desc'])
    assert.deepEqual(steps(['role', false], ['role', false], ['role', false]), [])
    assert.deepEqual(steps(['role', false], ['email', true], ['role', true]), ['role:desc', 'email'])
    assert.deepEqual(steps(['role', false], ['email', true], ['group', false]), ['group'])
    assert.deepEqual(sortFrom('role:desc,tags,role,phone').map(sortText), ['role:desc', 'phone'])
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
