import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'

const TYPES = [
  'bad_request',
  'conflict',
  'forbidden',
  'internal_error',
  'invalid_api_version',
  'invalid_content_type',
  'invalid_enum_value',
  'invalid_field',
  'invalid_id',
  'method_not_allowed',
  'missing_required_field',
  'not_found',
  'parse_error',
  'request_entity_too_large',
  'service_unavailable',
  'token_expired',
  'token_revoked',
  'too_many_requests',
  'unauthenticated',
  'unexpected_json_type',
  'value_not_permitted',
]

const text: Schema = { type: 'string' }

const MEANINGS = {
  message: 'What is wrong, in a sentence.',
  type: 'The kind of error; absent only where there is no such route.',
  detail: 'What is allowed instead; absent where nothing can be said of it.',
  field_name: 'The field that is wrong, or `body` or `query` for the whole of it. Only for types about the request.',
  value: 'The value that was sent. Only for invalid_enum_value, invalid_api_version and invalid_content_type.',
  allowed_values: 'The values there are. Only for invalid_enum_value.',
  actual: 'The JSON type that was sent. Only for unexpected_json_type.',
  expected: 'The JSON type there should be. Only for unexpected_json_type.',
  retry_after: 'How many seconds to wait before the next request. Only for too_many_requests.',
  reference_id: 'What the log of the server calls this request. Only for internal_error.',
}

/** What `renderError` writes. */
export const errorSchema: Schema = {
  type: 'object',
  properties: describedSchemas(MEANINGS, {
    message: text,
    type: { type: 'string', enum: TYPES },
    detail: text,
    field_name: text,
    value: text,
    allowed_values: { type: ['array', 'string'], items: text },
    actual: text,
    expected: text,
    retry_after: { type: 'integer', minimum: 0 },
    reference_id: text,
  }),
  required: ['message'],
}
