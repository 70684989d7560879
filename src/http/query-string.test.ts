import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { DirectoryError } from '../core/error.ts'
import { tokenSecret } from '../core/token.ts'
import { parseQuery } from './query-string.ts'

const refused = (query: string, reason: string, where: object = {}) =>
  assert.throws(
    () => parseQuery(query, 256),
    (error: unknown) => {
      assert.ok(error instanceof DirectoryError)
      assert.equal(error.code, 'invalid')
      assert.equal(error.reason, reason)
      for (const [name, value] of Object.entries(where)) assert.equal(error.where[name as 'name'], value)
      return true
    },
  )

describe('parseQuery', () => {
  it('keeps the order and repeats of parameters', () => {
    assert.deepEqual(parseQuery('b=1&a=2&b=3', 256), [
      ['b', '1'],
      ['a', '2'],
      ['b', '3'],
    ])
  })

  it('takes a plus for a space, and the first equals sign for the end of the name', () => {
    assert.deepEqual(parseQuery('a+b=c+d%2Be=f', 256), [['a b', 'c d+e=f']])
  })

  it('takes a name without an equals sign for an empty value, and skips empty pairs', () => {
    assert.deepEqual(parseQuery('&a&&b=&', 256), [
      ['a', ''],
      ['b', ''],
    ])
  })

  it('decodes names as well, brackets among them', () => {
    assert.deepEqual(parseQuery('sort%5B%5D=a&sort[]=b', 256), [
      ['sort[]', 'a'],
      ['sort[]', 'b'],
    ])
  })

  for (const bad of [
    'a=%',
    'a=%4',
    'a=%zz',
    'a=%ff',
    'a=%c0%af',
    'a=%ed%a0%80',
    'a=%f5%80%80%80',
    '%e9=1',
    'a=é',
    'a=b c',
  ]) {
    it(`refuses ${bad}, which is no percent-encoded UTF-8`, () => refused(bad, 'syntax'))
  }

  it('names the parameter and the place of what is malformed', () => {
    refused('ok=1&name=%ff', 'syntax', { name: 'name', position: 10 })
  })

  it('refuses more parameters than are allowed', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join('&')
    refused(many, 'range')
    assert.equal(parseQuery('a=1&a=1&a=1', 3).length, 3)
    assert.throws(() => parseQuery('a=1&a=1&a=1&a=1', 3), DirectoryError)
  })

  it('refuses tokens, by name and by form, without repeating them', () => {
    const secret = tokenSecret(new Uint8Array(32))
    refused('access_token=x', 'unknown')
    assert.throws(
      () => parseQuery(`anything=${secret}`, 256),
      (error: unknown) => {
        assert.ok(error instanceof DirectoryError)
        return !JSON.stringify([error.message, error.where]).includes(secret)
      },
    )
  })

  it('reads what URLSearchParams writes', () => {
    const pair = fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), (pairs) => {
        const wellFormed = pairs.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()] as [string, string])
        assert.deepEqual(parseQuery(new URLSearchParams(wellFormed).toString(), 256), wellFormed)
      }),
    )
  })
})
