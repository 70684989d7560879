import { STATUS_CODES } from 'node:http'
import type { DirectoryError } from '../core/error.ts'
import type { Answer, ErrorContext } from '../dialects/dialect.ts'
import { statusOf } from '../dialects/status.ts'

/** An error as RFC 9457 has it, where no dialect is spoken. Its `instance` is the request's id. */
export function renderProblem(error: DirectoryError, context: Pick<ErrorContext, 'requestId'>): Answer {
  return problem(statusOf(error), error.message, context.requestId)
}

/** A problem of any status; `about:blank` means that its title is the status's own phrase (RFC 9457 §4.2.1). */
export function problem(status: number, detail: string, requestId: string): Answer {
  const title = STATUS_CODES[status] ?? 'Error'
  const body = { type: 'about:blank', title, status, detail, instance: `urn:rollcall:request:${requestId}` }
  return { status, headers: { 'Content-Type': 'application/problem+json' }, body: `${JSON.stringify(body)}\n` }
}
