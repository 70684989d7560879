import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { DETAIL_MEANINGS, ERROR_MEANINGS } from './meaning.ts'

const text: Schema = { type: 'string' }

const CODES = [
  'internal',
  'invalid_argument',
  'method_not_allowed',
  'not_found',
  'permission_denied',
  'rate_limited',
  'unauthenticated',
  'unavailable',
]

/** What `renderError` writes. */
export const ERROR_SCHEMA: Schema = {
  type: 'object',
  properties: describedSchemas(ERROR_MEANINGS, {
    code: { type: 'string', enum: CODES },
    message: text,
    details: {
      type: 'object',
      properties: describedSchemas(DETAIL_MEANINGS, {
        parameter: text,
        allowed: { type: ['string', 'array'], items: text },
        permission: text,
      }),
      additionalProperties: false,
    },
  }),
  required: ['code', 'message'],
  additionalProperties: false,
}
