import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { JSON_TYPE } from './description.ts'
import { ME_MEANINGS, USAGE_MEANINGS } from './meaning/token.ts'
import { EXAMPLE_TOKEN, TOKEN } from './token-operation.ts'
import type { Promised } from './user-operation.ts'
import { EXAMPLE_USER, USER } from './user-schema.ts'

const count: Schema = { type: 'integer', minimum: 0 }

const USAGE: Schema = {
  type: 'object',
  properties: describedSchemas(USAGE_MEANINGS, { total: count, today: count }),
  required: ['total', 'today'],
  additionalProperties: false,
}

/** Who asks. */
export const ME: Schema = {
  title: 'Me',
  type: 'object',
  properties: describedSchemas(ME_MEANINGS, { user: USER, token: TOKEN, usage: USAGE, revision: count }),
  required: ['user', 'token', 'usage', 'revision'],
  additionalProperties: false,
}

/** Somebody who asks, in examples. */
export const EXAMPLE_ME = { user: EXAMPLE_USER, token: EXAMPLE_TOKEN, usage: { total: 1042, today: 17 }, revision: 57 }

/** `GET /v1/me`. */
export const GET_ME: Promised = {
  id: 'getMe',
  summary: 'Who am I?',
  description:
    'The user and the token of the caller, and how many requests it has made, this one included. Counted anew at every request: it has no ETag and is kept nowhere (no-store).',
  responses: [{ status: 200, description: 'The caller.', mediaType: JSON_TYPE, schema: ME, example: EXAMPLE_ME }],
  refusals: [],
}
