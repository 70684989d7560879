import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError } from '../core/error.ts'
import type { ErrorContext } from './dialect.ts'
import { refusalHeaders } from './refusal-headers.ts'

const CONTEXT: ErrorContext = { requestId: 'r', method: 'GET', path: '/', origin: '', usage: undefined }

describe('the headers of a refusal', () => {
  it('say when to come back wherever something is away, also where nobody knows for how long', () => {
    assert.equal(refusalHeaders(new DirectoryError('unavailable', 'Away.'), CONTEXT)['retry-after'], '1')
    const known = new DirectoryError('unavailable', 'Away.', { retryAfterS: 7 })
    assert.equal(refusalHeaders(known, CONTEXT)['retry-after'], '7')
    assert.equal(refusalHeaders(new DirectoryError('not_found', 'None.'), CONTEXT)['retry-after'], undefined)
  })
})
