import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { DirectoryError, invalid } from '../core/error.ts'
import type { Answer, Dialect } from '../dialects/dialect.ts'
import { answerHeaders } from './headers.ts'
import { requestIdOf } from './request-id.ts'
import type { Serving } from './serving.ts'

/** What Node says of bytes that are no request. */
export type ConnectionError = Error & { readonly code?: string; readonly rawPacket?: Buffer }

/**
 * Answers what is no well-formed request and ends its connection: 431 for too large a head, 414 where it is the target
 * that is too large, 408 for one that does not come in time, 400 for the rest; in the dialect's words as far as the
 * path can be told.
 */
export function refuseConnection(
  serving: Serving,
  ownerOf: (path: string) => Dialect,
  error: ConnectionError,
  socket: Duplex,
): void {
  const current = (socket as Duplex & { _httpMessage?: ServerResponse | null })._httpMessage
  // Nobody listens any more, or an answer is on its way that must not be mixed with another.
  if (error.code === 'ECONNRESET' || !socket.writable || current?.headersSent === true) {
    socket.destroy(error)
    return
  }
  const requestId = requestIdOf(undefined)
  const answer = answerTo(serving, error, current?.req, requestId, ownerOf)
  const body = Buffer.from(typeof answer.body === 'string' ? answer.body : '')
  const headers = [
    ...serving.securityHeaders,
    ...answerHeaders(answer, undefined),
    'X-Request-Id', requestId,
    'Content-Length', String(body.length),
    'Connection', 'close',
    'Date', new Date().toUTCString(),
  ] // prettier-ignore
  let head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n`
  for (let i = 0; i < headers.length; i += 2) head += `${headers[i] ?? ''}: ${headers[i + 1] ?? ''}\r\n`
  socket.end(Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body]), () => socket.destroy())
  serving.log.write({ event: 'connection-refused', status: answer.status, cause: error.code ?? error.name })
}

// A head up to the target, when it came in one piece.
const REQUEST_LINE = /^([A-Z]+) (?:http:\/\/[^/ ]*)?([^ ?]*)([^ ]*)( HTTP\/1\.[01]\r\n)?/

function answerTo(
  { settings }: Serving,
  error: ConnectionError,
  request: IncomingMessage | undefined,
  requestId: string,
  ownerOf: (path: string) => Dialect,
): Answer {
  // A request that is not whole has its fault in its body; else what came is the head of another.
  const isBody = request?.complete === false
  const head = isBody ? `${request.method ?? ''} ${request.url ?? ''} ` : (error.rawPacket?.toString('latin1') ?? '')
  const [, method = '', path = '', query = '', end] = REQUEST_LINE.exec(head) ?? []
  const isCut = !isBody && path !== '' && end === undefined
  const fault = faultOf(error, isCut || path.length + query.length > settings.urlLengthMax)
  const dialect = ownerOf(path === '' ? '/' : path)
  return dialect.renderError(fault, { requestId, method, path, origin: '', usage: undefined })
}

function faultOf({ code }: ConnectionError, isTarget: boolean): DirectoryError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return invalid('timeout', 'The request did not come in time.')
  return code === 'HPE_HEADER_OVERFLOW' ? overflow(isTarget) : malformed()
}

function overflow(isTarget: boolean): DirectoryError {
  return isTarget
    ? new DirectoryError('too_large', 'The URL is too long.', { reason: 'url' })
    : new DirectoryError('too_large', 'The headers are too large.', { reason: 'headers' })
}

function malformed(): DirectoryError {
  return invalid('syntax', 'The request is not well-formed HTTP/1.1.')
}
