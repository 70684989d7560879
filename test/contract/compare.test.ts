import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answerDifferences, differences } from './compare.ts'

function differs(expected: unknown, actual: unknown): boolean {
  return differences(expected, actual, 'body').length > 0
}

describe('the comparison of an answer with a fixture', () => {
  it('takes equal JSON and nothing else', () => {
    assert(!differs({ a: [1, 'x', null, true] }, { a: [1, 'x', null, true] }))
    for (const other of [
      { a: [1, 'x', null] },
      { a: [1, 'x', null, false] },
      { a: 'x' },
      [],
      null,
      { a: [1, 'x', 0, true] },
    ]) {
      assert(differs({ a: [1, 'x', null, true] }, other))
    }
  })

  it('sees a member too many, one too few, and another order', () => {
    assert(differs({ a: 1 }, { a: 1, b: 2 }))
    assert(differs({ a: 1, b: 2 }, { a: 1 }))
    assert(differs({ a: 1, b: 2 }, { b: 2, a: 1 }))
    assert(differs({ a: null }, {}))
  })

  it('takes for a placeholder what it stands for', () => {
    const taken: readonly (readonly [string, unknown, unknown])[] = [
      ['<string>', '', 1],
      ['<integer>', 7, 7.5],
      ['<boolean>', false, 'false'],
      ['<uuid>', '7a1506b9-9ce4-43f9-a6f0-e94ef4252277', '7a1506b9'],
      ['<instant>', '2023-01-01T00:00:00+01:00', '2023-01-01'],
      ['/^a+$/', 'aaa', 'b'],
    ]
    for (const [placeholder, right, wrong] of taken) {
      assert(!differs({ a: placeholder }, { a: right }), placeholder)
      assert(differs({ a: placeholder }, { a: wrong }), placeholder)
      assert(differs({ a: placeholder }, {}), placeholder)
    }
    assert(!differs({ a: '<any>' }, { a: null }))
    assert(differs({ a: '<any>' }, {}))
  })

  it('holds every item of a list against one shape, and wants one at least', () => {
    assert(!differs(['<each>', { a: '<integer>' }], [{ a: 1 }, { a: 2 }]))
    assert(differs(['<each>', { a: '<integer>' }], [{ a: 1 }, { a: 'x' }]))
    assert(differs(['<each>', { a: '<integer>' }], []))
  })

  it('lets members be absent, or others stand beside them, only where that is said', () => {
    assert(!differs({ 'a?': 1, b: 2 }, { b: 2 }))
    assert(differs({ 'a?': 1, b: 2 }, { a: 3, b: 2 }))
    assert(!differs({ b: 2, '...': '<any>' }, { a: 1, b: 2, c: 3 }))
    assert(differs({ b: 2, '...': '<any>' }, { a: 1 }))
  })

  it('looks at status, headers and bodies that are not JSON', () => {
    const answer = { status: 200, headers: { 'content-type': 'text/plain' }, text: 'hello' }
    const expected = { status: 200, headers: { 'Content-Type': '/^text/', etag: null }, body: { text: '/^hell/' } }
    assert.deepEqual(answerDifferences(expected, answer), [])
    assert.equal(answerDifferences({ ...expected, status: 201 }, answer).length, 1)
    assert.equal(answerDifferences({ ...expected, headers: { 'content-type': null } }, answer).length, 1)
    assert.equal(answerDifferences({ ...expected, body: null }, answer).length, 1)
    assert.equal(answerDifferences({ ...expected, body: {} }, answer).length, 1)
  })
})
