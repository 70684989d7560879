import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listTag, matchesTag } from './entity-tag.ts'

describe('listTag', () => {
  it('is weak, and differs by revision and by key', () => {
    assert.match(listTag(12, 'a'), /^W\/"c-[\w-]{16}"$/)
    assert.equal(listTag(12, 'a'), listTag(12, 'a'))
    assert.notEqual(listTag(12, 'a'), listTag(13, 'a'))
    assert.notEqual(listTag(12, 'a'), listTag(12, 'b'))
  })
})

describe('matchesTag', () => {
  it('compares weakly, in a list too', () => {
    for (const header of ['W/"a"', '"a"', '"b", W/"a"', '"b","a" , "c"', '*']) {
      assert.ok(matchesTag(header, 'W/"a"'), header)
      assert.ok(matchesTag(header, '"a"'), header)
    }
  })

  it('takes nothing else for the tag', () => {
    for (const header of [undefined, '', 'a', '"b"', 'W/"b"', '"A"', '"a']) {
      assert.equal(matchesTag(header, 'W/"a"'), false, header)
    }
  })
})
