import type { DirectoryError, ErrorCode } from '../../core/error.ts'
import type { Answer, ErrorContext } from '../dialect.ts'
import { refusalHeaders } from '../refusal-headers.ts'
import { statusOf } from '../status.ts'
import { VERSION } from './headers.ts'

const CODES = {
  invalid: 'invalid_argument',
  unauthenticated: 'unauthenticated',
  forbidden: 'permission_denied',
  not_found: 'not_found',
  conflict: 'invalid_argument',
  precondition_failed: 'invalid_argument',
  too_large: 'invalid_argument',
  too_many_requests: 'rate_limited',
  unavailable: 'unavailable',
  internal: 'internal',
} satisfies Record<ErrorCode, string>

/** `{code, message, details?}`; `details` names the parameter, header or member and what is allowed. */
export function renderError(error: DirectoryError, context: ErrorContext): Answer {
  const details = detailsOf(error)
  return {
    status: statusOf(error),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-api-version': VERSION,
      ...refusalHeaders(error, context),
    },
    body: JSON.stringify({
      code: error.reason === 'method' ? 'method_not_allowed' : CODES[error.code],
      // A fault of the server is told to its log; here stands only where to look there.
      message: error.code === 'internal' ? `The request ${context.requestId} could not be answered.` : error.message,
      ...(details === undefined ? {} : { details }),
    }),
  }
}

function detailsOf({ code, where, permission }: DirectoryError): Readonly<Record<string, unknown>> | undefined {
  if (code === 'internal') return undefined
  const allowed = where.allowed ?? where.expected
  const details = {
    ...(where.name === undefined ? {} : { parameter: where.name }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(permission === undefined ? {} : { permission }),
  }
  return Object.keys(details).length === 0 ? undefined : details
}
