import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError } from '../../core/error.ts'
import { all, ANY, equal, type Filter } from '../../core/filter.ts'
import type { Permission, Principal } from '../../core/principal.ts'
import type { QueryPair } from '../dialect.ts'
import { parseList } from './list-question.ts'

function caller(...permissions: Permission[]): Principal {
  return {
    tokenId: '',
    userId: null,
    customerId: 1234,
    permissions: new Set(permissions),
    scope: 'all',
    expiresAt: null,
  }
}

const reader = caller('users:read')
const metadata = caller('users:read', 'users:read-metadata')
const below: Filter = { kind: 'subtree', customerId: 1234 }

function refusal(query: readonly QueryPair[], principal = reader): DirectoryError {
  try {
    parseList(query, principal)
  } catch (error) {
    if (error instanceof DirectoryError) return error
    throw error
  }
  return assert.fail('It was not refused.')
}

describe('A query of nameshield', () => {
  it('asks for the customer of the caller and all below it unless it says otherwise', () => {
    const { parameters, customerId, request } = parseList([], reader)
    assert.equal(customerId, 1234)
    assert.deepEqual(request, { filter: below, sort: [] })
    assert.deepEqual(
      [parameters.include_subsidiaries, parameters.limit, parameters.offset, parameters['sort[]']],
      [true, 100, 0, []],
    )
  })

  it('asks for one customer alone without its subsidiaries', () => {
    const { request } = parseList([['customer_id', '7'], ['include_subsidiaries', '0']], reader) // prettier-ignore
    assert.deepEqual(request.filter, equal('customerId', 7))
  })

  it('turns every * into any run of characters and nothing else into anything', () => {
    const { request } = parseList([['firstname', '**a%*_'], ['id', '5ec2*']], metadata) // prettier-ignore
    const expected = all(
      below,
      { kind: 'text', field: 'id', parts: ['5ec2', ANY] },
      { kind: 'text', field: 'givenName', parts: [ANY, 'a%', ANY, '_'] },
    )
    assert.deepEqual(request.filter, expected)
  })

  it('sorts by names where it says created_by, however the brackets are written', () => {
    const query: readonly QueryPair[] = [['sort', 'created_by:desc'], ['sort[]', 'phone'], ['sort[2]', 'id:asc']] // prettier-ignore
    const { request, parameters } = parseList(query, metadata)
    assert.deepEqual(request.sort, [
      { field: 'createdByName', descending: true },
      { field: 'phone', descending: false },
      { field: 'id', descending: false },
    ])
    assert.deepEqual(parameters['sort[]'], ['created_by:desc', 'phone', 'id:asc'])
  })

  it('refuses to filter or sort by authors for callers who may not see them, naming parameter and permission', () => {
    const queries = [
      ['created_by', '*'],
      ['updated_by', 'x'],
      ['sort[]', 'created_by'],
      ['sort[]', 'updated_by:desc'],
    ] as const
    for (const [name, value] of queries) {
      const error = refusal([[name, value]])
      assert.deepEqual(
        [error.code, error.permission, error.where.name],
        ['forbidden', 'users:read-metadata', name],
        `${name}=${value}`,
      )
      parseList([[name, value]], metadata)
    }
  })

  it('refuses what no user has or no list takes, naming the parameter', () => {
    const queries = [
      ['limit', '0'],
      ['limit', '501'],
      ['limit', ' 5'],
      ['offset', '-1'],
      ['customer_id', '0'],
      ['include_subsidiaries', 'TRUE'],
      ['sort[]', ''],
      ['sort[]', 'toString'],
      ['sort[]', 'firstname:'],
      ['sort[]', 'firstname:asc:asc'],
      ['email', '*a'.repeat(17)],
      ['lastname', '\0'],
    ] as const
    for (const [name, value] of queries) {
      const error = refusal([[name, value]])
      assert.deepEqual([error.code, error.where.name], ['invalid', name], `${name}=${value}`)
    }
    assert.equal(refusal([['page', '1']]).reason, 'unknown')
    assert.equal(refusal(Array.from({ length: 9 }, () => ['sort[]', 'id'] as const)).where.name, 'sort[]')
  })
})
