import { DirectoryError, type Where } from '../../core/error.ts'
import { memberNames } from '../../core/member-path.ts'
import type { Answer, ErrorContext } from '../dialect.ts'
import { refusalHeaders } from '../refusal-headers.ts'
import { statusOf } from '../status.ts'
import { problemType } from './problem-type.ts'

/** An error as an RFC 9457 problem object, with members of our own that say where the fault lies and what is allowed. */
export function problemOf(error: DirectoryError, context: Pick<ErrorContext, 'method' | 'requestId'>): object {
  const where = placed(error, context.method)
  const { type, title } = problemType(error, where)
  return {
    type,
    title,
    status: statusOf(error),
    detail: error.message,
    instance: `urn:rollcall:request:${context.requestId}`,
    ...nameOf(where),
    // A store says with a position which change of a commit it refused.
    position: error.code === 'invalid' || error.code === 'forbidden' ? where.position : undefined,
    value: where.value,
    allowed: where.allowed,
    expected: where.expected,
    actual: where.actual,
    permission: error.permission,
  }
}

/** Answers with a problem: `application/problem+json` and the headers HTTP asks of the status. */
export function renderProblem(error: DirectoryError, context: ErrorContext): Answer {
  return {
    status: statusOf(error),
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...refusalHeaders(error, context),
      ...(error.reason === 'media_type' ? formatsOf(context) : {}),
    },
    body: JSON.stringify(problemOf(error, context)),
  }
}

// What would have been taken: RFC 10008 for QUERY, RFC 5789 §2.2 for PATCH.
function formatsOf({ method }: ErrorContext): Record<string, string> {
  if (method === 'QUERY') return ACCEPT_QUERY
  return method === 'PATCH' ? ACCEPT_PATCH : {}
}

export const ACCEPT_QUERY = { 'accept-query': '"application/json"' }
export const ACCEPT_PATCH = { 'accept-patch': 'application/merge-patch+json' }

// The core names a limit, a cursor or a filter without knowing how it came, and what is in use by its key.
function placed({ where, reason }: DirectoryError, method: string): Where {
  if (where.in !== undefined || where.name === undefined) return where
  if (reason === 'in_use') return {}
  return { ...where, in: method === 'GET' || method === 'DELETE' ? 'query' : 'body' }
}

/** The same error, said of another place. */
export function relocated(error: DirectoryError, where: Where): DirectoryError {
  const { code, message, reason, retryAfterS, permission } = error
  return new DirectoryError(code, message, {
    where,
    cause: error,
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
    ...(permission === undefined ? {} : { permission }),
  })
}

function nameOf({ in: place, name }: Where): object {
  if (name === undefined || name === '') return {}
  switch (place) {
    case 'header':
      return { header: name }
    case 'body':
      return { pointer: memberNames(name).map(pointerToken).join('') }
    default:
      return { parameter: name }
  }
}

// RFC 6901 §3: in a token of a pointer, ~ and / are escaped.
function pointerToken(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
