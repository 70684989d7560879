import { METHODS, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify'
import { invalid, type DirectoryError } from '../core/error.ts'
import type { MountedRoute } from './mounted-route.ts'
import { methodsOf, type Routes } from './routes.ts'
import { directSender, proxiedSender, type Sender } from './sender.ts'

/** Takes a request whose route is known. */
export type Receive = (
  mounted: MountedRoute,
  pathParameters: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
  sender: Sender,
) => void

/** What the framework is set up with. */
interface AppParts {
  readonly routes: Routes
  readonly receive: Receive
  readonly serverFor: (listener: RequestListener) => Server
  /** Addresses and CIDR ranges of proxies that may say for whom they ask. */
  readonly trustedProxies: readonly string[]
}

const NO_PARAMETERS = {}

/**
 * The framework finds the route of a request and does nothing else: all its routes end in `onRequest`, which hands over
 * to the pipeline and never calls on, before anything looks at the body. So no answer of the framework's own ever shows.
 */
export function openApp({ routes, receive, serverFor, trustedProxies }: AppParts): FastifyInstance {
  const isBehindProxies = trustedProxies.length > 0
  const senderOf = (request: FastifyRequest): Sender =>
    isBehindProxies ? proxiedSender(request) : directSender(request.raw)
  const app = fastify({
    serverFactory: (listener) => serverFor(listener),
    ...(isBehindProxies ? { trustProxy: [...trustedProxies] } : {}),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    genReqId: () => '',
    clientErrorHandler: () => undefined,
    frameworkErrors: (_error, { raw: request }, { raw: response }) => {
      // Refused whoever sent it, which the framework does not know yet.
      const sender = directSender(request)
      receive(routes.refused(pathOf(request), malformedPath), NO_PARAMETERS, request, response, sender)
    },
    routerOptions: {
      // The limit on the whole URL is the one that counts.
      maxParamLength: Number.MAX_SAFE_INTEGER,
      querystringParser: () => NO_PARAMETERS,
    },
    rewriteUrl: ({ url = '/' }) => (url.startsWith('/') ? url : originForm(url)),
  })
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true })
  }

  const receiveUnrouted = (asked: FastifyRequest, response: ServerResponse): void => {
    const { raw: request } = asked
    const path = pathOf(request)
    const method = request.method ?? 'GET'
    const found = routes.caseless(method, path) ?? {
      mounted: routes.unrouted(method, path),
      pathParameters: NO_PARAMETERS,
    }
    receive(found.mounted, found.pathParameters, request, response, senderOf(asked))
  }

  for (const mounted of routes.mounted) {
    app.route({
      method: [...methodsOf(mounted.route.method)],
      url: mounted.route.path,
      onRequest: (asked, { raw: response }) => {
        const pathParameters = asked.params as Readonly<Record<string, string>>
        // The framework minds letter case: it takes `/users/COUNTRIES` for `/users/:id`.
        const isUnsure = mounted.dialect.caseInsensitivePaths === true && mounted.route.path.includes(':')
        if (isUnsure || hasEmpty(pathParameters)) receiveUnrouted(asked, response)
        else receive(mounted, pathParameters, asked.raw, response, senderOf(asked))
      },
      handler: unreachable,
    })
  }
  app.route({
    method: app.supportedMethods,
    url: '*',
    onRequest: (asked, { raw: response }) => receiveUnrouted(asked, response),
    handler: unreachable,
  })
  return app
}

function unreachable(): never {
  throw new Error('The framework took a request further than its route.')
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const split = url.indexOf('?')
  return split < 0 ? url : url.slice(0, split)
}

// `/users/` has no id, and so is no path of `/users/:id`.
function hasEmpty(pathParameters: Readonly<Record<string, string>>): boolean {
  for (const name in pathParameters) if (pathParameters[name] === '' && name !== '*') return true
  return false
}

// RFC 9112 §3.2: the absolute form names the host once more, and the asterisk the server as a whole.
function originForm(target: string): string {
  if (target === '*') return '/'
  const rest = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1] ?? target
  return rest.startsWith('/') ? rest : `/${rest}`
}

function malformedPath(): DirectoryError {
  return invalid('syntax', 'The path is not well-formed percent-encoded UTF-8.', {
    in: 'path',
    allowed: 'percent-encoded UTF-8',
  })
}
