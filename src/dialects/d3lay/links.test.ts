import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../test/arbitrary/runs.ts'
import { storableText } from '../../../test/arbitrary/text.ts'
import type { QueryPair } from '../dialect.ts'
import { pageLinks } from './links.ts'

const at = { origin: 'https://directory.example.com', path: '/users' }

function linksOf(header: string): ReadonlyMap<string, URL> {
  return new Map(
    header.split(', ').map((link) => {
      const [, url = '', relation = ''] = /^<([^>]*)>; rel="(\w+)"$/.exec(link) ?? assert.fail(link)
      return [relation, new URL(url)]
    }),
  )
}

const pageNumbers = (header: string) =>
  Object.fromEntries([...linksOf(header)].map(([relation, url]) => [relation, url.searchParams.get('page')]))

describe('The Link header of d3lay', () => {
  it('leads to the pages that have users', () => {
    const header = (page: number, total: number) =>
      pageNumbers(pageLinks({ ...at, query: [] }, { page, pageSize: 20, total }))
    assert.deepEqual(header(1, 0), { first: '1', last: '1' })
    assert.deepEqual(header(1, 20), { first: '1', last: '1' })
    assert.deepEqual(header(1, 21), { first: '1', next: '2', last: '2' })
    assert.deepEqual(header(2, 60), { first: '1', prev: '1', next: '3', last: '3' })
    assert.deepEqual(header(3, 60), { first: '1', prev: '2', last: '3' })
    assert.deepEqual(header(9, 60), { first: '1', prev: '3', last: '3' })
  })

  it('gives up the first and the last page before it grows too long for clients', () => {
    const query: readonly QueryPair[] = [['search', '中'.repeat(256)]]
    const relations = (pairs: readonly QueryPair[]) =>
      [...linksOf(pageLinks({ ...at, query: pairs }, { page: 2, pageSize: 1, total: 9 })).keys()].join(' ')
    assert.equal(relations([]), 'first prev next last')
    assert.equal(relations(query), 'prev next')
    assert.ok(pageLinks({ ...at, query }, { page: 2, pageSize: 1, total: 9 }).length <= 8192)
  })

  it('keeps every parameter as it was sent, whatever is in it', () => {
    const sent = fc.array(fc.tuple(fc.constantFrom('search', 'id', 'q', 'page_size'), storableText), { maxLength: 5 })
    fc.assert(
      fc.property(sent, (pairs) => {
        const query: readonly QueryPair[] = [['page', '3'], ...pairs]
        for (const url of linksOf(pageLinks({ ...at, query }, { page: 3, pageSize: 1, total: 9 })).values()) {
          assert.equal(url.origin + url.pathname, 'https://directory.example.com/users')
          const kept = [...url.searchParams].filter(([name]) => name !== 'page')
          assert.deepEqual(kept, pairs)
          assert.equal(url.searchParams.getAll('page').length, 1)
        }
      }),
      runs(200),
    )
  })
})
