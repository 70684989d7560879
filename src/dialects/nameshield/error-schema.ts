import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { DETAIL_MEANINGS, ERROR_MEANINGS, FAULT_MEANINGS } from './meaning.ts'

const text: Schema = { type: 'string' }

const CODES = [
  'forbidden',
  'internal_error',
  'invalid_parameter',
  'method_not_allowed',
  'not_found',
  'service_unavailable',
  'too_many_requests',
  'unauthorized',
]

const fault: Schema = {
  type: 'object',
  properties: describedSchemas(FAULT_MEANINGS, {
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

/** What `renderError` writes. */
export const ERROR_SCHEMA: Schema = {
  type: 'object',
  properties: describedSchemas(ERROR_MEANINGS, {
    message: text,
    errors: { type: 'array', items: fault, minItems: 1, maxItems: 1 },
  }),
  required: ['message', 'errors'],
  additionalProperties: false,
}
