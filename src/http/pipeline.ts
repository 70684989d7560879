import { DirectoryError } from '../core/error.ts'
import { assertMay } from '../core/principal.ts'
import { ask } from './ask.ts'
import type { KnownCaller } from './authentication.ts'
import { callerOf } from './credentials.ts'
import { elapsedMs, endStage, type Exchange } from './exchange.ts'
import { SERVER_DIALECT } from './event.ts'
import { originOf } from './origin.ts'
import { countRequest, lookUp, stranger, type Counted } from './rate-limits.ts'
import { readyRefusal } from './refusal.ts'
import { reply } from './reply.ts'
import { afterSending } from './send.ts'
import type { Serving } from './serving.ts'

/**
 * The life of a request, from the moment its route, and with it its dialect, is known: whoever asks is found out and
 * counted, the route parses, asks the directory and renders, and the bytes go out. Whatever goes wrong on the way is
 * said by the dialect in its own words.
 */
export async function serve(serving: Serving, exchange: Exchange): Promise<void> {
  const { route, dialect, standIn } = exchange.mounted
  serving.metrics.inFlight += 1
  let end: (() => void) | undefined
  try {
    admit(serving, exchange)
    endStage(exchange, 'route')
    if (route.access !== 'public') {
      const { principal } = await authenticate(serving, exchange)
      serving.usage.count(principal, exchange.nowMs)
      endStage(exchange, 'authenticate')
      await limit(serving, exchange, principal)
      endStage(exchange, 'limit')
      if (route.access !== 'any') assertMay(principal, route.access, 'This request')
      if (route.atOnceMax !== undefined) end = serving.atOnce.begin(route.operation.id, principal, route.atOnceMax)
    } else if (!standIn && dialect.name !== SERVER_DIALECT) {
      await limit(serving, exchange, stranger(exchange.sender.address))
    } else if (standIn && (dialect.tellsUsage === true || dialect.headers !== undefined)) {
      // There is no route whoever asks; a known caller is told its usage, or what is left to it, with that.
      await recognise(serving, exchange).catch(() => undefined)
    }
    const answer = await ask(serving, exchange)
    endStage(exchange, 'answer')
    await reply(serving, exchange, answer)
  } catch (error) {
    const refusal = await readyRefusal(serving, exchange, error)
    await reply(serving, exchange, refusal)
  } finally {
    // A stream is over too, to its end or because its client went.
    end?.()
    serving.metrics.inFlight -= 1
    const durationMs = elapsedMs(exchange)
    // Its client waits for an answer, nobody for this.
    afterSending(() => record(serving, exchange, durationMs))
  }
}

function admit({ settings, metrics }: Serving, exchange: Exchange): void {
  // Probes are answered above all when there is much to do.
  const isOwn = exchange.mounted.dialect.name === SERVER_DIALECT
  if (metrics.inFlight > settings.inFlightMax && !isOwn) {
    throw new DirectoryError('unavailable', 'The server is busy.', { retryAfterS: 1 })
  }
  if (exchange.url.length > settings.urlLengthMax) {
    const allowed = `at most ${settings.urlLengthMax} characters`
    throw new DirectoryError('too_large', `The URL must have ${allowed}.`, { reason: 'url', where: { allowed } })
  }
  exchange.origin = originOf(settings.publicUrl, exchange.sender, exchange.request)
}

async function authenticate(serving: Serving, exchange: Exchange): Promise<KnownCaller> {
  const { nowMs } = exchange
  exchange.revision = await serving.store.revision(exchange.arrival)
  const caller = await callerOf(serving, exchange, { revision: exchange.revision, nowMs })
  exchange.caller = caller
  return caller
}

async function recognise(serving: Serving, exchange: Exchange): Promise<void> {
  const { mounted, nowMs } = exchange
  const { principal } = await authenticate(serving, exchange)
  if (mounted.dialect.tellsUsage === true) serving.usage.count(principal, nowMs)
  if (mounted.dialect.headers === undefined || mounted.policies === null) return
  exchange.verdict = await lookUp(mounted.policies, principal, nowMs)
}

async function limit({ usage }: Serving, exchange: Exchange, counted: Counted): Promise<void> {
  const { mounted, caller, nowMs } = exchange
  if (mounted.policies === null) return
  const counting = countRequest(mounted.policies, counted, nowMs)
  const verdict = counting instanceof Promise ? await counting : counting
  exchange.verdict = verdict
  if (verdict.refusal === null) return
  if (caller) usage.countLimited(caller.principal, nowMs)
  throw verdict.refusal
}

function record({ log }: Serving, exchange: Exchange, durationMs: number): void {
  const { mounted, requestId, request, status, bytes, isKept, caller } = exchange
  mounted.metrics.answered(status, durationMs)
  log.write({
    event: 'request',
    requestId,
    dialect: mounted.dialect.name,
    operation: mounted.route.operation.id,
    method: request.method ?? '',
    route: mounted.pattern,
    status,
    durationMs: Math.round(durationMs * 1000) / 1000,
    bytes,
    kept: isKept,
    tokenId: caller?.principal.tokenId ?? null,
  })
}
