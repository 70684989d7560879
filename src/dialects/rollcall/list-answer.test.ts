import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../test/arbitrary/runs.ts'
import { storableText } from '../../../test/arbitrary/text.ts'
import { OFFSET_MAX } from '../../core/limits.ts'
import type { Call } from '../dialect.ts'
import { readParameters } from '../parameter.ts'
import { gluedList, listLinks, listTail } from './list-answer.ts'
import { LIST_PARAMETERS, readListQuery } from './list-input.ts'

const LISTED = {
  count: 10,
  first: null,
  last: null,
  hasBefore: true,
  hasAfter: true,
  total: 95,
  revision: 7,
  cursors: { next: 'NEXT', previous: 'PREV' },
}

type Pairs = readonly (readonly [string, string])[]

function linksOf(query: Pairs, listed: Partial<typeof LISTED> | { readonly total: null } = {}): Record<string, URL> {
  const call = { origin: 'https://rollcall.example', query } as unknown as Call
  const input = readListQuery(readParameters(LIST_PARAMETERS, query))
  const header = listLinks(call, input, { ...LISTED, ...listed })
  assert.match(header, /^[\x20-\x7e]*$/)
  const links = header.split(', ').map((link) => {
    const [, url = '', rel = ''] = /^<([^<>]*)>; rel="([a-z]+)"$/.exec(link) ?? []
    return [rel, new URL(url)] as const
  })
  return Object.fromEntries(links)
}

const at = (url: URL | undefined, name: string) => url?.searchParams.get(name)

describe('The Link header of a list', () => {
  it('goes on by cursor where nothing was said, and promises no last page', () => {
    const links = linksOf([['limit', '10']])
    assert.deepEqual(Object.keys(links), ['first', 'prev', 'next'])
    assert.deepEqual(
      [at(links['next'], 'cursor'), at(links['prev'], 'cursor'), at(links['first'], 'cursor')],
      ['NEXT', 'PREV', null],
    )
  })

  it('goes on by offset where an offset was sent', () => {
    const links = linksOf([
      ['limit', '10'],
      ['offset', '15'],
    ])
    const offsets = ['first', 'prev', 'next', 'last'].map((rel) => at(links[rel], 'offset'))
    assert.deepEqual(offsets, ['0', '5', '25', '90'])
  })

  it('goes on by page where a page was sent', () => {
    const links = linksOf([
      ['limit', '10'],
      ['page', '3'],
    ])
    assert.deepEqual(
      ['first', 'prev', 'next', 'last'].map((rel) => at(links[rel], 'page')),
      ['1', '2', '4', '10'],
    )
  })

  it('has no last page without a total, and no page where there is none', () => {
    const first = linksOf([['page', '1']], { total: null })
    assert.deepEqual(Object.keys(first), ['first', 'next'])
    const only = linksOf([['offset', '0']], { hasAfter: false, total: 0 })
    assert.deepEqual(Object.keys(only), ['first', 'last'])
    assert.equal(at(only['last'], 'offset'), '0')
  })

  it('leads to no offset that would be refused', () => {
    const links = linksOf(
      [
        ['limit', '10'],
        ['offset', String(OFFSET_MAX)],
      ],
      { total: OFFSET_MAX + 100 },
    )
    assert.deepEqual(Object.keys(links), ['first', 'prev'])
  })

  it('keeps all parameters, whatever is in them', () => {
    fc.assert(
      fc.property(storableText, storableText, (givenName, role) => {
        const { next } = linksOf([
          ['givenName', givenName],
          ['role', role],
          ['cursor', 'x'],
        ])
        assert.deepEqual(
          [...(next?.searchParams ?? [])],
          [
            ['givenName', givenName],
            ['role', role],
            ['cursor', 'NEXT'],
          ],
        )
      }),
      runs(200),
    )
  })
})

describe('The body of a list', () => {
  it('is one JSON object around the documents as they are', () => {
    const documents = '{"fullName":"Zoë"},{"fullName":"中"}'
    const input = readListQuery(
      readParameters(LIST_PARAMETERS, [
        ['page', '2'],
        ['limit', '10'],
      ]),
    )
    const body = Buffer.concat(gluedList([Buffer.from(documents)], listTail(input, LISTED)))
    assert.deepEqual(JSON.parse(body.toString('utf8')), {
      users: [{ fullName: 'Zoë' }, { fullName: '中' }],
      page: { limit: 10, offset: 10, next: 'NEXT', previous: 'PREV', hasMore: true },
      total: 95,
      revision: 7,
    })
  })

  it('is whole without users, cursors and total', () => {
    const input = readListQuery(readParameters(LIST_PARAMETERS, []))
    const none = { ...LISTED, hasAfter: false, total: null, cursors: { next: null, previous: null } }
    const body = Buffer.concat(gluedList([], listTail(input, none)))
    assert.equal(body.toString('utf8'), '{"users":[],"page":{"limit":50,"hasMore":false},"revision":7}')
  })
})
