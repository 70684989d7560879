import { STATUS_CODES } from 'node:http'
import type { DirectoryError } from '../core/error.ts'
import type { Answer, ErrorContext } from '../dialects/dialect.ts'
import { statusOf } from '../dialects/status.ts'

/** An error as RFC 9457 has it, where no dialect is spoken. Its `instance` is the request's id. */
export function renderProblem(error: DirectoryError, context: Pick<ErrorContext, 'requestId'>): Answer {
  const status = statusOf(error)
  // RFC 9457 §4.2.1: with `about:blank` the title is the status's own phrase.
  const title = STATUS_CODES[status] ?? 'Error'
  const instance = `urn:rollcall:request:${context.requestId}`
  const body = { type: 'about:blank', title, status, detail: error.message, instance }
  return { status, headers: { 'Content-Type': 'application/problem+json' }, body: `${JSON.stringify(body)}\n` }
}
