import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError, invalid, type ErrorCode } from '../../core/error.ts'
import type { ErrorContext } from '../dialect.ts'
import { statusOf } from '../status.ts'
import { renderError } from './error.ts'

const CODES = {
  invalid: 'A sentence.',
  unauthenticated: 'Authentication failed. Invalid token.',
  forbidden: 'A sentence.',
  not_found: 'User not found.',
  conflict: 'A sentence.',
  precondition_failed: 'A sentence.',
  too_large: 'A sentence.',
  too_many_requests: 'A sentence.',
  unavailable: 'A sentence.',
  internal: 'A sentence.',
} satisfies Record<ErrorCode, string>

function refusal(error: DirectoryError, context: Partial<ErrorContext> = {}) {
  const whole = { requestId: 'r', method: 'GET', path: '/api/users', origin: 'http://localhost', usage: undefined }
  const { status, headers, body } = renderError(error, { ...whole, ...context })
  assert.ok(typeof body === 'string')
  return { status, headers: headers ?? {}, body: JSON.parse(body) as Record<string, unknown> }
}

describe('renderError of Plaspy', () => {
  it('has one shape and the status of HTTP for every code', () => {
    for (const [code, sentence] of Object.entries(CODES)) {
      const error = new DirectoryError(code as ErrorCode, 'A sentence.')
      const { status, headers, body } = refusal(error)
      assert.equal(status, statusOf(error))
      assert.equal(headers['content-type'], 'application/json')
      assert.deepEqual(Object.entries(body), [
        ['success', false],
        ['error', sentence],
      ])
    }
  })

  it('tells a known caller its usage, whatever the error', () => {
    for (const code of Object.keys(CODES)) {
      const { body } = refusal(new DirectoryError(code as ErrorCode, 'No.'), { usage: { total: 150, today: 15 } })
      assert.deepEqual(Object.keys(body), ['success', 'error', 'apiUsage', 'apiDailyUsage'])
      assert.deepEqual([body['apiUsage'], body['apiDailyUsage']], [150, 15])
    }
  })

  it('says the sentences the vendor has published', () => {
    const said = (error: DirectoryError, path?: string) =>
      refusal(error, path === undefined ? {} : { path }).body['error']
    assert.equal(said(invalid('format', 'No.', { in: 'body', name: 'email' })), 'Invalid email address.')
    assert.equal(said(new DirectoryError('unauthenticated', 'No.'), '/API/auth/token'), 'Invalid API key or username.')
    assert.equal(said(new DirectoryError('not_found', 'No route.', { reason: 'route' })), 'No route.')
    assert.match(String(said(new DirectoryError('conflict', 'No.', { reason: 'taken' }))), /email address/)
  })

  it('says what HTTP asks of a refusal in headers', () => {
    const late = refusal(new DirectoryError('too_many_requests', 'No.', { retryAfterS: 7 }))
    assert.equal(late.headers['retry-after'], '7')
    const method = refusal(invalid('method', 'No.'), { allow: ['GET', 'POST'] })
    assert.equal(method.headers['allow'], 'GET, POST')
    assert.match(refusal(new DirectoryError('unauthenticated', 'No.')).headers['www-authenticate'] ?? '', /^Bearer/)
  })
})
