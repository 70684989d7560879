import type { DialectDocument, Operation } from './document.ts'
import type { WireDocument, WireOperation } from './wire-document.ts'

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
