import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError } from '../core/error.ts'
import { assertAcceptable } from './accept.ts'

const JSON_TYPE = 'application/json'

describe('An Accept header', () => {
  const allowing = [
    undefined,
    '',
    '*/*',
    'application/json',
    'Application/JSON',
    'application/*',
    'text/html, application/json;q=0.1',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/json; charset=utf-8',
    '*/*;q=0, application/json',
    'application/json, */*;q=0',
    'application/json;q=0.001',
  ]
  for (const accept of allowing) {
    it(`lets JSON through: ${accept ?? '(none)'}`, () => {
      assert.doesNotThrow(() => assertAcceptable(accept, JSON_TYPE))
    })
  }

  for (const accept of [
    'application/xml',
    'text/*',
    'application/json;q=0',
    '*/*, application/json; q=0.000',
    '*/*;q=0',
  ]) {
    it(`refuses JSON: ${accept}`, () => {
      assert.throws(
        () => assertAcceptable(accept, JSON_TYPE),
        (error) =>
          error instanceof DirectoryError && error.reason === 'not_acceptable' && error.where.name === 'Accept',
      )
    })
  }

  it('of any length is read in one go', () => {
    assert.throws(() => assertAcceptable('a/b;q=0,'.repeat(10_000), JSON_TYPE), DirectoryError)
  })
})
