import { createHash } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { DirectoryError } from '../../core/error.ts'
import type { Answer, ErrorContext } from '../dialect.ts'
import { refusalHeaders } from '../refusal-headers.ts'
import { statusOf } from '../status.ts'
import { oauthError, TOKEN_PATH } from './oauth-error.ts'

/**
 * A refusal as problem document `{type, title, status, traceId, detail}`. One that lies in a single member or parameter
 * is a validation problem, with `errors: {name: [sentence]}` for `detail`; one of the token endpoint also has the
 * members of RFC 6749 §5.2. Names are in camel case whatever the case of users.
 */
export function renderError(error: DirectoryError, context: ErrorContext): Answer {
  const { status, title } = statusLine(error)
  const problem = { type: typeOf(status), title, status, traceId: traceId(context.requestId) }
  const headers = { ...refusalHeaders(error, context), 'content-type': 'application/problem+json' }
  const { message, where } = error
  if (context.path === TOKEN_PATH) {
    const { challenge, ...members } = oauthError(error)
    const body = JSON.stringify({ ...problem, detail: message, ...members })
    return { status, headers: challenge ? { ...headers, 'www-authenticate': challenge } : headers, body }
  }
  if (status === 400 && where.name !== undefined) {
    const errors = { [where.name]: [message] }
    const body = JSON.stringify({ ...problem, title: 'One or more validation errors occurred.', errors })
    return { status, headers, body }
  }
  return { status, headers, body: JSON.stringify({ ...problem, detail: message }) }
}

function statusLine(error: DirectoryError): { readonly status: number; readonly title: string } {
  const status = statusOf(error)
  // RFC 9110 §15.5.14 renamed it; Node still has the name of RFC 2616.
  return { status, title: status === 413 ? 'Content Too Large' : (STATUS_CODES[status] ?? 'Error') }
}

// The clause of RFC 9110 that defines a status. RFC 6585 has those that came later.
const CLAUSE: Readonly<Record<number, string>> = {
  400: 'rfc9110#section-15.5.1',
  401: 'rfc9110#section-15.5.2',
  403: 'rfc9110#section-15.5.4',
  404: 'rfc9110#section-15.5.5',
  405: 'rfc9110#section-15.5.6',
  406: 'rfc9110#section-15.5.7',
  408: 'rfc9110#section-15.5.9',
  409: 'rfc9110#section-15.5.10',
  412: 'rfc9110#section-15.5.13',
  413: 'rfc9110#section-15.5.14',
  414: 'rfc9110#section-15.5.15',
  415: 'rfc9110#section-15.5.16',
  422: 'rfc9110#section-15.5.21',
  428: 'rfc6585#section-3',
  429: 'rfc6585#section-4',
  431: 'rfc6585#section-5',
  500: 'rfc9110#section-15.6.1',
  503: 'rfc9110#section-15.6.4',
}

function typeOf(status: number): string {
  const clause = CLAUSE[status]
  return clause === undefined ? 'about:blank' : `https://tools.ietf.org/html/${clause}`
}

/**
 * The request id in the form of a W3C trace id, `00-<32 hex>-<16 hex>-00`: always the same for the same request, and
 * with the digits of the id itself where a client has sent a UUID for one.
 */
function traceId(requestId: string): string {
  const digest = createHash('sha256').update(requestId).digest('hex')
  const digits = requestId.replaceAll('-', '').toLowerCase()
  const isTrace = /^[0-9a-f]{32}$/.test(digits) && !/^0+$/.test(digits)
  return `00-${isTrace ? digits : digest.slice(0, 32)}-${digest.slice(32, 48)}-00`
}
