import type { Operation, Schema } from '../operation.ts'
import { describeParameters } from '../parameter.ts'
import { EXAMPLE_LIST, EXAMPLE_USERS } from './example.ts'
import { LIST_PARAMETERS } from './list-question.ts'
import { USER_SCHEMA } from './user.ts'

const MEDIA_TYPE = 'application/json'

const LIST_SCHEMA: Schema = {
  type: 'object',
  properties: {
    message: { type: 'string', const: 'OK' },
    data: {
      type: 'object',
      properties: {
        total: { type: 'integer', description: 'All users that match, not only those on this page.' },
        include_subsidiaries: { type: 'boolean' },
        limit: { type: 'integer' },
        offset: { type: 'integer' },
        sort: { type: 'array', items: { type: 'string' }, description: 'The order as it was sent.' },
        results: { type: 'array', items: USER_SCHEMA },
      },
      required: ['total', 'include_subsidiaries', 'limit', 'offset', 'sort', 'results'],
    },
  },
  required: ['message', 'data'],
}

/** `GET /user/v1/users`. */
export const LIST_USERS: Operation = {
  id: 'listUsers',
  summary: 'List users',
  description: 'Searches the users of a customer and, unless asked otherwise, of its subsidiaries, page by page.',
  parameters: describeParameters(LIST_PARAMETERS),
  responses: [
    { status: 200, description: 'A page of users.', mediaType: MEDIA_TYPE, schema: LIST_SCHEMA, example: EXAMPLE_LIST },
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
      schema: {
        type: 'object',
        properties: { message: { type: 'string', const: 'OK' }, data: USER_SCHEMA },
        required: ['message', 'data'],
      },
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
