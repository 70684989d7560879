import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/arbitrary/runs.ts'
import { memberNames, memberPath } from './member-path.ts'

describe('The path of a member', () => {
  it('is its names with dots between them', () => {
    assert.equal(memberPath(memberPath('users', '3'), 'email'), 'users.3.email')
    assert.equal(memberPath('', 'email'), 'email')
  })

  it('tells a dot in a name from one between names', () => {
    assert.equal(memberPath('tags', 'app.role'), String.raw`tags.app\.role`)
    assert.deepEqual(memberNames(String.raw`tags.app\.role`), ['tags', 'app.role'])
  })

  it('gives back the names it was made of, whatever they are', () => {
    const name = fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: fc.constantFrom('.', '\\', 'a', '\n'), minLength: 1 })) // prettier-ignore
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        assert.deepEqual(memberNames(names.reduce(memberPath, '')), names)
      }),
      runs(300),
    )
  })
})
