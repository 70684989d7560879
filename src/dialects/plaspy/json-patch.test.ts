import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { DirectoryError } from '../../core/error.ts'
import type { Json } from '../../core/user.ts'
import { applyPatch, patchShape, sameJson } from './json-patch.ts'

function patched(document: Json, ...operations: readonly object[]): Json {
  return applyPatch(document, patchShape.read(operations, ''))
}

function refuses(document: Json, operation: object, message: RegExp): void {
  const before = structuredClone(document)
  assert.throws(
    () => patched(document, operation),
    (error) => error instanceof DirectoryError && error.code === 'invalid' && message.test(error.message),
  )
  assert.deepEqual(document, before)
}

describe('applyPatch', () => {
  it('does the examples of RFC 6902, appendix A', () => {
    // A.1 to A.7
    assert.deepEqual(patched({ foo: 'bar' }, { op: 'add', path: '/baz', value: 'qux' }), { baz: 'qux', foo: 'bar' })
    assert.deepEqual(patched({ foo: ['bar', 'baz'] }, { op: 'add', path: '/foo/1', value: 'qux' }), {
      foo: ['bar', 'qux', 'baz'],
    })
    assert.deepEqual(patched({ baz: 'qux', foo: 'bar' }, { op: 'remove', path: '/baz' }), { foo: 'bar' })
    assert.deepEqual(patched({ foo: ['bar', 'qux', 'baz'] }, { op: 'remove', path: '/foo/1' }), { foo: ['bar', 'baz'] })
    assert.deepEqual(patched({ baz: 'qux', foo: 'bar' }, { op: 'replace', path: '/baz', value: 'boo' }), {
      baz: 'boo',
      foo: 'bar',
    })
    assert.deepEqual(
      patched(
        { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
        { op: 'move', from: '/foo/waldo', path: '/qux/thud' },
      ),
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    )
    assert.deepEqual(
      patched({ foo: ['all', 'grass', 'cows', 'eat'] }, { op: 'move', from: '/foo/1', path: '/foo/3' }),
      { foo: ['all', 'cows', 'eat', 'grass'] },
    )
    // A.8, A.10, A.11, A.14, A.16
    const tested: Json = { baz: 'qux', foo: ['a', 2, 'c'] }
    assert.equal(
      patched(tested, { op: 'test', path: '/baz', value: 'qux' }, { op: 'test', path: '/foo/1', value: 2 }),
      tested,
    )
    assert.deepEqual(patched({ foo: 'bar' }, { op: 'add', path: '/child', value: { grandchild: {} } }), {
      foo: 'bar',
      child: { grandchild: {} },
    })
    assert.deepEqual(patched({ foo: 'bar' }, { op: 'add', path: '/baz', value: 'qux', xyz: 123 }), {
      foo: 'bar',
      baz: 'qux',
    })
    patched({ '/': 9, '~1': 10 }, { op: 'test', path: '/~01', value: 10 })
    assert.deepEqual(patched({ foo: ['bar'] }, { op: 'add', path: '/foo/-', value: ['abc', 'def'] }), {
      foo: ['bar', ['abc', 'def']],
    })
  })

  it('refuses the examples of RFC 6902, appendix A, that are errors', () => {
    // A.9, A.12, A.15
    refuses({ baz: 'qux' }, { op: 'test', path: '/baz', value: 'bar' }, /operation 0: the test of \/baz failed/)
    refuses({ foo: 'bar' }, { op: 'add', path: '/baz/bat', value: 'qux' }, /nothing at \/baz\/bat/)
    refuses({ '/': 9, '~1': 10 }, { op: 'test', path: '/~01', value: '10' }, /failed/)
  })

  it('works on the whole document, null and empty names', () => {
    assert.deepEqual(patched({ a: 1 }, { op: 'replace', path: '', value: [null] }), [null])
    assert.deepEqual(patched({ a: { b: 2 } }, { op: 'move', from: '/a', path: '' }), { b: 2 })
    assert.deepEqual(patched({ '': 1 }, { op: 'replace', path: '/', value: null }), { '': null })
    patched({ a: null }, { op: 'test', path: '/a', value: null })
    assert.deepEqual(patched({ a: null }, { op: 'copy', from: '/a', path: '/b' }), { a: null, b: null })
  })

  it('takes the names that mean something to JavaScript for names', () => {
    const set = patched({}, { op: 'add', path: '/__proto__', value: { polluted: 'yes' } })
    assert.deepEqual(Object.keys(set as object), ['__proto__'])
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
    refuses({}, { op: 'remove', path: '/constructor' }, /nothing at \/constructor/)
    refuses([1], { op: 'test', path: '/length', value: 1 }, /nothing at \/length/)
  })

  it('refuses pointers that point nowhere', () => {
    for (const path of ['/b', '/a/2', '/a/-', '/a/01', '/a/-1', '/a/1e0', '/a/0/x', '/s/0']) {
      refuses({ a: ['x', 'y'], s: 'text' }, { op: 'remove', path }, /nothing at/)
    }
    for (const path of ['/a/3', '/a/x', '/s/x']) {
      refuses({ a: ['x', 'y'], s: 'text' }, { op: 'add', path, value: 1 }, /nothing can be added/)
    }
    refuses({}, { op: 'add', path: 'a', value: 1 }, /begin with \//)
    refuses({}, { op: 'add', path: '/~', value: 1 }, /~/)
    refuses({}, { op: 'remove', path: '' }, /whole/)
    refuses({ a: {} }, { op: 'move', from: '/a', path: '/a/b' }, /into itself/)
  })

  it('refuses operations that lack what they need', () => {
    refuses({}, { op: 'add', path: '/a' }, /value is required for add/)
    refuses({}, { op: 'move', path: '/a' }, /from is required for move/)
    refuses({}, { path: '/a' }, /0\.op is required/)
    refuses({}, { op: 'rename', path: '/a' }, /0\.op must be one of add, remove, replace, move, copy, test/)
  })

  it('stops copies that double the document again and again', () => {
    const doubling = Array.from({ length: 100 }, (_, i) => ({ op: 'copy', from: '', path: `/copy${i}` }))
    assert.throws(() => patched({ a: 1 }, ...doubling), /more than 10000 values/)
  })

  it('undoes an addition by a removal, and moves there and back, in any document', () => {
    const document = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<Record<string, Json>>
    fc.assert(
      fc.property(document, fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, (before, name, value) => {
        fc.pre(!Object.hasOwn(before, name))
        const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
        fc.pre(name.isWellFormed() && !name.includes('\0'))
        const added = applyPatch(before, [{ op: 'add', path, value }])
        assert.ok(
          sameJson(
            applyPatch(added, [
              { op: 'test', path, value },
              { op: 'remove', path },
            ]),
            before,
          ),
        )
      }),
    )
  })
})

describe('sameJson', () => {
  it('is equality of JSON, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        // As JSON text has them: there -0 is 0.
        const [x, y] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as Json)
        assert.equal(sameJson(x ?? null, y ?? null), isDeepStrictEqual(x, y))
        assert.ok(sameJson(x ?? null, structuredClone(x ?? null)))
      }),
    )
    assert.ok(sameJson({ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 }))
    assert.ok(!sameJson({ a: null }, { b: null }))
    assert.ok(!sameJson([], {}))
    assert.ok(!sameJson([1], [1, null]))
  })
})
