import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError } from '../../core/error.ts'
import type { Call } from '../dialect.ts'
import { ifMatch } from './condition.ts'

function call(header: string | undefined): Call {
  return { header: (name: string) => (name === 'if-match' ? header : undefined) } as Call
}

describe('If-Match', () => {
  for (const header of [undefined, '*', ' * ']) {
    it(`asks for nothing: ${String(header)}`, () => {
      assert.deepEqual(ifMatch(call(header)), {})
    })
  }

  for (const [header, ifRevision] of [
    ['"42"', 42],
    ['"42-open"', 42],
    ['"42-3-9"', 42],
    [' "42" ', 42],
    // Nothing was ever written by revision 0.
    ['W/"42"', 0],
    ['"abc"', 0],
    ['""', 0],
    ['"42 "', null],
    ['"4294967296429496729642"', 0],
  ] as const) {
    it(`names a version: ${header}`, () => {
      if (ifRevision === null) assert.throws(() => ifMatch(call(header)), DirectoryError)
      else assert.deepEqual(ifMatch(call(header)), { ifRevision })
    })
  }

  for (const header of ['42', '"42', '"1", "2"', '', 'w/"42"', '"a"b"']) {
    it(`is refused where it is not one entity tag: ${header}`, () => {
      assert.throws(
        () => ifMatch(call(header)),
        (error) => error instanceof DirectoryError && error.where.name === 'If-Match' && error.code === 'invalid',
      )
    })
  }
})
