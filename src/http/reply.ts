import { matchesTag } from './entity-tag.ts'
import { elapsedMs, type Exchange } from './exchange.ts'
import { withoutContent, type FlatHeaders } from './headers.ts'
import { lastingCaller } from './lasting-caller.ts'
import { pushLimitState } from './limit-state.ts'
import { lengthOf, type ReadyAnswer } from './ready-answer.ts'
import { closeStream, endLingering, isLeftUnread, sendPieces, sendStream } from './send.ts'
import type { Serving } from './serving.ts'

/** What log and metrics have for a status when nobody was left to answer. */
const CLIENT_GONE = 499

/**
 * Sends an answer: cut to 304 where the caller has it already, without its body to HEAD, and as the last one of its
 * connection when the server closes or the request was not read to its end. Sends nothing where an answer has begun.
 */
export async function reply(serving: Serving, exchange: Exchange, answer: ReadyAnswer): Promise<void> {
  const { request, response } = exchange
  if (response.headersSent || response.destroyed) return abandon(exchange, answer)
  const isUnchanged = isHeldByCaller(exchange, answer)
  const body = isUnchanged ? null : answer.body
  const headers = [
    ...(exchange.mounted.route.isPage === true ? serving.pageHeaders : serving.securityHeaders),
    ...(isUnchanged ? withoutContent(answer.headers) : answer.headers),
    'X-Request-Id',
    exchange.requestId,
  ]
  // Kept answers are the same for sessions and tokens; who keeps this one must not give it to another session.
  if (exchange.isInSession) headers.push('Vary', 'Cookie')
  pushRateLimit(exchange, headers)
  if (exchange.timing !== null) {
    headers.push('Server-Timing', `${exchange.timing}, total;dur=${elapsedMs(exchange).toFixed(3)}`)
  }
  const isUnread = isLeftUnread(request)
  if (isUnread || serving.isClosing) headers.push('Connection', 'close')

  exchange.status = isUnchanged ? 304 : answer.status
  if (body !== null && 'rest' in body) {
    response.writeHead(exchange.status, headers)
    if (request.method !== 'HEAD') exchange.bytes = await sendStream(response, body, lastingCaller(serving, exchange))
    else {
      response.end()
      await closeStream(body.rest)
    }
    return
  }
  const bytes = body === null ? 0 : lengthOf(body)
  if (body !== null || (exchange.status !== 204 && exchange.status !== 304)) {
    headers.push('Content-Length', String(bytes))
  }
  response.writeHead(exchange.status, headers)
  const pieces = request.method === 'HEAD' ? null : body
  exchange.bytes = pieces === null ? 0 : bytes
  if (isUnread) endLingering(request, response, pieces)
  else sendPieces(response, pieces, answer.isShared === true)
}

// The client is gone, or has the beginning of an answer that failed.
async function abandon(exchange: Exchange, { body }: ReadyAnswer): Promise<void> {
  if (exchange.status === 0) exchange.status = CLIENT_GONE
  if (body !== null && 'rest' in body) await closeStream(body.rest)
}

function isHeldByCaller({ request, mounted }: Exchange, { status, etag }: ReadyAnswer): boolean {
  if (etag === undefined || status !== 200) return false
  const { method } = mounted.route
  if (method !== 'GET' && method !== 'QUERY') return false
  return matchesTag(request.headers['if-none-match'], etag)
}

// Fresh on every answer, kept ones too; never kept with them.
function pushRateLimit({ mounted, verdict, nowMs }: Exchange, headers: FlatHeaders): void {
  const { policies } = mounted
  if (verdict && policies !== null) headers.push('RateLimit-Policy', policies.header, 'RateLimit', verdict.header)
  pushLimitState(headers, mounted, verdict?.state, nowMs)
}
