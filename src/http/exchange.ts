import type { IncomingMessage, ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { arrivalOf } from './arrival.ts'
import type { KnownCaller } from './authentication.ts'
import type { MountedRoute } from './mounted-route.ts'
import type { Verdict } from './rate-limits.ts'
import { requestIdOf } from './request-id.ts'
import type { Sender } from './sender.ts'

/** One request on its way: what it is, and what has been found out so far. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly mounted: MountedRoute
  readonly pathParameters: Readonly<Record<string, string>>
  readonly sender: Sender
  readonly requestId: string
  /** The request target, and its two parts as sent. */
  readonly url: string
  readonly path: string
  readonly query: string
  /** The round of the event loop at whose beginning the request had come already; Infinity where that is not sure. */
  readonly arrival: number
  /** Unix milliseconds. */
  readonly nowMs: number
  readonly startedMs: number
  /** What precedes paths in links, once the request is let in. */
  origin: string
  /** The store's revision when the caller was found out. */
  revision: number
  /** The revision the answer has to show at least, where the request says so. */
  minRevision: number | undefined
  /** The oldest revision that a list in the answer shows; Infinity without lists. */
  shownRevision: number
  /** Known once the request is authenticated. */
  caller: KnownCaller | null
  /** Whether it is asked in the session of a browser. */
  isInSession: boolean
  /** Known once it is counted. */
  verdict: Verdict | null
  /** Whether a kept answer was served. */
  isKept: boolean
  /** Of the answer, once it is sent. */
  status: number
  bytes: number
  /** The stages so far as `Server-Timing` has them; null when nobody asked. */
  timing: string | null
  stageStartedMs: number
}

export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  mounted: MountedRoute,
  pathParameters: Readonly<Record<string, string>>,
  options: { readonly sender: Sender; readonly nowMs: number; readonly isTimed: boolean },
): Exchange {
  const url = request.url ?? '/'
  const split = url.indexOf('?')
  const startedMs = performance.now()
  return {
    request,
    response,
    mounted,
    pathParameters,
    sender: options.sender,
    requestId: requestIdOf(request.headers['x-request-id']),
    url,
    path: split < 0 ? url : url.slice(0, split),
    query: split < 0 ? '' : url.slice(split + 1),
    arrival: arrivalOf(request),
    nowMs: options.nowMs,
    startedMs,
    origin: '',
    revision: 0,
    minRevision: undefined,
    shownRevision: Infinity,
    caller: null,
    isInSession: false,
    verdict: null,
    isKept: false,
    status: 0,
    bytes: 0,
    timing: options.isTimed || request.headers['x-server-timing'] === '1' ? '' : null,
    stageStartedMs: startedMs,
  }
}

/** Ends a stage: what took since the last one is shown under its name (W3C Server Timing). */
export function endStage(exchange: Exchange, name: string): void {
  if (exchange.timing === null) return
  const nowMs = performance.now()
  const separator = exchange.timing === '' ? '' : ', '
  exchange.timing += `${separator}${name};dur=${(nowMs - exchange.stageStartedMs).toFixed(3)}`
  exchange.stageStartedMs = nowMs
}

/** Milliseconds since the request's head was read. */
export function elapsedMs(exchange: Exchange): number {
  return performance.now() - exchange.startedMs
}
