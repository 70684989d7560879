import type { Operation } from '../document/document.ts'
import { resolve, type Schemas } from '../document/schema.ts'
import { isHeader, type Header, type HttpRequest } from '../curl/request.ts'
import { bodyExample } from './body-example.ts'
import { fillPath, queryText } from './url-text.ts'

/** A name and a value in a form, in the order in which they are sent. */
export interface Pair {
  readonly name: string
  readonly value: string
}

/** What a visitor has filled in for one operation. */
export interface Form {
  /** By the names in the path's template; empty where nothing is filled in. */
  readonly path: Readonly<Record<string, string>>
  readonly query: readonly Pair[]
  /** Besides what the credentials and the body bring. */
  readonly headers: readonly Pair[]
  /** The Content-Type that goes with a body; null for none. */
  readonly mediaType: string | null
  readonly body: string | null
}

/** What all operations are sent with. */
export interface Sending {
  /** `https://host`, perhaps with a path, without a slash at its end. */
  readonly server: string
  /** The value of Authorization; null for none. */
  readonly authorization: string | null
}

/** A form before anything is filled in: what has only one or a usual value, and the example of the body. */
export function emptyForm(operation: Operation, schemas: Schemas): Form {
  const format = operation.body?.formats[0]
  const path = operation.parameters.filter((parameter) => parameter.in === 'path')
  return {
    path: Object.fromEntries(
      path.map(({ name, schema, example }) => {
        const { enum: options, default: usual } = resolve(schema, schemas)
        return [name, options ? example || textOf(options[0]) : textOf(usual)]
      }),
    ),
    query: [],
    headers: [],
    mediaType: format?.mediaType ?? null,
    body: format ? bodyExample(format) : null,
  }
}

/** The request that a form stands for. What is missing in the path stays as its template has it: `/users/{id}`. */
export function requestOf(operation: Operation, form: Form, { server, authorization }: Sending): HttpRequest {
  const { query, headers, mediaType, body } = form
  const own = headers.filter(({ name }) => name !== '').map(({ name, value }): Header => [name, value])
  const isAuthorized = authorization !== null && !own.some(([name]) => isHeader(name, 'Authorization'))
  const hasType = body !== null && mediaType !== null
  return {
    method: operation.method,
    url: `${server}${fillPath(operation.path, form.path)}${queryText(query)}`,
    headers: [
      ...(isAuthorized ? [['Authorization', authorization] as const] : []),
      ...own,
      ...(hasType ? [['Content-Type', mediaType] as const] : []),
    ],
    body,
  }
}

/** The names in the path that nothing is filled in for. */
export function missingIn(operation: Operation, form: Form): readonly string[] {
  return [...operation.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
    (form.path[name] ?? '') === '' ? [name] : [],
  )
}

/** The values of one name, in order. */
export function valuesOf(pairs: readonly Pair[], name: string): readonly string[] {
  return pairs.filter((pair) => pair.name === name).map(({ value }) => value)
}

/** The pairs with other values for one name: in their old places as far as there are some, the rest at the end. */
export function withValues(pairs: readonly Pair[], name: string, values: readonly string[]): readonly Pair[] {
  const left = [...values]
  const kept = pairs.flatMap((pair) => {
    if (pair.name !== name) return [pair]
    const value = left.shift()
    return value === undefined ? [] : [{ name, value }]
  })
  return [...kept, ...left.map((value) => ({ name, value }))]
}

function textOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}
