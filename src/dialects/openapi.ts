import type { Dialect, Route } from './dialect.ts'
import { refusalExamples, type RefusalExample } from './openapi-refusals.ts'
import { sharedSchemas, type SharedSchemas } from './openapi-schemas.ts'
import type { Operation, ParameterDescription } from './operation.ts'
import { RESPONSE_HEADERS, type ResponseHeader } from './response-headers.ts'

type Json = Readonly<Record<string, unknown>>

const ERROR = '#/components/schemas/Error'

/**
 * The OpenAPI 3.1 document of a dialect, made from what its routes promise: the same routes give the same document, key
 * by key. Every status of every operation has an example or no body; those of errors are what `renderError` says. QUERY
 * is a method of OpenAPI 3.2 only and stands under `x-query`.
 */
export function openapi(dialect: Dialect, version: string): object {
  const schemas = sharedSchemas()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of dialect.routes) {
    const refusals = refusalExamples(dialect, route)
    const item = (paths[templateOf(route.path)] ??= {})
    item[route.method === 'QUERY' ? 'x-query' : route.method.toLowerCase()] = operationOf(route, refusals, schemas)
  }
  return {
    openapi: '3.1.1',
    info: { title: dialect.title, version, ...descriptionOf(dialect) },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: tokenDescription(dialect) } },
      schemas: { ...schemas.all(), Error: schemas.share(dialect.errorSchema ?? {}) },
    },
  }
}

function descriptionOf({ routes }: Dialect): Json {
  if (!routes.some(({ method }) => method === 'QUERY')) return {}
  const description =
    'QUERY (RFC 10008) is no method of OpenAPI 3.1: its operations stand under x-query, in the form OpenAPI 3.2 has for query.'
  return { description }
}

function tokenDescription({ bareTokens = false }: Dialect): string {
  const written = bareTokens ? '`Authorization: Bearer <token>`, or the token alone' : '`Authorization: Bearer <token>`'
  return `${written}: a token that Rollcall issued, or a signed one that stands for it.`
}

/** A route's path as OpenAPI writes it: `/users/:id` is `/users/{id}`, and `v:version` is `v{version}`. */
export function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

function operationOf(route: Route, refusals: readonly RefusalExample[], schemas: SharedSchemas): Json {
  const { operation, access } = route
  const { id, summary, description, body } = operation
  // Every answer that may be kept has an ETag, but for those to POST, which no If-None-Match is for.
  const isTagged = 'cacheable' in route && Boolean(route.cacheable) && ['GET', 'QUERY'].includes(route.method)
  return {
    operationId: id,
    summary,
    ...(description === undefined ? {} : { description }),
    security: access === 'public' ? [] : [{ token: access === 'any' ? [] : [access] }],
    parameters: parametersOf(route).map((parameter) => parameterOf(parameter, schemas)),
    ...(body ? { requestBody: { required: body.required, content: contentOf(body.content, schemas) } } : {}),
    responses: {
      ...successes(operation, schemas, isTagged),
      ...(isTagged ? NOT_MODIFIED : {}),
      ...failures(refusals),
    },
  }
}

const TEXT = { type: 'string' } as const

const NOT_MODIFIED = {
  304: { description: 'What If-None-Match names is still what would be answered.', ...described(['ETag']) },
}

function parametersOf({ path, operation: { parameters } }: Route): readonly ParameterDescription[] {
  const described = new Set(parameters.flatMap((one) => (one.in === 'path' ? [one.name] : [])))
  const rest = [...path.matchAll(/:(\w+)/g)].flatMap(([, name = '']) => (described.has(name) ? [] : [name]))
  const plain = rest.map((name) => ({ name, in: 'path' as const, required: true, description: '', schema: TEXT }))
  return [...plain, ...parameters]
}

function parameterOf({ schema, ...rest }: ParameterDescription, schemas: SharedSchemas): Json {
  return { ...rest, schema: schemas.share(schema) }
}

function contentOf(content: NonNullable<Operation['body']>['content'], schemas: SharedSchemas): Json {
  return Object.fromEntries(
    Object.entries(content).map(([mediaType, { schema, example }]) => [
      mediaType,
      { schema: schemas.share(schema), example },
    ]),
  )
}

function successes({ responses }: Operation, schemas: SharedSchemas, isTagged: boolean): Json {
  const byStatus: Record<string, { readonly description: string; readonly content?: Record<string, unknown> }> = {}
  for (const { status, description, mediaType, schema = {}, example, headers = [] } of responses) {
    const content = mediaType === null ? {} : { [mediaType]: { schema: schemas.share(schema), example } }
    const before = byStatus[status]
    const all = { ...before?.content, ...content }
    byStatus[status] = {
      description: before?.description ?? description,
      ...described(isTagged ? ['ETag', ...headers] : headers),
      ...(Object.keys(all).length === 0 ? {} : { content: all }),
    }
  }
  return byStatus
}

function described(names: readonly ResponseHeader[]): Json {
  if (names.length === 0) return {}
  return { headers: Object.fromEntries(names.map((name) => [name, { ...RESPONSE_HEADERS[name], schema: TEXT }])) }
}

function failures(refusals: readonly RefusalExample[]): Json {
  const byStatus = Map.groupBy(refusals, ({ status }) => status)
  return Object.fromEntries(
    [...byStatus].map(([status, examples]) => [
      status,
      {
        description: DESCRIPTIONS[status] ?? 'The request is refused.',
        ...headersOf(examples),
        content: Object.fromEntries(
          [...Map.groupBy(examples, ({ mediaType }) => mediaType)].map(([mediaType, some]) => [
            mediaType,
            { schema: { $ref: ERROR }, examples: Object.fromEntries(some.map(namedExample)) },
          ]),
        ),
      },
    ]),
  )
}

function namedExample({ name, summary, value }: RefusalExample): readonly [string, Json] {
  return [name, { summary, value }]
}

function headersOf(examples: readonly RefusalExample[]): Json {
  const headers = Object.assign({}, ...examples.map((example) => example.headers)) as Readonly<Record<string, string>>
  const described = Object.entries(headers).map(([name, example]) => [name, { schema: TEXT, example }] as const)
  return described.length === 0 ? {} : { headers: Object.fromEntries(described) }
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is not right; the body says what, where, and what is allowed.',
  401: 'No valid token came with the request.',
  403: 'The token does not allow it.',
  404: 'There is no such thing, or the caller may not see it.',
  405: 'The path does not take the method; Allow lists the ones it takes.',
  406: 'No answer in an acceptable format can be given.',
  408: 'The request did not come in time.',
  409: 'It does not fit the present state.',
  412: 'It has changed since.',
  413: 'The body is too large.',
  414: 'The URL is too long.',
  415: 'The format of the body is not understood.',
  422: 'The idempotency key was used with another payload.',
  428: 'The request must name the version it changes.',
  429: 'Too many requests; Retry-After says when to come back.',
  431: 'The request headers are too large.',
  500: 'The server failed.',
  503: 'The server cannot answer now; Retry-After says when to come back.',
}
