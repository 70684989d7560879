import { DirectoryError } from '../core/error.ts'
import type { Usage } from '../core/store.ts'
import { refusalHeaders } from '../dialects/refusal-headers.ts'
import { stackOf } from './event.ts'
import type { Exchange } from './exchange.ts'
import { readyAnswer, type ReadyAnswer } from './ready-answer.ts'
import type { Serving } from './serving.ts'

/**
 * What the dialect says to whatever went wrong. What is no DirectoryError is a fault of the server: the answer gives only
 * a reference, under which the log has the rest.
 */
export async function readyRefusal(serving: Serving, exchange: Exchange, thrown: unknown): Promise<ReadyAnswer> {
  const { mounted, requestId, path, origin } = exchange
  const error = thrown instanceof DirectoryError ? thrown : fault(thrown, requestId)
  if (isFault(error) || exchange.response.headersSent) logFault(serving, exchange, error)
  const context = {
    requestId,
    method: exchange.request.method ?? 'GET',
    path,
    origin,
    usage: error.code === 'unavailable' ? undefined : await usageOf(serving, exchange),
    ...(mounted.allow === undefined ? {} : { allow: mounted.allow }),
  }
  const answer = mounted.dialect.renderError(error, context)
  return readyAnswer({ ...answer, headers: withDefaults(answer.headers ?? {}, refusalHeaders(error, context)) })
}

function fault(thrown: unknown, requestId: string): DirectoryError {
  return new DirectoryError('internal', `The server failed. Its log has more under ${requestId}.`, { cause: thrown })
}

// That the server is busy is no fault; a store that does not answer has a cause. Where an answer has begun, none may fail.
function isFault({ code, cause }: DirectoryError): boolean {
  return code === 'internal' || (code === 'unavailable' && cause !== undefined)
}

function logFault({ log }: Serving, { mounted, requestId }: Exchange, error: DirectoryError): void {
  log.write({
    event: 'request-failed',
    requestId,
    dialect: mounted.dialect.name,
    operation: mounted.route.operation.id,
    code: error.code,
    stack: stackOf(error.cause ?? error),
  })
}

// A store that fails must not keep a refusal from being said; one that is not there is not asked at all: it may be silent.
async function usageOf({ usage }: Serving, { caller, nowMs }: Exchange): Promise<Usage | undefined> {
  const userId = caller?.principal.userId
  if (userId === null || userId === undefined) return undefined
  try {
    return await usage.of(userId, nowMs)
  } catch {
    return undefined
  }
}

// What a dialect writes itself stands, in whatever letter case.
function withDefaults(
  own: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const written = new Set(Object.keys(own).map((name) => name.toLowerCase()))
  const missing = Object.entries(defaults).filter(([name]) => !written.has(name.toLowerCase()))
  return { ...own, ...Object.fromEntries(missing) }
}
