import { about, describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'

const text: Schema = { type: 'string' }

const MEANINGS = {
  type: 'The clause of RFC 9110 or RFC 6585 that defines the status, as a URL.',
  title: 'The name of the status, or that there were validation errors.',
  status: 'The HTTP status.',
  traceId: 'What the server calls this request, in the form of a W3C trace id.',
  detail: 'What is wrong, in a sentence; absent where errors says it.',
  errors: 'What is wrong with which member, parameter or header. Only for validation errors.',
  error: 'The error code of RFC 6749 §5.2. Only from the token endpoint, where the request is at fault.',
  error_description: 'What is wrong, in ASCII. Only where error is there.',
} as const

/** What `renderError` writes: a problem document (RFC 9457), in camel case whatever the case of users. */
export const errorSchema: Schema = {
  type: 'object',
  properties: describedSchemas(MEANINGS, {
    type: { type: 'string', format: 'uri' },
    title: text,
    status: { type: 'integer', minimum: 400, maximum: 599 },
    traceId: { type: 'string', pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-00$' },
    detail: text,
    errors: {
      type: 'object',
      additionalProperties: about({ type: 'array', items: text }, 'What is wrong with it, a sentence each.'),
    },
    error: {
      type: 'string',
      enum: ['invalid_client', 'invalid_request', 'invalid_scope', 'unsupported_grant_type'],
    },
    error_description: text,
  }),
  required: ['type', 'title', 'status', 'traceId'],
  additionalProperties: false,
}
