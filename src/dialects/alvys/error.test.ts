import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError, invalid, type ErrorCode } from '../../core/error.ts'
import type { ErrorContext } from '../dialect.ts'
import { renderError } from './error.ts'

const CONTEXT: ErrorContext = {
  requestId: '0185648f-0c00-7a31-9c53-5d1e8a6f0b01',
  method: 'GET',
  path: '/api/p/v1/users/list',
  origin: 'http://localhost',
  usage: undefined,
}

const CODES = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
} satisfies Record<ErrorCode, number>

function problemOf(error: DirectoryError, context: Partial<ErrorContext> = {}) {
  const { status, headers, body } = renderError(error, { ...CONTEXT, ...context })
  assert.ok(typeof body === 'string')
  return { status, headers: headers ?? {}, body: JSON.parse(body) as Record<string, unknown> }
}

describe('renderError of Alvys', () => {
  it('is a problem document with the clause of its status for every code', () => {
    for (const [code, expected] of Object.entries(CODES)) {
      const { status, headers, body } = problemOf(new DirectoryError(code as ErrorCode, 'A sentence.'))
      assert.equal(status, expected)
      assert.equal(headers['content-type'], 'application/problem+json')
      assert.deepEqual(Object.keys(body), ['type', 'title', 'status', 'traceId', 'detail'])
      assert.match(String(body['type']), /^https:\/\/tools\.ietf\.org\/html\/rfc\d+#section-\d/)
      assert.equal(body['status'], expected)
      assert.equal(body['detail'], 'A sentence.')
    }
  })

  it('names the member a value is wrong in', () => {
    const { body } = problemOf(invalid('range', 'pageSize must be small.', { in: 'body', name: 'pageSize' }))
    assert.deepEqual(body['errors'], { pageSize: ['pageSize must be small.'] })
    assert.equal('detail' in body, false)
  })

  it('says what HTTP asks of a refusal in headers', () => {
    const late = new DirectoryError('too_many_requests', 'Too many.', { retryAfterS: 12.2 })
    assert.equal(problemOf(late).headers['retry-after'], '13')
    const method = new DirectoryError('invalid', 'No.', { reason: 'method' })
    const refused = problemOf(method, { allow: ['GET', 'HEAD'] })
    assert.equal(refused.status, 405)
    assert.equal(refused.headers['allow'], 'GET, HEAD')
    assert.match(problemOf(new DirectoryError('unauthenticated', 'No.')).headers['www-authenticate'] ?? '', /^Bearer/)
  })

  it('adds the members of RFC 6749 at the token endpoint', () => {
    const at = (error: DirectoryError) => problemOf(error, { path: '/oauth/token' })
    const refused = at(new DirectoryError('unauthenticated', 'Not "known".'))
    assert.equal(refused.body['error'], 'invalid_client')
    assert.equal(refused.body['error_description'], "Not 'known'.")
    assert.match(refused.headers['www-authenticate'] ?? '', /^Basic/)
    const said = (name: string, reason: 'value' | 'missing') => at(invalid(reason, 'No.', { name })).body['error']
    assert.equal(said('grant_type', 'value'), 'unsupported_grant_type')
    assert.equal(said('grant_type', 'missing'), 'invalid_request')
    assert.equal(said('scope', 'value'), 'invalid_scope')
    assert.equal('error' in at(new DirectoryError('internal', 'Failed.')).body, false)
  })
})

describe('the trace id of a problem', () => {
  const traceId = (requestId: string) =>
    String(problemOf(new DirectoryError('internal', 'No.'), { requestId }).body['traceId'])

  it('has the form of a W3C trace id and the digits of a UUID', () => {
    assert.match(traceId(CONTEXT.requestId), /^00-0185648f0c007a319c535d1e8a6f0b01-[0-9a-f]{16}-00$/)
  })

  it('is the same for the same request and another for another one', () => {
    for (const id of ['', 'req-1', 'ünïcode', '0'.repeat(32)]) {
      assert.match(traceId(id), /^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-00$/)
      assert.equal(traceId(id), traceId(id))
      assert.notEqual(traceId(id), traceId(`${id}x`))
    }
  })
})
