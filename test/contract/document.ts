import { schemaFaults } from '../json-schema.ts'
import type { RawAnswer, RawRequest } from '../request.ts'

type Schema = Readonly<Record<string, unknown>>
interface Response {
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}
type Responses = Readonly<Record<string, Response>>

/** What is promised of success or is not there. */
const HEADERS = ['ETag', 'Link', 'Location', 'X-Total-Count']

/** As much of an OpenAPI document as answers are held against. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Responses }>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/**
 * Every way in which an answer is not what the document promises of its operation, a sentence each. A request that is no
 * operation of the document promises nothing.
 */
export function documentFaults(document: ApiDocument, request: RawRequest, answer: RawAnswer): readonly string[] {
  const responses = responsesOf(document, request)
  if (!responses) return []
  const response = responses[answer.status]
  if (!response) return [`The document does not know the status ${answer.status}.`]
  return [...headerFaults(response, answer), ...bodyFaults(document, request, answer, response)]
}

// What is cut to 304 may have the rest of its headers or not.
function headerFaults({ headers = {} }: Response, answer: RawAnswer): readonly string[] {
  if (answer.status >= 300) return []
  return HEADERS.flatMap((name) => {
    const isPromised = name in headers
    if (isPromised === (answer.headers[name.toLowerCase()] !== undefined)) return []
    return [isPromised ? `The document promises ${name}.` : `The document does not know ${name}.`]
  })
}

function bodyFaults(
  document: ApiDocument,
  request: RawRequest,
  answer: RawAnswer,
  { content = {} }: Response,
): readonly string[] {
  // An answer to HEAD is that to GET without its body.
  if (request.method === 'HEAD' || 'content-encoding' in answer.headers) return []
  if (Object.keys(content).length === 0 && answer.text === '') return []
  const mediaType = (answer.headers['content-type'] ?? '').split(';')[0] ?? ''
  const schema = content[mediaType]?.schema
  if (!schema) return [`The document does not know ${mediaType} under ${answer.status}.`]
  const resolve = (reference: string) => document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {}
  return schemaFaults(schema, mediaType.endsWith('json') ? JSON.parse(answer.text) : answer.text, resolve)
}

function responsesOf({ paths }: ApiDocument, { method, path }: RawRequest): Responses | undefined {
  const sent = path.split('?')[0] ?? path
  // Letter case is for the dialect to mind; there is nothing else in another one. What is written out comes before what a parameter stands for.
  const templates = Object.keys(paths).toSorted((a, b) => a.split('{').length - b.split('{').length)
  const template = templates.find((one) => new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`, 'i').test(sent))
  const operations = template === undefined ? undefined : paths[template]
  return operations?.[method === 'HEAD' ? 'get' : method === 'QUERY' ? 'x-query' : method.toLowerCase()]?.responses
}
