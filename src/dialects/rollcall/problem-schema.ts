import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'

const text: Schema = { type: 'string' }

const MEANINGS = {
  type: 'The kind of problem, as a URI; one that begins with /problems/ is a page that explains it.',
  title: 'What that kind of problem is called.',
  status: 'The HTTP status.',
  detail: 'What is wrong, in a sentence.',
  instance: 'What the log of the server calls this request, as a URI.',
  parameter: 'The query parameter that is wrong; absent where none is.',
  header: 'The request header that is wrong; absent where none is.',
  pointer: 'The member of the body that is wrong, as a JSON Pointer (RFC 6901); absent where none is.',
  position: 'Where in the filter the fault lies, in UTF-16 units from its start; absent elsewhere.',
  value: 'What was sent, cut where it is long; absent where it would not help.',
  allowed: 'What is allowed: the values there are, or a description of them.',
  expected: 'The JSON type there should be; absent unless it is the type that is wrong.',
  actual: 'The JSON type that was sent; absent unless it is the type that is wrong.',
  permission: 'The permission that the token lacks; absent where it lacks none.',
} as const

/** A problem (RFC 9457), as `renderProblem` writes it. */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  properties: describedSchemas(MEANINGS, {
    type: { type: 'string', format: 'uri-reference' },
    title: text,
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: text,
    instance: { type: 'string', format: 'uri' },
    parameter: text,
    header: text,
    pointer: { type: 'string', format: 'json-pointer' },
    position: { type: 'integer', minimum: 0 },
    value: text,
    allowed: { type: ['string', 'array'], items: text },
    expected: text,
    actual: text,
    permission: text,
  }),
  required: ['type', 'title', 'status', 'detail', 'instance'],
  additionalProperties: false,
}

/** The same where it stands in an answer that is none: as the document of the dialect has it under this name. */
export const PROBLEM: Schema = { $ref: '#/components/schemas/Error' }
