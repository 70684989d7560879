import { DirectoryError, invalid } from '../core/error.ts'
import type { Answer, Dialect, Method, Route } from '../dialects/dialect.ts'
import type { Metrics } from './metrics.ts'
import type { MountedRoute } from './mounted-route.ts'
import { pathPattern, type PathPattern } from './path-pattern.ts'
import { rateLimits, type RoutePolicies } from './rate-limits.ts'
import type { ServerSettings } from './settings.ts'
import type { SharedLimits } from './shared-limits.ts'

/** Every route there is, and what stands for the paths that have none. */
export interface Routes {
  readonly mounted: readonly MountedRoute[]
  /** The route of a path that only differs in letter case from one of a dialect that does not mind. */
  caseless(method: string, path: string): FoundRoute | undefined
  /** What answers a path that has no route for the method: 204 to OPTIONS, 405 where other methods have one, else 404. */
  unrouted(method: string, path: string): MountedRoute
  /** The dialect whose words are used at a path without a route, and what is limited there. */
  ownerOf(path: string): Owner
  /** What answers a request to a path with this error, in the words of the dialect that owns the path. */
  refused(path: string, error: () => DirectoryError): MountedRoute
}

/** Whose words are used where there is no route, and what a known caller is limited by there. */
export type Owner = Pick<MountedRoute, 'dialect' | 'policies'>

export interface FoundRoute {
  readonly mounted: MountedRoute
  readonly pathParameters: Readonly<Record<string, string>>
}

interface Entry {
  readonly mounted: MountedRoute
  readonly pattern: PathPattern
}

/** Looks up once what the routes of these dialects need. The last dialect owns what no other does. */
export function mountRoutes(
  dialects: readonly Dialect[],
  settings: ServerSettings,
  metrics: Metrics,
  nodes: SharedLimits | null = null,
): Routes {
  const policiesOf = new Map<Dialect, (operation: string) => RoutePolicies | null>()
  const limits = rateLimits(settings.rateLimits, nodes)
  for (const dialect of dialects) policiesOf.set(dialect, limits(dialect))

  const mount = (dialect: Dialect, route: Route, pattern: string | null): MountedRoute => ({
    dialect,
    route,
    pattern,
    metrics: metrics.forRoute(dialect.name, route.operation.id),
    policies: policiesOf.get(dialect)?.(route.operation.id) ?? null,
    bodyBytesMax: route.bodyBytesMax ?? settings.bodyBytesMax,
  })

  const entries = dialects.flatMap((dialect) =>
    dialect.routes.map((route): Entry => ({
      mounted: mount(dialect, route, route.path),
      pattern: pathPattern(route.path, dialect.caseInsensitivePaths === true),
    })),
  )

  const ownerOf = (path: string): Dialect => {
    const owner = dialects.find((dialect) => dialect.owns(path)) ?? dialects.at(-1)
    if (owner === undefined) throw new Error('There are no dialects.')
    return owner
  }

  const standIn = (dialect: Dialect, answer: () => Promise<Answer>, allow?: readonly string[]): MountedRoute => {
    const route = { method: 'GET', path: '', access: 'public', operation: UNROUTED, answer } as const
    return { ...mount(dialect, route, null), standIn: answer, ...(allow === undefined ? {} : { allow }) }
  }

  return {
    mounted: entries.map(({ mounted }) => mounted),

    caseless(method, path) {
      for (const { mounted, pattern } of entries) {
        if (mounted.dialect.caseInsensitivePaths !== true || !serves(mounted.route.method, method)) continue
        const pathParameters = pattern.match(path)
        if (pathParameters) return { mounted, pathParameters }
      }
      return undefined
    },

    unrouted(method, path) {
      const matching = entries.filter(({ pattern }) => pattern.match(path) !== undefined)
      const [first] = matching
      if (first === undefined) return standIn(ownerOf(path), () => Promise.reject(noRoute()))
      const { dialect } = first.mounted
      const allow = allowed(matching)
      if (method === 'OPTIONS') return standIn(dialect, () => Promise.resolve(options(matching, allow)))
      return standIn(dialect, () => Promise.reject(wrongMethod(allow)), allow)
    },

    ownerOf: (path) => standIn(ownerOf(path), () => Promise.reject(noRoute())),
    refused: (path, error) => standIn(ownerOf(path), () => Promise.reject(error())),
  }
}

const UNROUTED = { id: 'unrouted', summary: 'No route', parameters: [], responses: [], refusals: [] } as const

/** The methods a route is mounted under: what is there for GET is there for HEAD. */
export function methodsOf(method: Method): readonly string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method]
}

function serves(method: Method, asked: string): boolean {
  return method === asked || (method === 'GET' && asked === 'HEAD')
}

function allowed(entries: readonly Entry[]): readonly string[] {
  return [...new Set([...entries.flatMap(({ mounted }) => methodsOf(mounted.route.method)), 'OPTIONS'])]
}

function options(entries: readonly Entry[], allow: readonly string[]): Answer {
  const query = entries.find(({ mounted }) => mounted.route.method === 'QUERY')?.mounted.route
  const accepted = Object.keys(query?.operation.body?.content ?? {})
  return {
    status: 204,
    headers: {
      Allow: allow.join(', '),
      // RFC 10008 §3: a structured list of the media types that QUERY takes.
      ...(accepted.length === 0 ? {} : { 'Accept-Query': accepted.map((type) => `"${type}"`).join(', ') }),
    },
    body: null,
  }
}

function noRoute(): DirectoryError {
  return new DirectoryError('not_found', 'There is nothing at this path.', { reason: 'route' })
}

function wrongMethod(allow: readonly string[]): DirectoryError {
  return invalid('method', `This path takes ${allow.join(', ')}.`, { allowed: allow })
}
