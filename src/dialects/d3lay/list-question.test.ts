import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError } from '../../core/error.ts'
import { all, equal } from '../../core/filter.ts'
import type { Permission, Principal } from '../../core/principal.ts'
import type { QueryPair } from '../dialect.ts'
import { parseList } from './list-question.ts'

function caller(...permissions: Permission[]): Principal {
  return {
    tokenId: '',
    userId: null,
    customerId: 2000,
    permissions: new Set(permissions),
    scope: 'all',
    expiresAt: null,
  }
}

const reader = caller('users:read')
const metadata = caller('users:read', 'users:read-metadata')

function refusal(query: readonly QueryPair[], principal = reader): DirectoryError {
  try {
    parseList(query, principal)
  } catch (error) {
    if (error instanceof DirectoryError) return error
    throw error
  }
  return assert.fail('It was not refused.')
}

describe('A query of d3lay', () => {
  it('asks for twenty users in the order of creation unless it says otherwise', () => {
    assert.deepEqual(parseList([], reader), {
      request: { filter: all(), search: undefined, sort: [] },
      page: 1,
      pageSize: 20,
    })
  })

  it('asks for all of its filters at once', () => {
    const query: readonly QueryPair[] = [['id', 'X'], ['created_by', 'Y'], ['user_type', 'saas_user_client'], ['status', 'suspended']] // prettier-ignore
    assert.deepEqual(
      parseList(query, metadata).request.filter,
      all(equal('id', 'X'), equal('createdBy', 'Y'), equal('userType', 'client'), {
        kind: 'in',
        field: 'status',
        values: ['suspended', 'locked'],
      }),
    )
  })

  it('looks at ids in a search only for callers who may see them', () => {
    assert.equal(parseList([['search', 'd4add56e']], reader).request.search?.idStart, null)
    assert.equal(parseList([['q', 'd4add56e']], metadata).request.search?.idStart, 'd4add56e')
  })

  it('orders by a field, by the newest first, or by the best match', () => {
    const sortOf = (...query: QueryPair[]) => parseList(query, metadata).request.sort
    assert.deepEqual(sortOf(['sort_by', 'name']), [{ field: 'fullName', descending: false }])
    assert.deepEqual(sortOf(['sort_by', 'created_by'], ['sort_order', 'desc']), [
      { field: 'createdBy', descending: true },
    ])
    assert.deepEqual(sortOf(['sort_order', 'desc']), [{ field: 'createdAt', descending: true }])
    assert.deepEqual(sortOf(['search', 'ben']), [])
    assert.deepEqual(sortOf(['search', 'ben'], ['sort_order', 'asc']), [])
    assert.equal(refusal([['search', 'ben'], ['sort_order', 'desc']]).where.name, 'sort_order') // prettier-ignore
  })

  it('refuses to filter or sort by what only the metadata permission shows, naming parameter and permission', () => {
    const queries = [
      ['id', 'x'],
      ['created_by', 'x'],
      ['updated_by', 'x'],
      ['sort_by', 'id'],
      ['sort_by', 'created_by'],
      ['sort_by', 'updated_by'],
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
      ['sort_by', 'firstname'],
      ['sort_order', 'DESC'],
      ['user_type', 'admin'],
      ['status', 'locked'],
      ['status', 'deleted'],
      ['created_at_to', 'soon'],
      ['search', ''],
      ['search', '*'],
      ['search', 'a b c d e f g h i j k l m n o p q'],
      ['search', 'a'.repeat(257)],
      ['page', '0'],
      ['page_size', '101'],
    ] as const
    for (const [name, value] of queries) {
      const error = refusal([[name, value]])
      assert.deepEqual([error.code, error.where.name], ['invalid', name], `${name}=${value}`)
    }
    assert.equal(refusal([['limit', '1']]).reason, 'unknown')
  })
})
