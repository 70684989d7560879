import type { DirectoryError, ErrorReason, Where } from '../../core/error.ts'

/** What the types of our own problems are called and say; each is a page under `/problems/`. */
export const PROBLEM_TYPES = {
  'invalid-request': ['Invalid request', 'The request cannot be understood; `detail` says what is wrong.'],
  'invalid-parameter': [
    'Invalid parameter',
    'A query parameter has a value that is not allowed. `parameter` names it, `allowed` says what it takes.',
  ],
  'unknown-parameter': [
    'Unknown parameter',
    'There is no query parameter of this name here. `allowed` lists the ones there are. Nothing is ignored silently.',
  ],
  'invalid-header': ['Invalid header', 'A request header cannot be understood. `header` names it.'],
  'invalid-body': ['Invalid body', 'The body is missing, or is not one well-formed JSON value in UTF-8.'],
  'invalid-member': [
    'Invalid member',
    'A member of the body has a value that is not allowed. `pointer` is its JSON Pointer (RFC 6901).',
  ],
  'unknown-member': ['Unknown member', 'There is no member of this name here. `pointer` says where it stands.'],
  'invalid-filter': [
    'Invalid filter',
    'The filter does not follow the grammar, or compares a field with what it cannot have. `position` is the offset of ' +
      'the fault in the filter, in UTF-16 units from its start.',
  ],
  'unknown-field': ['Unknown field', 'Users have no field of this name. `allowed` lists the ones there are.'],
  'invalid-cursor': [
    'Invalid cursor',
    'The cursor was not made for this query and caller. Ask without it to begin again; everything but limit, count ' +
      'and fields must stay the same from page to page.',
  ],
  unauthenticated: ['Not authenticated', 'A valid token is needed: `Authorization: Bearer rc_…`.'],
  'permission-required': ['Permission required', 'The token lacks the permission that `permission` names.'],
  'field-not-permitted': [
    'Field not permitted',
    'The token may not read this field, and so not filter or sort by it. `permission` names what it would take.',
  ],
  'out-of-scope': ['Out of scope', 'The token is limited to a part of the directory that this lies outside of.'],
  'cross-site': [
    'Cross-site',
    'In a session, a browser may change things only for pages of this server, which send `X-Rollcall-Console: 1`.',
  ],
  'not-found': ['Not found', 'There is nothing here that the token may see.'],
  'no-such-route': ['No such route', 'The API has no such path.'],
  'method-not-allowed': [
    'Method not allowed',
    'The path exists, the method does not. The Allow header lists the ones.',
  ],
  'not-acceptable': [
    'Not acceptable',
    'None of the formats that Accept allows is offered here. `allowed` names the ones that are.',
  ],
  'value-taken': [
    'Value taken',
    'The value must be unique among live users or among customers, and somebody else has it.',
  ],
  'still-in-use': ['Still in use', 'It cannot be removed while users or customers belong to it.'],
  'customer-cycle': ['Customer cycle', 'A customer cannot lie below itself.'],
  conflict: ['Conflict', 'The request does not fit the present state; `detail` says why.'],
  'idempotency-key-running': [
    'Idempotency key in use',
    'The first request with this Idempotency-Key is still being worked on. Try again in a moment.',
  ],
  'idempotency-key-reused': ['Idempotency key reused', 'This Idempotency-Key was used with another payload.'],
  'precondition-failed': [
    'Precondition failed',
    'The version named by If-Match, or by revision in the body, is not the current one. Read it again first.',
  ],
  'body-too-large': ['Body too large', 'The body has more bytes than the server takes.'],
  'url-too-long': ['URL too long', 'Send the query as JSON with QUERY /v1/users or POST /v1/users/query instead.'],
  'headers-too-large': ['Headers too large', 'The request headers have more bytes than the server takes.'],
  'unsupported-media-type': ['Unsupported media type', 'The body is in a format that is not understood here.'],
  'internal-error': [
    'Internal error',
    'The server failed. `instance` is what to name when reporting it; the server log has the same.',
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, about: string]>>

type ProblemSlug = keyof typeof PROBLEM_TYPES

/** The registered types of the rate limit fields (draft-ietf-httpapi-ratelimit-headers). */
const REGISTERED = {
  too_many_requests: ['quota-exceeded', 'Quota exceeded'],
  unavailable: ['temporary-reduced-capacity', 'Temporary reduced capacity'],
} as const

/** The URI and title of the problem an error is, by its code, its reason and the place it is about. */
export function problemType(error: DirectoryError, where: Where): { readonly type: string; readonly title: string } {
  if (error.code === 'too_many_requests' || error.code === 'unavailable') {
    const [name, title] = REGISTERED[error.code]
    return { type: `https://iana.org/assignments/http-problem-types#${name}`, title }
  }
  const slug = slugOf(error, error.code, where)
  return { type: `/problems/${slug}`, title: PROBLEM_TYPES[slug][0] }
}

const BY_REASON: Partial<Record<ErrorReason, ProblemSlug>> = {
  cursor: 'invalid-cursor',
  method: 'method-not-allowed',
  media_type: 'unsupported-media-type',
  not_acceptable: 'not-acceptable',
  scope: 'out-of-scope',
  cross_site: 'cross-site',
  route: 'no-such-route',
  taken: 'value-taken',
  in_use: 'still-in-use',
  cycle: 'customer-cycle',
  running: 'idempotency-key-running',
  key_reused: 'idempotency-key-reused',
  url: 'url-too-long',
  headers: 'headers-too-large',
}

type OwnCode = Exclude<DirectoryError['code'], keyof typeof REGISTERED>

function slugOf(error: DirectoryError, code: OwnCode, where: Where): ProblemSlug {
  const byReason = error.reason && BY_REASON[error.reason]
  if (byReason !== undefined) return byReason
  switch (code) {
    case 'invalid':
      return slugOfInput(error.reason, where)
    case 'unauthenticated':
      return 'unauthenticated'
    case 'forbidden':
      // Without a parameter it is no field that is refused, but a token with this permission.
      return error.permission === 'users:read-metadata' && where.name !== undefined
        ? 'field-not-permitted'
        : 'permission-required'
    case 'not_found':
      return 'not-found'
    case 'conflict':
      return 'conflict'
    case 'precondition_failed':
      return 'precondition-failed'
    case 'too_large':
      return 'body-too-large'
    case 'internal':
      return 'internal-error'
  }
}

const FIELD_LISTS: readonly (string | undefined)[] = ['filter', 'sort', 'fields']

function slugOfInput(reason: ErrorReason | undefined, where: Where): ProblemSlug {
  if (reason === 'unknown' && FIELD_LISTS.includes(where.name) && where.value !== undefined) return 'unknown-field'
  if (where.name === 'filter') return 'invalid-filter'
  switch (where.in) {
    case 'body':
      if (where.name === undefined || where.name === '') return 'invalid-body'
      return reason === 'unknown' ? 'unknown-member' : 'invalid-member'
    case 'header':
      return 'invalid-header'
    case 'query':
    case 'path':
      return reason === 'unknown' ? 'unknown-parameter' : 'invalid-parameter'
    default:
      return 'invalid-request'
  }
}
