import { STATUS_CODES } from 'node:http'
import type { DirectoryError, ErrorCode } from '../../core/error.ts'
import type { Answer, ErrorContext } from '../dialect.ts'
import { refusalHeaders } from '../refusal-headers.ts'
import { statusOf } from '../status.ts'

const CODES = {
  invalid: 'invalid_parameter',
  unauthenticated: 'unauthorized',
  forbidden: 'forbidden',
  not_found: 'not_found',
  conflict: 'invalid_parameter',
  precondition_failed: 'invalid_parameter',
  too_large: 'invalid_parameter',
  too_many_requests: 'too_many_requests',
  unavailable: 'service_unavailable',
  internal: 'internal_error',
} satisfies Record<ErrorCode, string>

/** `{message: <reason phrase>, errors: [{code, message, details?}]}`; `details` names the parameter and what is allowed. */
export function renderError(error: DirectoryError, context: ErrorContext): Answer {
  const status = statusOf(error)
  const details = detailsOf(error)
  const fault = {
    code: error.reason === 'method' ? 'method_not_allowed' : CODES[error.code],
    // A fault of the server is told to its log; here stands only where to look there.
    message: error.code === 'internal' ? `The request ${context.requestId} could not be answered.` : error.message,
    ...(details === undefined ? {} : { details }),
  }
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...refusalHeaders(error, context) },
    body: JSON.stringify({ message: STATUS_CODES[status] ?? 'Error', errors: [fault] }),
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
