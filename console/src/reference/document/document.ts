import type { Schema, Schemas } from './schema.ts'

/** One dialect as its OpenAPI document describes it. */
export interface DialectDocument {
  readonly name: string
  readonly title: string
  readonly version: string
  readonly description: string
  /** How a token is sent, in words. */
  readonly token: string
  readonly takesBareTokens: boolean
  readonly schemas: Schemas
  readonly operations: readonly Operation[]
}

/** One operation, its dialect included. */
export interface Operation {
  readonly dialect: string
  readonly id: string
  /** In capitals. */
  readonly method: string
  /** `/users/{id}` */
  readonly path: string
  readonly summary: string
  readonly description: string
  /** What it is about, for navigation: `Users`. */
  readonly group: string
  /** The permission it needs; `any` where any token will do, null where none is needed. */
  readonly permission: string | null
  readonly parameters: readonly Parameter[]
  readonly body: { readonly isRequired: boolean; readonly formats: readonly BodyFormat[] } | null
  readonly answers: readonly StatusAnswer[]
}

/** What an operation takes beside its body. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly isRequired: boolean
  readonly description: string
  readonly schema: Schema
  /** As it would be typed; empty where there is none. */
  readonly example: string
}

/** A body in one of the media types an operation takes. */
export interface BodyFormat {
  readonly mediaType: string
  readonly schema: Schema
  readonly example: unknown
}

/** What comes with one status. */
export interface StatusAnswer {
  readonly status: number
  readonly description: string
  readonly headers: readonly { readonly name: string; readonly example: string }[]
  readonly formats: readonly {
    readonly mediaType: string
    readonly schema: Schema
    readonly examples: readonly Example[]
  }[]
}

/** An example of an answer's body. */
export interface Example {
  readonly name: string
  readonly summary: string
  readonly value: unknown
}

interface WireContent {
  readonly schema?: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly summary?: string; readonly value: unknown }>>
}

interface WireOperation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: Parameter['in']
    readonly required?: boolean
    readonly description?: string
    readonly schema?: Schema
    readonly example?: unknown
  }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, WireContent>> }
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string
        readonly headers?: Readonly<Record<string, { readonly example?: unknown }>>
        readonly content?: Readonly<Record<string, WireContent>>
      }
    >
  >
}

/** An OpenAPI 3.1 document as `/openapi/<name>.json` answers it. */
export interface WireDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, WireOperation>>>>
  readonly components: {
    readonly schemas?: Schemas
    readonly securitySchemes: Readonly<Record<string, { readonly description?: string }>>
  }
}

/** Reads what a reference shows of an OpenAPI document of Rollcall. */
export function readDocument(name: string, { info, paths, components }: WireDocument): DialectDocument {
  const token = Object.values(components.securitySchemes)
    .map(({ description = '' }) => description)
    .join(' ')
  return {
    name,
    title: info.title,
    version: info.version,
    description: info.description ?? '',
    token,
    takesBareTokens: /\bor the token alone\b/.test(token),
    schemas: components.schemas ?? {},
    operations: Object.entries(paths).flatMap(([path, item]) =>
      // What OpenAPI 3.1 has no word for stands under x-query.
      Object.entries(item).map(([method, wire]) => operationOf(name, method.replace(/^x-/, ''), path, wire)),
    ),
  }
}

function operationOf(dialect: string, method: string, path: string, wire: WireOperation): Operation {
  const { operationId, summary, description = '', security = [], parameters = [], requestBody, responses } = wire
  const [scheme] = security
  return {
    dialect,
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description,
    group: groupOf(path),
    permission: scheme === undefined ? null : (Object.values(scheme)[0]?.[0] ?? 'any'),
    parameters: parameters.map(({ schema = {}, required = false, description: words = '', example, ...rest }) => ({
      ...rest,
      isRequired: required,
      description: words,
      schema,
      example: textOf(example),
    })),
    body: requestBody
      ? {
          isRequired: requestBody.required === true,
          formats: Object.entries(requestBody.content).map(([mediaType, { schema = {}, example }]) => ({
            mediaType,
            schema,
            example,
          })),
        }
      : null,
    answers: Object.entries(responses).map(([status, { description: words, headers = {}, content = {} }]) => ({
      status: Number(status),
      description: words,
      headers: Object.entries(headers).map(([header, { example }]) => ({ name: header, example: textOf(example) })),
      formats: Object.entries(content).map(([mediaType, { schema = {}, example, examples }]) => ({
        mediaType,
        schema,
        examples: examples
          ? Object.entries(examples).map(([key, one]) => ({ name: key, summary: one.summary ?? key, value: one.value }))
          : example === undefined
            ? []
            : [{ name: 'example', summary: 'Example', value: example }],
      })),
    })),
  }
}

const GROUPS: readonly (readonly [group: string, path: RegExp])[] = [
  ['Tokens', /token/i],
  ['Customers', /\/customers\b/],
  ['Signing in', /\/(?:me|session|sessions|setup|sign-in)\b/],
  ['Import', /\/imports?\b/],
  ['Users', /users/],
  ['Saved views', /\/views\b/],
  ['Server', /\/(?:activity|settings|problems)\b/],
]

function groupOf(path: string): string {
  return GROUPS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'More'
}

function textOf(example: unknown): string {
  if (example === undefined) return ''
  return typeof example === 'string' ? example : JSON.stringify(example)
}
