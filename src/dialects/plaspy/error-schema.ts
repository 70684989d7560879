import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { ENVELOPE_MEANINGS } from './meaning.ts'

/** What `renderError` writes. The usage is there for callers who are known. */
export const errorSchema: Schema = {
  type: 'object',
  properties: describedSchemas(ENVELOPE_MEANINGS, {
    success: { type: 'boolean', const: false },
    error: { type: 'string' },
    apiUsage: { type: 'integer', minimum: 0 },
    apiDailyUsage: { type: 'integer', minimum: 0 },
  }),
  required: ['success', 'error'],
  additionalProperties: false,
}
