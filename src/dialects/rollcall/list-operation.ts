import { PAGE_SIZE_MAX } from '../../core/limits.ts'
import { describedSchemas } from '../meaning.ts'
import type { Operation, Refusal, Schema } from '../operation.ts'
import { bodyRefusals, JSON_TYPE } from './description.ts'
import { LIST_BODY } from './list-input.ts'
import { LISTED_MEANINGS, PAGE_MEANINGS } from './meaning/list.ts'
import { EXAMPLE_USER, PARTIAL_USER } from './user-schema.ts'

const cursor: Schema = { type: 'string' }
const count: Schema = { type: 'integer', minimum: 0 }

const PAGE: Schema = {
  type: 'object',
  properties: describedSchemas(PAGE_MEANINGS, {
    limit: { type: 'integer', minimum: 1, maximum: PAGE_SIZE_MAX },
    offset: count,
    next: cursor,
    previous: cursor,
    hasMore: { type: 'boolean' },
  }),
  required: ['limit', 'hasMore'],
  additionalProperties: false,
}

const LIST_SCHEMA: Schema = {
  title: 'UserList',
  type: 'object',
  properties: describedSchemas(LISTED_MEANINGS, {
    users: { type: 'array', items: PARTIAL_USER },
    page: PAGE,
    total: count,
    revision: count,
  }),
  required: ['users', 'page', 'revision'],
  additionalProperties: false,
}

const EXAMPLE_LIST = {
  users: [EXAMPLE_USER],
  page: { limit: 1, next: 'Y4L0P2tsfkTqVbyzvmJHXGTUqXN2Ywc9yW1bQv5pHhFJ2g', hasMore: true },
  total: 9,
  revision: 42,
}

/** What a list by URL refuses. */
export const LIST_REFUSALS: readonly Refusal[] = [
  {
    code: 'invalid',
    reason: 'range',
    example: 'limit must be a whole number from 1 to 1000.',
    where: { in: 'query', name: 'limit', allowed: 'a whole number from 1 to 1000', value: '0' },
  },
  {
    code: 'invalid',
    reason: 'syntax',
    example: 'The filter ends too early: expected a text in double quotes, a number, true, false, null.',
    where: { in: 'query', name: 'filter', position: 9 },
  },
  {
    code: 'invalid',
    reason: 'unknown',
    example: 'There is no field surname.',
    where: { in: 'query', name: 'sort', value: 'surname' },
  },
  {
    code: 'invalid',
    reason: 'cursor',
    example: 'This cursor was not made for this query and caller.',
    where: { in: 'query', name: 'cursor' },
  },
  {
    code: 'forbidden',
    reason: 'permission',
    permission: 'users:read-metadata',
    example: 'Filtering by createdBy needs the permission users:read-metadata.',
    where: { in: 'query', name: 'filter', position: 0 },
  },
]

/** What a list by JSON refuses: the same, of members, and what is wrong with bodies. */
export const QUERY_REFUSALS: readonly Refusal[] = [
  ...LIST_REFUSALS.map((refusal): Refusal => ({ ...refusal, where: { ...refusal.where, in: 'body' } })),
  ...bodyRefusals('limit must be of type integer, not string.', {
    name: 'limit',
    expected: 'integer',
    actual: 'string',
  }),
]

/** What a list answers. */
export const LIST_RESPONSES: Operation['responses'] = [
  { status: 200, description: 'A page of users.', mediaType: JSON_TYPE, schema: LIST_SCHEMA, example: EXAMPLE_LIST },
]

/** The same with links to the pages around it, which only a URL can lead to. */
export const LINKED_RESPONSES: Operation['responses'] = LIST_RESPONSES.map((one) => ({ ...one, headers: ['Link'] }))

/** The JSON form of a list's parameters. */
export const QUERY_BODY = {
  required: true,
  content: {
    [JSON_TYPE]: {
      schema: { title: 'UserQuery', ...LIST_BODY.schema },
      example: { filter: 'status eq "active"', familyName: 'D*', sort: ['familyName', 'givenName:desc'], limit: 100 },
    },
  },
}

/** How the JSON form differs from the URL. */
export const AS_JSON =
  'Takes the parameters of GET /v1/users as members of a JSON object; sort, fields, status and userType are lists ' +
  'there. Pages go on by page.next, sent as cursor. Nothing of the query stands in a URL or a log.'
