import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError, type ErrorCode, type ErrorReason, type Where } from '../../core/error.ts'
import { memberPath } from '../../core/member-path.ts'
import { statusOf } from '../status.ts'
import { problemOf, renderProblem } from './problem.ts'
import { PROBLEM_TYPES } from './problem-type.ts'

const CONTEXT = {
  requestId: 'r1',
  method: 'GET',
  path: '/v1/users',
  origin: 'http://127.0.0.1',
  usage: undefined,
  allow: ['GET'],
}

const REASONS: Readonly<Record<ErrorCode, readonly (ErrorReason | undefined)[]>> = {
  invalid: [
    undefined, 'syntax', 'type', 'value', 'range', 'format', 'unknown', 'missing', 'cursor', 'text', 'method',
    'media_type', 'not_acceptable',
  ], // prettier-ignore
  unauthenticated: [undefined, 'no_token', 'bad_token', 'expired_token', 'revoked_token'],
  forbidden: [undefined, 'permission', 'scope'],
  not_found: [undefined, 'route', 'subject'],
  conflict: [undefined, 'taken', 'in_use', 'cycle', 'changed', 'running', 'key_reused'],
  precondition_failed: [undefined],
  too_large: [undefined, 'body', 'url', 'headers'],
  too_many_requests: [undefined],
  unavailable: [undefined, 'draining', 'disk_full'],
  internal: [undefined],
}

const PLACES: readonly Where[] = [
  {},
  { name: 'filter', position: 3 },
  { in: 'query', name: 'limit', value: '0', allowed: '1 to 1000' },
  { in: 'body', name: 'users.3.email', allowed: ['a', 'b'] },
  { in: 'header', name: 'If-Match' },
  { in: 'path', name: 'id' },
]

function problem(code: ErrorCode, reason: ErrorReason | undefined, where: Where, method = 'GET') {
  const error = new DirectoryError(code, 'So it is.', { where, ...(reason === undefined ? {} : { reason }) })
  return JSON.parse(JSON.stringify(problemOf(error, { ...CONTEXT, method }))) as Readonly<Record<string, unknown>>
}

describe('A problem of /v1', () => {
  for (const [code, reasons] of Object.entries(REASONS) as [ErrorCode, (typeof REASONS)[ErrorCode]][]) {
    it(`has a type with a page or a registered one, whatever the cause and place: ${code}`, () => {
      for (const reason of reasons) {
        for (const where of PLACES) {
          const { type, title, status, detail, instance } = problem(code, reason, where)
          assert.deepEqual([detail, instance], ['So it is.', 'urn:rollcall:request:r1'])
          assert.equal(status, statusOf({ code, reason }))
          const slug = /^\/problems\/([a-z-]+)$/.exec(String(type))?.[1]
          if (slug === undefined) assert.match(String(type), /^https:\/\/iana\.org\/assignments\/http-problem-types#/)
          else assert.equal(title, PROBLEM_TYPES[slug as keyof typeof PROBLEM_TYPES][0])
        }
      }
    })
  }

  it('names a parameter, a header or the JSON Pointer of a member', () => {
    assert.equal(problem('invalid', 'range', { in: 'query', name: 'limit' })['parameter'], 'limit')
    assert.equal(problem('invalid', 'format', { in: 'header', name: 'If-Match' })['header'], 'If-Match')
    assert.equal(problem('invalid', 'type', { in: 'body', name: 'users.3.email' })['pointer'], '/users/3/email')
    assert.equal(problem('invalid', 'type', { in: 'body', name: 'tags.a/b~c' })['pointer'], '/tags/a~1b~0c')
    const name = memberPath('tags', 'app.role')
    assert.equal(problem('invalid', 'type', { in: 'body', name })['pointer'], '/tags/app.role')
  })

  it('takes what the core names without a place for a parameter or a member, as the method has it', () => {
    assert.equal(problem('invalid', 'cursor', { name: 'cursor' }, 'GET')['parameter'], 'cursor')
    assert.equal(problem('invalid', 'cursor', { name: 'cursor' }, 'QUERY')['pointer'], '/cursor')
    assert.equal(problem('conflict', 'taken', { name: 'email', position: 0 }, 'POST')['pointer'], '/email')
  })

  it('keeps the place of a change in a commit to itself', () => {
    assert.equal('position' in problem('conflict', 'taken', { name: 'email', position: 0 }, 'POST'), false)
    assert.equal('parameter' in problem('conflict', 'in_use', { name: 'id', position: 0 }, 'DELETE'), false)
  })

  it('says which formats would have been taken', () => {
    const error = new DirectoryError('invalid', 'No.', { reason: 'media_type' })
    const formats = (method: string) => renderProblem(error, { ...CONTEXT, method }).headers
    assert.equal(formats('QUERY')?.['accept-query'], '"application/json"')
    assert.equal(formats('PATCH')?.['accept-patch'], 'application/merge-patch+json')
    assert.equal(formats('POST')?.['accept-patch'], undefined)
  })
})
