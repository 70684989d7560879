import { hash } from 'node:crypto'
import type { Store } from '../core/store.ts'
import type { Answer, Dialect, PublicCall, PublicRoute } from '../dialects/dialect.ts'
import { readParameters } from '../dialects/parameter.ts'
import { SERVER_DIALECT } from './event.ts'
import { llmsText } from './llms-text.ts'
import type { Metrics } from './metrics.ts'
import type { PageFiles } from './page-files.ts'
import { pageRoutes } from './page-routes.ts'
import { renderProblem } from './problem.ts'
import type { SharedLimits } from './shared-limits.ts'
import type { SigningKey } from './signing.ts'

/** What the server says of itself. */
export interface SelfDescription {
  readonly store: Store
  readonly metrics: Metrics
  readonly signing: SigningKey
  /** The dialects served, for the text that says what is here. */
  readonly dialects: readonly Dialect[]
  /** The OpenAPI documents by name. */
  readonly documents: ReadonlyMap<string, object>
  /** The built console and reference; null where there are none. */
  readonly files: PageFiles | null
  readonly isDraining: () => boolean
  readonly limits: SharedLimits | null
}

/**
 * The server's own paths as one more dialect, the last to be asked whose a path is: probes, metrics, documents, keys
 * and an index of them. It speaks RFC 9457.
 */
export function serverDialect(self: SelfDescription): Dialect {
  const documents = [...self.documents].map(([name, document]) => ({ path: `/openapi/${name}.json`, name, document }))
  const routes: PublicRoute[] = [
    route('/', 'index', 'Where everything is.', ({ header }) => {
      if (wantsPage(header('accept'))) return { status: 302, headers: { Location: '/console' }, body: null }
      return json(200, {
        name: 'Rollcall',
        ...(self.files === null ? {} : { console: '/console', reference: '/reference' }),
        openapi: Object.fromEntries(documents.map(({ name, path }) => [name, path])),
        health: '/healthz',
        readiness: '/readyz',
        metrics: '/metrics',
        keys: '/.well-known/jwks.json',
        llms: '/llms.txt',
      })
    }),
    ...pageRoutes(self.files),
    route('/healthz', 'health', 'Whether the process answers.', () => json(200, { status: 'ok' })),
    route('/readyz', 'readiness', 'Whether requests should be sent here.', () => readiness(self)),
    route('/metrics', 'metrics', 'Counters in the Prometheus text format.', async () => ({
      status: 200,
      headers: { 'Content-Type': self.metrics.contentType },
      body: await self.metrics.render(),
    })),
    route('/.well-known/jwks.json', 'keys', 'The public keys of signed tokens (RFC 7517).', () =>
      json(200, { keys: [self.signing.publicJwk] }, 'application/jwk-set+json'),
    ),
    route('/llms.txt', 'llms', 'What is here, for language models (llmstxt.org).', ({ origin }) => ({
      status: 200,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      body: llmsText(self.dialects, origin),
    })),
    ...documents.map(({ path, name, document }) => {
      const body = JSON.stringify(document)
      const headers = { 'Content-Type': 'application/json', ETag: `"${hash('sha256', body, 'base64url')}"` }
      return route(path, `openapi-${name}`, `The OpenAPI document of ${name}.`, () => ({ status: 200, headers, body }))
    }),
  ]
  return {
    name: SERVER_DIALECT,
    title: 'Server',
    routes,
    owns: () => true,
    renderError: renderProblem,
    vendorLimits: [],
  }
}

type Say = (call: PublicCall) => Answer | Promise<Answer>

// Probes and scrapers add parameters of their own, against caches, and so do links to the first page: nothing is asked with them.
const UNASKED: ReadonlySet<string> = new Set(['/', '/healthz', '/readyz', '/metrics'])

function route(path: string, id: string, summary: string, answer: Say): PublicRoute {
  return {
    method: 'GET',
    path,
    access: 'public',
    operation: { id, summary, parameters: [], responses: [], refusals: [] },
    answer: async (call) => {
      if (!UNASKED.has(path)) readParameters({}, call.query)
      return answer(call)
    },
  }
}

// A browser that was given the address of the server; whoever reads JSON names that or nothing.
function wantsPage(accept = ''): boolean {
  return /(^|,)\s*text\/html\s*(;|,|$)/i.test(accept)
}

// Why something does not answer is in the log of whatever failed; a probe is public.
async function readiness({ isDraining, store, limits }: SelfDescription): Promise<Answer> {
  const database = await store.check().then(
    () => 'ok',
    () => 'away',
  )
  // Without Redis a node counts by itself: no reason to send it no requests.
  const redis = limits?.place === 'redis' ? { redis: limits.isAlone ? 'away' : 'ok' } : {}
  const isReady = database === 'ok' && !isDraining()
  const status = isDraining() ? 'draining' : isReady ? 'ready' : 'not ready'
  return json(isReady ? 200 : 503, { status, database, ...redis })
}

function json(status: number, body: object, mediaType = 'application/json'): Answer {
  return { status, headers: { 'Content-Type': mediaType }, body: `${JSON.stringify(body)}\n` }
}
