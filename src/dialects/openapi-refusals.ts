import { DirectoryError } from '../core/error.ts'
import type { Dialect, ErrorContext, Route } from './dialect.ts'
import type { Refusal } from './operation.ts'

/** One refusal as the dialect says it. */
export interface RefusalExample {
  readonly status: number
  readonly name: string
  readonly summary: string
  readonly mediaType: string
  /** Without Content-Type. */
  readonly headers: Readonly<Record<string, string>>
  /** The JSON value of the body, or its text where it is none. */
  readonly value: unknown
}

const ORIGIN = 'https://rollcall.example'
const REQUEST_ID = '0192f0c1-8a7e-7c3d-9b52-4f6d8e2a1c05'
const USAGE = { total: 1042, today: 17 }

/** Every way a route may refuse, its own and the ones all routes have, each said by the dialect's own `renderError`. */
export function refusalExamples(dialect: Dialect, route: Route): readonly RefusalExample[] {
  const own = route.operation.refusals
  const known = new Set(own.map(kindOf))
  const all = [...own, ...commonRefusals(route).filter((refusal) => !known.has(kindOf(refusal)))]
  const names = new Map<string, number>()
  return all.map((refusal) => {
    const kind = (refusal.reason ?? refusal.code).replaceAll('_', '-')
    const times = (names.get(kind) ?? 0) + 1
    names.set(kind, times)
    return exampleOf(dialect, route, refusal, times === 1 ? kind : `${kind}-${times}`)
  })
}

function kindOf({ code, reason }: Refusal): string {
  return `${code} ${reason ?? ''}`
}

function commonRefusals({ access, operation, ...route }: Route): readonly Refusal[] {
  const token: readonly Refusal[] = [
    { code: 'unauthenticated', reason: 'no_token', example: 'A token is needed: Authorization: Bearer <token>.' },
    { code: 'unauthenticated', reason: 'bad_token', example: 'The token is not valid.' },
  ]
  const permission = (name: string): readonly Refusal[] => [
    {
      code: 'forbidden',
      reason: 'permission',
      permission: name,
      example: `This request needs the permission ${name}.`,
    },
  ]
  return [
    ...(access === 'public' ? [] : token),
    ...(access === 'public' || access === 'any' ? [] : permission(access)),
    { code: 'invalid', reason: 'method', example: 'This path does not take this method.' },
    QUERY_SYNTAX,
    ...(operation.body ? bodyRefusals(Object.keys(operation.body.content)) : []),
    ...('idempotent' in route && route.idempotent ? KEY_REFUSALS : []),
    // A body is read also where none is asked for.
    { code: 'invalid', reason: 'timeout', example: 'The request did not come in time.' },
    { code: 'too_large', reason: 'body', example: 'The body is too large.', where: { in: 'body' } },
    { code: 'too_large', reason: 'url', example: 'The URL is too long.' },
    { code: 'too_large', reason: 'headers', example: 'The request headers are too large.', where: { in: 'header' } },
    { code: 'too_many_requests', example: 'Too many requests. Try again later.' },
    { code: 'internal', example: 'The server failed to answer this request.' },
    { code: 'unavailable', reason: 'draining', example: 'The server is shutting down. Try again in a moment.' },
  ]
}

const QUERY_SYNTAX: Refusal = {
  code: 'invalid',
  reason: 'syntax',
  example: 'The query is not well-formed percent-encoded UTF-8.',
  where: { in: 'query', allowed: 'percent-encoded UTF-8' },
}

// What an operation that honours Idempotency-Key refuses one with.
const KEY_REFUSALS: readonly Refusal[] = [
  {
    code: 'conflict',
    reason: 'running',
    example: 'A request with this Idempotency-Key is still being worked on.',
    where: { in: 'header', name: 'Idempotency-Key' },
  },
  {
    code: 'conflict',
    reason: 'key_reused',
    example: 'This Idempotency-Key was used with another payload.',
    where: { in: 'header', name: 'Idempotency-Key' },
  },
]

function bodyRefusals(mediaTypes: readonly string[]): readonly Refusal[] {
  return [
    {
      code: 'invalid',
      reason: 'syntax',
      example: 'The body is not well-formed JSON (at offset 17).',
      where: { in: 'body', allowed: 'one JSON value' },
    },
    {
      code: 'invalid',
      reason: 'media_type',
      example: `Content-Type must be ${mediaTypes.join(' or ')}.`,
      where: { in: 'header', name: 'Content-Type', allowed: mediaTypes, value: 'text/plain' },
    },
  ]
}

function exampleOf(dialect: Dialect, route: Route, refusal: Refusal, name: string): RefusalExample {
  const error = errorOf(refusal)
  const { status, headers = {}, body } = dialect.renderError(error, contextOf(dialect, route, error))
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const contentType = lower.find(([name]) => name === 'content-type')?.[1] ?? 'application/json'
  const text = typeof body === 'string' ? body : ''
  const mediaType = contentType.split(';')[0] ?? contentType
  return {
    status,
    name,
    summary: refusal.example,
    mediaType,
    headers: Object.fromEntries(lower.filter(([name]) => name !== 'content-type')),
    value: mediaType.endsWith('json') ? (JSON.parse(text) as unknown) : text,
  }
}

function errorOf({ code, reason, example, where, permission }: Refusal): DirectoryError {
  const isWaiting = code === 'too_many_requests' || code === 'unavailable'
  return new DirectoryError(code, example, {
    ...(reason === undefined ? {} : { reason }),
    ...(where === undefined ? {} : { where }),
    ...(permission === undefined ? {} : { permission }),
    ...(isWaiting ? { retryAfterS: 30 } : {}),
  })
}

function contextOf(dialect: Dialect, { method, path, access }: Route, { code }: DirectoryError): ErrorContext {
  const isKnown = access !== 'public' && code !== 'unauthenticated'
  return {
    requestId: REQUEST_ID,
    method,
    path,
    origin: ORIGIN,
    usage: isKnown ? USAGE : undefined,
    allow: dialect.routes.filter((route) => route.path === path).map((route) => route.method),
  }
}
