import { randomBytes } from 'node:crypto'
import type { RequestListener, Server as NodeServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Directory } from '../core/directory.ts'
import type { Store } from '../core/store.ts'
import type { Dialect, SettingInForce } from '../dialects/dialect.ts'
import { openapi } from '../dialects/openapi.ts'
import { answerCache } from './answer-cache.ts'
import { openApp, type Receive } from './app.ts'
import { atOnce } from './at-once.ts'
import { authentication } from './authentication.ts'
import { refuseConnection, refuseTunnel, type ConnectionError } from './connection-refusal.ts'
import { drain } from './drain.ts'
import { stackOf } from './event.ts'
import { openExchange } from './exchange.ts'
import { guessLimits, NO_GUESS_LIMITS, type GuessLimits } from './guess-limits.ts'
import { DATA_POLICY, PAGE_POLICY, securityHeaders } from './headers.ts'
import { runningKeys } from './idempotency.ts'
import type { Log } from './log.ts'
import { openMetrics } from './metrics.ts'
import { nodeServer } from './node-server.ts'
import { readPageFiles } from './page-files.ts'
import { serve } from './pipeline.ts'
import { policiesInForce } from './rate-limits.ts'
import { openReceiptSweep } from './receipts.ts'
import { mountRoutes } from './routes.ts'
import { serverDialect } from './server-dialect.ts'
import type { Serving } from './serving.ts'
import { openSessions } from './sessions.ts'
import type { ServerSettings } from './settings.ts'
import { storeCounts, type SharedCounts } from './shared-counts.ts'
import { sharedLimits, type SharedLimits } from './shared-limits.ts'
import { signedTokens } from './signed-token.ts'
import type { SigningKey } from './signing.ts'
import { usageCounters } from './usage.ts'

/** What a server is made of. */
export interface ServerParts {
  readonly directory: Directory
  readonly store: Store
  readonly dialects: readonly Dialect[]
  readonly signing: SigningKey
  readonly settings: ServerSettings
  readonly log: Log
  /** Unix milliseconds. */
  readonly now: () => number
  /** Where nodes share their limits, if not in the store. */
  readonly counts?: SharedCounts
  /** The folder of the built console and reference. */
  readonly consoleFolder?: string
  /** What the OpenAPI documents say their version is. */
  readonly version?: string
  /** What administrators may read of how the server was set up. */
  readonly settingsInForce?: readonly SettingInForce[]
}

/** A server that listens. */
export interface Server {
  /** Where it listens, `http://127.0.0.1:8080`. */
  readonly url: string
  /** Stops listening, lets requests in flight finish, and saves what was counted. The store stays open. */
  close(): Promise<void>
}

const FLUSH_INTERVAL_MS = 1000
/** How long a server that ends waits for what it last writes: a store that is gone must not hold it up. */
const LAST_SAVE_MS = 3000
const GUESS_KEY_BYTES = 32
const UNVERSIONED = '0'

/** Starts a server. Throws Node's own error when it cannot listen. */
export async function openServer(parts: ServerParts): Promise<Server> {
  const { store, settings, log, now } = parts
  const counts = parts.counts ?? storeCounts(store)
  const limits = counts && sharedLimits(counts, settings.timeouts.countMs, log)
  const serving = openServing(parts, await openGuessLimits(parts, limits))
  if (limits) {
    const help =
      'Whether limits are shared with other nodes, or counted by this node alone because their place is away.'
    serving.metrics.gauge('rollcall_rate_limits_shared', help, () => (limits.isAlone ? 0 : 1))
  }
  const own = serverDialect({
    store,
    metrics: serving.metrics,
    signing: parts.signing,
    dialects: parts.dialects,
    documents: new Map(parts.dialects.map((dialect) => [dialect.name, openapi(dialect, parts.version ?? UNVERSIONED)])),
    files: parts.consoleFolder === undefined ? null : readPageFiles(parts.consoleFolder),
    isDraining: () => serving.isDraining,
    limits,
  })
  const routes = mountRoutes([...parts.dialects, own], settings, serving.metrics, limits)

  const receive: Receive = (mounted, pathParameters, request, response, sender) => {
    const options = { sender, nowMs: now(), isTimed: settings.serverTiming }
    const exchange = openExchange(request, response, mounted, pathParameters, options)
    serve(serving, exchange).catch((error: unknown) => {
      // Not even the refusal could be said.
      response.destroy()
      const { dialect, route } = mounted
      const at = { requestId: exchange.requestId, dialect: dialect.name, operation: route.operation.id }
      log.write({ event: 'request-failed', ...at, code: 'internal', stack: stackOf(error) })
    })
  }
  const serverFor = (listener: RequestListener): NodeServer => {
    const server = nodeServer(settings, listener)
    server.on('clientError', (error: ConnectionError, socket) => {
      refuseConnection(serving, (path) => routes.ownerOf(path), error, socket)
    })
    server.on('connect', (_request, socket) => refuseTunnel(serving, (path) => routes.ownerOf(path), socket))
    return server
  }
  const app = openApp({ routes, receive, serverFor, trustedProxies: settings.trustedProxies })

  // The framework would open a second server for the other address of localhost, which nothing here would close well.
  const host = settings.host === 'localhost' ? '127.0.0.1' : settings.host
  await limits?.open()
  await app.listen({ host, port: settings.port })
  const url = urlOf(app.server)
  log.write({ event: 'listening', url, dialects: parts.dialects.map(({ name }) => name) })
  const flushing = setInterval(() => void serving.usage.flush(), FLUSH_INTERVAL_MS)
  const sweep = openReceiptSweep({ store, log, now })

  const close = async (): Promise<void> => {
    await drain(serving, app)
    clearInterval(flushing)
    await Promise.all([serving.usage.close(LAST_SAVE_MS), sweep.close(LAST_SAVE_MS)])
    limits?.close()
    serving.metrics.close()
    log.write({ event: 'stopped' })
    await log.flush()
  }
  let closing: Promise<void> | undefined
  return { url, close: () => (closing ??= close()) }
}

async function openGuessLimits({ store, settings }: ServerParts, nodes: SharedLimits | null): Promise<GuessLimits> {
  if (settings.rateLimits.failuresPerMinute === 0) return NO_GUESS_LIMITS
  const key = await store.secret('guess limits', () => randomBytes(GUESS_KEY_BYTES))
  return nodes ? guessLimits(key, (options) => nodes.limiter(options)) : guessLimits(key)
}

function openServing(parts: ServerParts, guesses: GuessLimits): Serving {
  const { directory, store, signing, settings, log, now } = parts
  const usage = usageCounters({ store, log })
  return {
    directory,
    store,
    settings,
    log,
    now,
    metrics: openMetrics(store),
    usage,
    facts: {
      version: parts.version ?? UNVERSIONED,
      engine: store.engine,
      settings: parts.settingsInForce ?? [],
      policies: policiesInForce(settings.rateLimits, parts.dialects),
    },
    cache: answerCache(settings.answerCacheBytes),
    running: runningKeys(),
    atOnce: atOnce(),
    authentication: authentication({
      directory,
      signing,
      failuresPerMinute: settings.rateLimits.failuresPerMinute,
    }),
    sessions: openSessions({ directory, usage, now, limits: guesses }),
    tokens: signedTokens({ directory, store, signing, lifetimeS: settings.tokenLifetimeS, now }),
    securityHeaders: securityHeaders(settings.publicUrl, DATA_POLICY),
    pageHeaders: securityHeaders(settings.publicUrl, PAGE_POLICY),
    isDraining: false,
    isClosing: false,
  }
}

function urlOf(server: NodeServer): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
