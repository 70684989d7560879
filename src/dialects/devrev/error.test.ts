import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError, type ErrorCode, type ErrorReason, type Where } from '../../core/error.ts'
import { renderError } from './error.ts'

const CONTEXT = {
  requestId: 'req-1',
  method: 'POST',
  path: '/sys-users.list',
  origin: 'http://localhost',
  usage: undefined,
  allow: ['GET', 'POST'],
}

function said(code: ErrorCode, reason?: ErrorReason, where: Where = {}, retryAfterS?: number): Record<string, unknown> {
  const error = new DirectoryError(code, 'What is wrong.', {
    ...(reason ? { reason } : {}),
    where,
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  })
  const { status, body } = renderError(error, CONTEXT)
  assert(typeof body === 'string')
  return { status, ...(JSON.parse(body) as Record<string, unknown>) }
}

describe('an error in DevRev words', () => {
  it('has the members of its type after detail, message and type', () => {
    const where = { name: 'mode', allowed: ['after', 'before'], value: 'up' }
    assert.deepEqual(Object.entries(said('invalid', 'value', where)), [
      ['status', 400],
      ['detail', 'Allowed: after, before.'],
      ['message', 'What is wrong.'],
      ['type', 'invalid_enum_value'],
      ['field_name', 'mode'],
      ['value', 'up'],
      ['allowed_values', ['after', 'before']],
    ])
  })

  it('names JSON types as DevRev does', () => {
    const where = { name: 'limit', actual: 'boolean', expected: 'integer' }
    assert.deepEqual(said('invalid', 'type', where), {
      status: 400,
      message: 'What is wrong.',
      type: 'unexpected_json_type',
      field_name: 'limit',
      actual: 'bool',
      expected: 'number',
    })
  })

  it('names a field that the core found at fault by its wire name', () => {
    assert.equal(said('invalid', 'range', { name: 'fullName' })['field_name'], 'full_name')
    assert.equal(said('invalid', 'range', { name: '__proto__' })['field_name'], '__proto__')
  })

  it('is exactly one sentence for an unknown route', () => {
    assert.deepEqual(said('not_found', 'route'), { status: 404, message: 'route not found' })
    assert.deepEqual(said('not_found', 'subject'), { status: 404, message: 'What is wrong.', type: 'not_found' })
  })

  it('has a type for every code', () => {
    const types: readonly (readonly [ErrorCode, number, string])[] = [
      ['invalid', 400, 'bad_request'],
      ['unauthenticated', 401, 'unauthenticated'],
      ['forbidden', 403, 'forbidden'],
      ['not_found', 404, 'not_found'],
      ['conflict', 409, 'conflict'],
      ['precondition_failed', 412, 'conflict'],
      ['too_large', 413, 'request_entity_too_large'],
      ['too_many_requests', 429, 'too_many_requests'],
      ['unavailable', 503, 'service_unavailable'],
      ['internal', 500, 'internal_error'],
    ]
    for (const [code, status, type] of types) {
      const error = said(code)
      assert.deepEqual([error['status'], error['type']], [status, type])
    }
  })

  it('tells expired and revoked tokens apart', () => {
    assert.equal(said('unauthenticated', 'expired_token')['type'], 'token_expired')
    assert.equal(said('unauthenticated', 'revoked_token')['type'], 'token_revoked')
  })

  it('says how long to wait, and under what a fault is logged', () => {
    assert.equal(said('too_many_requests', undefined, {}, 30)['retry_after'], 30)
    assert.equal(said('internal')['reference_id'], 'req-1')
  })
})
