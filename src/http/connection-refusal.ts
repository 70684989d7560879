import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { DirectoryError, invalid } from '../core/error.ts'
import { answerHeaders, headerOf } from './headers.ts'
import { pushLimitState } from './limit-state.ts'
import { requestIdOf } from './request-id.ts'
import type { Owner } from './routes.ts'
import type { Serving } from './serving.ts'

/** What Node says of bytes that are no request. */
export type ConnectionError = Error & { readonly code?: string; readonly rawPacket?: Buffer }

/** Looks up whose words are used at a path. */
type OwnerOf = (path: string) => Owner

/**
 * Answers what is no well-formed request and ends its connection: 431 for too large a head, 414 where it is the target
 * that is too large, 408 for one that does not come in time, 400 for the rest; in the dialect's words as far as the
 * path can be told.
 */
export function refuseConnection(serving: Serving, ownerOf: OwnerOf, error: ConnectionError, socket: Duplex): void {
  const current = answerOn(socket)
  // Nobody listens any more, or an answer is on its way that must not be mixed with another.
  if (error.code === 'ECONNRESET' || !socket.writable || current?.headersSent === true) {
    socket.destroy(error)
    return
  }
  const { settings } = serving
  const { fault, method, path } = faultIn(error, current?.req, settings.urlLengthMax)
  refuse(serving, socket, {
    owner: ownerOf(path === '' ? '/' : path),
    fault,
    method,
    path,
    cause: error.code ?? error.name,
  })
}

/** Answers `CONNECT`, which asks for a tunnel that no path of this server is, and ends its connection. */
export function refuseTunnel(serving: Serving, ownerOf: OwnerOf, socket: Duplex): void {
  // The HTTP server no longer looks after it.
  socket.on('error', () => socket.destroy())
  if (!socket.writable || answerOn(socket)) {
    socket.destroy()
    return
  }
  const fault = invalid('method', 'This server is no proxy.', { allowed: [] })
  refuse(serving, socket, { owner: ownerOf('/'), fault, method: 'CONNECT', path: '/', cause: 'CONNECT' })
}

function answerOn(socket: Duplex): ServerResponse | null | undefined {
  return (socket as Duplex & { _httpMessage?: ServerResponse | null })._httpMessage
}

interface ConnectionRefusal {
  readonly owner: Owner
  readonly fault: DirectoryError
  readonly method: string
  readonly path: string
  /** For the log. */
  readonly cause: string
}

function refuse(serving: Serving, socket: Duplex, { owner, fault, method, path, cause }: ConnectionRefusal): void {
  const requestId = requestIdOf(undefined)
  const context = { requestId, method, path, origin: '', usage: undefined, allow: [] }
  const answer = owner.dialect.renderError(fault, context)
  const body = Buffer.from(typeof answer.body === 'string' ? answer.body : '')
  const headers = [
    ...serving.securityHeaders,
    ...answerHeaders(answer, undefined),
    'X-Request-Id', requestId,
    'Content-Length', String(body.length),
    'Connection', 'close',
    'Date', new Date().toUTCString(),
  ] // prettier-ignore
  // RFC 9110 §10.2.1: an empty field says that nothing is allowed.
  if (fault.reason === 'method' && headerOf(answer, 'allow') === undefined) headers.push('Allow', '')
  pushLimitState(headers, owner, undefined, serving.now())
  let head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n`
  for (let i = 0; i < headers.length; i += 2) head += `${headers[i] ?? ''}: ${headers[i + 1] ?? ''}\r\n`
  socket.end(Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body]), () => socket.destroy())
  serving.log.write({ event: 'connection-refused', status: answer.status, cause })
}

// A head up to the target, when it came in one piece. RFC 9110 §9.1: a method is any token, and its letter case counts.
const REQUEST_LINE = /^([\w!#$%&'*+.^`|~-]+) (?:https?:\/\/[^/ ]*)?([^ ?]*)([^ ]*)( HTTP\/1\.[01]\r\n)?/i

function faultIn(
  error: ConnectionError,
  request: IncomingMessage | undefined,
  urlLengthMax: number,
): { readonly fault: DirectoryError; readonly method: string; readonly path: string } {
  // A request that is not whole has its fault in its body; else what came is the head of another.
  const isBody = request?.complete === false
  const head = isBody ? `${request.method ?? ''} ${request.url ?? ''} ` : (error.rawPacket?.toString('latin1') ?? '')
  const [, method = '', path = '', query = '', end] = REQUEST_LINE.exec(head) ?? []
  const isCut = !isBody && path !== '' && end === undefined
  return { fault: faultOf(error, isCut || path.length + query.length > urlLengthMax), method, path }
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
