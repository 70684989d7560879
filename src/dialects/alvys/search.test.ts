import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { customerTree } from '../../core/customer.ts'
import { DirectoryError } from '../../core/error.ts'
import { matches } from '../../core/matches.ts'
import type { User } from '../../core/user.ts'
import { searchRequest, searchShape } from './search.ts'

const JANE = { fullName: 'Zoë Ångström', identifier: 'zoe*1', email: 'z@example.com', phones: ['+4612', '+4799'] }

function finds(keyword: string): boolean {
  const { filter } = searchRequest(searchShape.read({ pageSize: 1, keyword }, '')).list
  assert.ok(filter)
  return matches(filter, JANE as unknown as User, customerTree([], 0))
}

describe('a search of Alvys', () => {
  it('finds a keyword in name, user name, e-mail and phone, whatever its accents and case', () => {
    for (const keyword of ['ZOE ang', 'ångström', 'Z@EXAMPLE', '612', '799', 'oe*']) assert.ok(finds(keyword), keyword)
    for (const keyword of ['zoe ström', 'z*1', '+46 12', 'company']) assert.ok(!finds(keyword), keyword)
  })

  it('asks for everybody without a keyword', () => {
    for (const body of [{ pageSize: 1 }, { pageSize: 1, keyword: '' }, { pageSize: 1, keyword: null }]) {
      assert.equal(searchRequest(searchShape.read(body, '')).list.filter, undefined)
    }
  })

  it('counts pages from 0 and takes keys in any letter case', () => {
    const { page, pageSize, list } = searchRequest(searchShape.read({ PAGE: 3, pagesize: 200 }, ''))
    assert.deepEqual([page, pageSize, list.page, list.total], [3, 200, { offset: 600, limit: 200 }, true])
  })

  it('refuses a page further in than the core can skip, and says how far it can', () => {
    assert.throws(
      () => searchRequest({ page: 50_001, pageSize: 200 }),
      (error) => error instanceof DirectoryError && error.where.allowed === '0 to 50000',
    )
    assert.equal(searchRequest({ page: 50_000, pageSize: 200 }).page, 50_000)
  })
})
