import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { memberPath } from '../core/member-path.ts'
import { repeatedMember } from './repeated-member.ts'

describe('repeatedMember', () => {
  it('finds nothing in what JSON.stringify writes, which has every member once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        assert.equal(repeatedMember(JSON.stringify(value, null, space)), undefined)
      }),
    )
  })

  it('finds a member that is put once more into any object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        fc.nat(),
        fc.jsonValue(),
        (members, pick, value) => {
          const names = Object.keys(members)
          const name = names[pick % names.length] ?? ''
          const text = JSON.stringify(members)
          const twice = `${text.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`
          assert.equal(repeatedMember(twice), memberPath('', name))
          assert.equal(repeatedMember(`[0,{"deep":${twice}}]`), memberPath('1.deep', name))
        },
      ),
    )
  })

  it('takes two spellings of a name for the same', () => {
    assert.equal(repeatedMember(String.raw`{"name": 1, "n\u0061me": 2}`), 'name')
    assert.equal(repeatedMember(String.raw`{"\"": 1, "\u0022": 2}`), '"')
  })

  it('does not mind a name in two objects, or one that stands in a text', () => {
    for (const text of [
      '{"a": {"a": {"a": 1}}}',
      '[{"a": 1}, {"a": 2}]',
      '{"a": "a", "b": "\\"a\\": 1, \\"a\\": 2"}',
      '{"a": ["a", "a", "b"], "b": ["a"]}',
      '["a", "a"]',
      '{"a": 1, "A": 2}',
      '{"a": [], "b": {}, "c": 1}',
      '{}',
      '"{\\"a\\":1,\\"a\\":2}"',
    ]) {
      assert.equal(repeatedMember(text), undefined, text)
    }
  })

  it('reads names that mean something to JavaScript as names', () => {
    assert.equal(repeatedMember('{"__proto__": 1, "constructor": 2}'), undefined)
    assert.equal(repeatedMember('{"__proto__": 1, "__proto__": 2}'), '__proto__')
  })

  it('takes a time that grows with the text and no faster, however deep it is', () => {
    const depth = 200_000
    assert.equal(repeatedMember('['.repeat(depth) + ']'.repeat(depth)), undefined)
    assert.equal(repeatedMember('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)), undefined)
  })

  it('reads strings of any length, whatever they are made of', () => {
    for (const piece of ['x', '\\n', '\\"', '\\\\']) {
      const long = piece.repeat(8 * 1024 * 1024)
      assert.equal(repeatedMember(`{"a":"${long}","b":0}`), undefined)
      assert.equal(repeatedMember(`{"a":"${long}","a":0}`), 'a')
    }
  })
})
