import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError } from '../../core/error.ts'
import type { Json, User } from '../../core/user.ts'
import { mergedDraft, reachesInto, writtenUser } from './draft.ts'
import { EXAMPLE_USER } from './user-schema.ts'

function withAttributes(attributes: Readonly<Record<string, Json>>): User {
  return { ...EXAMPLE_USER, attributes }
}

// RFC 7396 appendix A, but for the rows whose target or patch is no object.
const APPENDIX: readonly (readonly [target: Readonly<Record<string, Json>>, patch: Json, result: Json])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

describe('A merge patch of a user', () => {
  for (const [target, patch, result] of APPENDIX) {
    it(`merges ${JSON.stringify(patch)} into ${JSON.stringify(target)} as RFC 7396 says`, () => {
      const draft = mergedDraft({ attributes: patch as User['attributes'] }, withAttributes(target))
      assert.deepEqual(draft, { attributes: result })
    })
  }

  it('sets members, and empties them with null: lists and maps are empty, everything else absent', () => {
    const patch = { givenName: 'x', email: null, phones: null, permissions: null, tags: null, attributes: null }
    assert.deepEqual(mergedDraft(patch as never, undefined), {
      givenName: 'x',
      email: null,
      phones: [],
      permissions: [],
      tags: {},
      attributes: {},
    })
  })

  it('needs the user only where it reaches into a map', () => {
    assert.equal(reachesInto({ givenName: 'x', phones: [] }), false)
    assert.equal(reachesInto({ tags: {} }), true)
    assert.equal(reachesInto({ tags: null } as never), false)
  })

  it('keeps an entry named __proto__ an entry', () => {
    const patch = JSON.parse('{"attributes":{"__proto__":{"polluted":true}}}') as never
    const { attributes = {} } = mergedDraft(patch, withAttributes({}))
    assert.ok(Object.hasOwn(attributes, '__proto__'))
    assert.equal((attributes as { readonly polluted?: boolean }).polluted, undefined)
  })

  it('is refused when it is nested beyond what a user can hold', () => {
    let deep: Json = {}
    for (let level = 0; level < 10_000; level++) deep = { a: deep }
    assert.throws(() => mergedDraft({ attributes: deep }, withAttributes({})), DirectoryError)
  })
})

describe('A user in a body', () => {
  const shape = writtenUser({})

  it('brings its revision as a condition and its password apart', () => {
    assert.deepEqual(shape.read({ identifier: 'x', revision: 4, password: 'secret' }, ''), {
      draft: { identifier: 'x' },
      condition: { ifRevision: 4, where: { in: 'body', name: 'revision' } },
      password: { password: 'secret' },
    })
    assert.deepEqual(shape.read({ password: null }, '').password, { password: null })
  })

  for (const [value, name] of [
    [7, undefined],
    [[], undefined],
    [null, undefined],
    [{ revision: '4' }, 'revision'],
    [{ revision: -1 }, 'revision'],
    [{ password: {} }, 'password'],
  ] as const) {
    it(`is refused when it is ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => shape.read(value, ''),
        (error) => error instanceof DirectoryError && error.where.name === name,
      )
    })
  }
})
