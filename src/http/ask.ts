import { hash } from 'node:crypto'
import type { Reading } from '../core/directory.ts'
import { invalid } from '../core/error.ts'
import type { Answer, Body, Call, GuardedRoute, PublicCall, PublicRoute, Route } from '../dialects/dialect.ts'
import type { KnownCaller } from './authentication.ts'
import { hasBody, readBody } from './body.ts'
import { listTag } from './entity-tag.ts'
import { SERVER_DIALECT } from './event.ts'
import type { Exchange } from './exchange.ts'
import { idempotencyOf } from './idempotency.ts'
import { readMinRevision } from './min-revision.ts'
import { parseQuery } from './query-string.ts'
import { isWhole, notModified, readyAnswer, type ReadyAnswer } from './ready-answer.ts'
import { turn } from './send.ts'
import type { Serving } from './serving.ts'

/** The answer of a route: kept from an earlier request where that cannot be told apart, else asked for. */
export function ask(serving: Serving, exchange: Exchange): Promise<ReadyAnswer> {
  const { standIn } = exchange.mounted
  return standIn ? standIn().then((answer) => readyAnswer(answer)) : askRoute(serving, exchange)
}

function isSafe({ method }: Route): boolean {
  return method === 'GET' || method === 'QUERY'
}

async function askRoute(serving: Serving, exchange: Exchange): Promise<ReadyAnswer> {
  const { caller, mounted } = exchange
  const { route } = mounted
  const sent = bodyOf(exchange)
  const body = sent && (await sent)
  if (route.access === 'public') return readyAnswer(await askPublic(serving, exchange, route, body))
  if (caller === null) throw new Error('A guarded route was reached without a caller.')
  if (exchange.request.headers['if-min-revision'] !== undefined) await readMinRevision(serving, exchange)
  if (route.cacheable === true || route.cacheable === 'user') {
    return askCacheable(serving, exchange, route, caller, body)
  }
  return readyAnswer(await askGuarded(serving, exchange, route, caller, body))
}

function bodyOf({ request, response, mounted }: Exchange): Promise<Body | null> | null {
  const { method } = mounted.route
  const isMeant = method !== 'GET' && method !== 'DELETE'
  if (method === 'QUERY' && request.headers['content-type'] === undefined) {
    // RFC 10008 §2.1: a query whose content has no type must fail.
    throw invalid('missing', 'QUERY needs a Content-Type.', { in: 'header', name: 'Content-Type' })
  }
  return isMeant || hasBody(request) ? readBody(request, response, mounted.bodyBytesMax) : null
}

function askCacheable(
  serving: Serving,
  exchange: Exchange,
  route: GuardedRoute,
  caller: KnownCaller,
  body: Body | null,
): ReadyAnswer | Promise<ReadyAnswer> {
  const key = cacheKey(exchange, route, caller, body)
  const kept = serving.cache.get(key, exchange.revision)
  if (kept === undefined)
    return askToKeep(serving, exchange, key, () => askGuarded(serving, exchange, route, caller, body))
  exchange.isKept = true
  exchange.mounted.metrics.servedAgain()
  return kept
}

async function askToKeep(
  serving: Serving,
  exchange: Exchange,
  key: string,
  asked: () => Promise<Answer>,
): Promise<ReadyAnswer> {
  const { revision, mounted } = exchange
  const etag = isSafe(mounted.route) ? listTag(revision, key) : undefined
  // Only who was given this very answer can name its tag.
  if (etag !== undefined && exchange.request.headers['if-none-match'] === etag)
    return notModified(etag, mounted.dialect.vary)
  const answer = await asked()
  // A replica that is behind, or a commit in between: the answer stands for no revision that it could be kept for.
  if (exchange.shownRevision < revision) return readyAnswer(answer)
  if (answer.status !== 200 || (answer.revision ?? (await serving.store.revision())) !== revision)
    return readyAnswer(answer)
  const ready = await readyAnswer(answer, etag)
  return isWhole(ready) ? serving.cache.put(key, revision, ready) : ready
}

// No part can hold a line break, so no two requests have one key.
function cacheKey(
  { mounted, origin, url, request }: Exchange,
  route: GuardedRoute,
  { view, principal }: KnownCaller,
  body: Body | null,
): string {
  const { dialect } = mounted
  const seen = route.cacheable === 'user' ? `${view} ${String(principal.userId)}` : view
  const { headers } = request
  const varied = `${String(headers['x-api-version'])}\n${String(headers['x-devrev-version'])}\n${String(headers['api-version'])}`
  // A type without a body is another request than neither.
  const sent = `${headers['content-type'] ?? ''}\n${body === null ? '' : hash('sha256', body.text, 'base64')}`
  return `${dialect.name}\n${route.operation.id}\n${route.method}\n${seen}\n${origin}\n${url}\n${headers.accept ?? ''}\n${varied}\n${sent}`
}

function askGuarded(
  serving: Serving,
  exchange: Exchange,
  route: GuardedRoute,
  { principal }: KnownCaller,
  body: Body | null,
): Promise<Answer> {
  const { nowMs, request, pathParameters, query } = exchange
  const callWith = (idempotency: Call['idempotency']): Call => ({
    ...publicCall(serving, exchange, body),
    principal,
    view: serving.directory.as(principal, idempotency, readingOf(exchange)),
    usage: async () => (principal.userId === null ? { total: 0, today: 0 } : serving.usage.of(principal.userId, nowMs)),
    turn,
    idempotency,
    server: serving.facts,
  })
  const key = route.idempotent === true ? request.headers['idempotency-key'] : undefined
  if (typeof key !== 'string') return route.answer(callWith(undefined))
  const idempotency = idempotencyOf(
    key,
    { tokenId: principal.tokenId, method: route.method, path: route.path, pathParameters },
    { query, text: body?.text ?? '' },
  )
  return serving.running.run(idempotency, () => route.answer(callWith(idempotency)))
}

function readingOf(exchange: Exchange): Reading {
  const { minRevision, revision } = exchange
  return {
    minRevision,
    newestRevision: revision,
    shown: (shown) => {
      if (shown < exchange.shownRevision) exchange.shownRevision = shown
    },
  }
}

function askPublic(serving: Serving, exchange: Exchange, route: PublicRoute, body: Body | null): Promise<Answer> {
  const answer = (): Promise<Answer> => route.answer(publicCall(serving, exchange, body))
  // What anyone may call is where credentials are tried; the server's own probes take none.
  if (exchange.mounted.dialect.name === SERVER_DIALECT) return answer()
  return serving.authentication.attempt(exchange.sender.address, answer)
}

function publicCall({ settings, tokens, sessions }: Serving, exchange: Exchange, body: Body | null): PublicCall {
  const { headers } = exchange.request
  return {
    method: exchange.mounted.route.method,
    path: exchange.path,
    origin: exchange.origin,
    pathParameters: exchange.pathParameters,
    query: parseQuery(exchange.query, settings.queryParametersMax),
    header: (name) => {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body,
    requestId: exchange.requestId,
    nowMs: exchange.nowMs,
    remoteAddress: exchange.sender.address,
    tokens,
    sessions,
  }
}
