import { notFound } from '../../core/error.ts'
import type { Permission } from '../../core/principal.ts'
import { assertAcceptable } from '../accept.ts'
import type { Answer, Call, GuardedRoute, Method, PublicCall, PublicRoute } from '../dialect.ts'
import type { Operation, ParameterDescription } from '../operation.ts'
import {
  describeParameters,
  readParameters,
  unknownSentence,
  type Parameters,
  type ParameterValues,
} from '../parameter.ts'
import { assertNoCondition } from './condition.ts'
import {
  CROSS_SITE,
  IDEMPOTENCY_KEY,
  IF_MATCH,
  IF_MIN_REVISION,
  JSON_TYPE,
  notAcceptable,
  NOT_YET,
  PATH_PARAMETERS,
  UNTAGGED,
} from './description.ts'

/** One operation of `/v1`: what it promises, and what it does with its parameters once they are read. */
interface Endpoint<P extends Parameters> {
  readonly method: Method
  readonly path: string
  readonly access: Permission | 'any'
  readonly cacheable?: boolean | 'user'
  readonly idempotent?: boolean
  readonly bodyBytesMax?: number
  readonly atOnceMax?: number
  readonly operation: Omit<Operation, 'parameters'>
  /** The query parameters. Any other is refused. */
  readonly parameters: P
  /** Whether it only reads, where its method does not say so. */
  readonly reads?: true
  /** The media type of its answer; JSON when not said. */
  readonly mediaType?: (parameters: ParameterValues<P>) => string
  /** Headers it looks at, described. */
  readonly headers?: readonly ParameterDescription[]
  readonly answer: (call: Call, parameters: ParameterValues<P>) => Promise<Answer>
}

/** The route of an endpoint: Accept is checked first where nothing else decides about it, then the query is read, then it answers. */
export function route<P extends Parameters>(endpoint: Endpoint<P>): GuardedRoute {
  const { method, path, access, cacheable = false, idempotent = false, bodyBytesMax, parameters, answer } = endpoint
  const { mediaType, atOnceMax } = endpoint
  const isConditionVoid = isUntagged(endpoint)
  return {
    method,
    path,
    access,
    cacheable,
    idempotent,
    ...(bodyBytesMax === undefined ? {} : { bodyBytesMax }),
    ...(atOnceMax === undefined ? {} : { atOnceMax }),
    operation: operationOf(endpoint),
    answer: (call) => {
      if (isConditionVoid) assertNoCondition(call)
      if (mediaType === undefined) assertAcceptable(call.header('accept'), JSON_TYPE)
      const values = readParameters(parameters, call.query)
      if (mediaType !== undefined) assertAcceptable(call.header('accept'), mediaType(values))
      return answer(call, values)
    },
  }
}

/** The route of an endpoint that anyone may call. */
export function publicRoute(endpoint: {
  readonly method: Method
  readonly path: string
  readonly operation: Omit<Operation, 'parameters'>
  readonly answer: (call: PublicCall) => Promise<Answer>
}): PublicRoute {
  const { method, path, answer } = endpoint
  return {
    method,
    path,
    access: 'public',
    operation: operationOf<Parameters>({ ...endpoint, parameters: {}, isPublic: true }),
    answer: (call) => {
      assertAcceptable(call.header('accept'), JSON_TYPE)
      readParameters({}, call.query)
      return answer(call)
    },
  }
}

interface Effect {
  readonly method: Method
  readonly reads?: boolean
  readonly headers?: readonly ParameterDescription[]
}

function isRead({ method, reads = false }: Effect): boolean {
  return method === 'GET' || method === 'QUERY' || reads
}

// A write of something that has no ETag: no condition on one can hold.
function isUntagged(endpoint: Effect): boolean {
  return !isRead(endpoint) && endpoint.headers?.includes(IF_MATCH) !== true
}

function operationOf<P extends Parameters>(
  endpoint: Omit<Endpoint<P>, 'answer' | 'access' | 'mediaType'> & { readonly isPublic?: boolean },
): Operation {
  const { method, path, operation, parameters, headers = [], idempotent = false, isPublic = false } = endpoint
  const named = [...path.matchAll(/:(\w+)/g)]
    .map(([, name = '']) => PATH_PARAMETERS[name])
    .filter((one) => one !== undefined)
  return {
    ...operation,
    parameters: [
      ...named,
      ...describeParameters(parameters),
      ...headers,
      ...(isRead(endpoint) && !isPublic ? [IF_MIN_REVISION] : []),
      ...(idempotent ? [IDEMPOTENCY_KEY] : []),
    ],
    refusals: [
      {
        code: 'invalid',
        reason: 'unknown',
        example: unknownSentence('colour', Object.keys(parameters)),
        where: { in: 'query', name: 'colour', allowed: Object.keys(parameters) },
      },
      ...operation.refusals,
      ...(isRead(endpoint) && !isPublic ? [NOT_YET] : []),
      ...(isUntagged(endpoint) && !isPublic ? [UNTAGGED] : []),
      ...(method === 'GET' || isPublic ? [] : [CROSS_SITE]),
      notAcceptable(operation.responses.find((one) => one.mediaType !== null)?.mediaType ?? JSON_TYPE),
    ],
  }
}

/** Answers with JSON. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': CONTENT_TYPE, ...headers }, body: JSON.stringify(value) }
}

/** The Content-Type of every answer but errors. */
export const CONTENT_TYPE = 'application/json; charset=utf-8'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The UUID in the path; nothing else can be the id of anything. */
export function idOf(call: Call, what: string): string {
  const id = call.pathParameters['id'] ?? ''
  if (!UUID.test(id)) throw notFound(what)
  return id.toLowerCase()
}
