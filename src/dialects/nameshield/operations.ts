import { describedSchemas } from '../meaning.ts'
import type { Operation, Schema } from '../operation.ts'
import { describeParameters } from '../parameter.ts'
import { EXAMPLE_LIST, EXAMPLE_USERS } from './example.ts'
import { LIMIT_MAX, LIST_PARAMETERS } from './list-question.ts'
import { ENVELOPE_MEANINGS, PAGE_MEANINGS } from './meaning.ts'
import { USER_SCHEMA } from './user.ts'

const MEDIA_TYPE = 'application/json'

const count: Schema = { type: 'integer', minimum: 0 }

const PAGE: Schema = {
  type: 'object',
  properties: describedSchemas(PAGE_MEANINGS, {
    total: count,
    include_subsidiaries: { type: 'boolean' },
    limit: { type: 'integer', minimum: 1, maximum: LIMIT_MAX },
    offset: count,
    sort: { type: 'array', items: { type: 'string' } },
    results: { type: 'array', items: USER_SCHEMA },
  }),
  required: ['total', 'include_subsidiaries', 'limit', 'offset', 'sort', 'results'],
}

function envelopeSchema(data: Schema): Schema {
  return {
    type: 'object',
    properties: describedSchemas(ENVELOPE_MEANINGS, { message: { type: 'string', const: 'OK' }, data }),
    required: ['message', 'data'],
  }
}

/** `GET /user/v1/users`. */
export const LIST_USERS: Operation = {
  id: 'listUsers',
  summary: 'List users',
  description: 'Searches the users of a customer and, unless asked otherwise, of its subsidiaries, page by page.',
  parameters: describeParameters(LIST_PARAMETERS),
  responses: [
    {
      status: 200,
      description: 'A page of users.',
      mediaType: MEDIA_TYPE,
      schema: envelopeSchema(PAGE),
      example: EXAMPLE_LIST,
    },
  ],
  refusals: [
    {
      code: 'invalid',
      reason: 'range',
      example: 'limit must be a whole number from 1 to 500.',
      where: { in: 'query', name: 'limit', allowed: 'a whole number from 1 to 500' },
    },
    {
      code: 'forbidden',
      reason: 'scope',
      example: 'customer_id must be a customer that you may see.',
      where: { in: 'query', name: 'customer_id' },
    },
    {
      code: 'too_large',
      reason: 'url',
      example: 'The URL must have at most 16384 characters.',
      where: { allowed: 'at most 16384 characters' },
    },
  ],
}

/** `GET /user/v1/users/{id}`. */
export const GET_USER: Operation = {
  id: 'getUser',
  summary: 'Get one user',
  parameters: [
    {
      name: 'id',
      in: 'path',
      required: true,
      description: 'The id of the user.',
      schema: { type: 'string', format: 'uuid' },
      example: EXAMPLE_USERS[0].id,
    },
  ],
  responses: [
    {
      status: 200,
      description: 'The user.',
      mediaType: MEDIA_TYPE,
      schema: envelopeSchema(USER_SCHEMA),
      example: { message: 'OK', data: EXAMPLE_USERS[0] },
    },
  ],
  refusals: [
    {
      code: 'invalid',
      reason: 'unknown',
      example: 'Unknown parameter limit. There are none here.',
      where: { in: 'query', name: 'limit', allowed: [] },
    },
    { code: 'not_found', reason: 'subject', example: 'User not found.' },
  ],
}
