import type { Operation, Refusal } from '../operation.ts'
import { describeParameters } from '../parameter.ts'
import { EXAMPLE_USERS } from './example.ts'
import { HEADER_DESCRIPTIONS } from './headers.ts'
import { LIST_PARAMETERS } from './list-question.ts'
import { NEW_USER, REVIEW } from './user-body.ts'
import { USER_SCHEMA, WIRE_STATUSES } from './user.ts'

const MEDIA_TYPE = 'application/json'

const HEADER_REFUSALS: readonly Refusal[] = [
  {
    code: 'invalid',
    reason: 'not_acceptable',
    example: 'Answers come as application/json only.',
    where: { in: 'header', name: 'Accept', allowed: [MEDIA_TYPE] },
  },
  {
    code: 'too_large',
    reason: 'url',
    example: 'The URL must have at most 16384 characters.',
    where: { allowed: 'at most 16384 characters' },
  },
]

const BODY_REFUSALS: readonly Refusal[] = [
  {
    code: 'invalid',
    reason: 'value',
    example: `status must be one of ${WIRE_STATUSES.join(', ')}.`,
    where: { in: 'body', name: 'status', allowed: WIRE_STATUSES },
  },
  {
    code: 'invalid',
    reason: 'media_type',
    example: 'Content-Type must be application/json.',
    where: { in: 'header', name: 'Content-Type', allowed: [MEDIA_TYPE] },
  },
  {
    code: 'too_large',
    reason: 'body',
    example: 'The body must have at most 1048576 bytes.',
    where: { in: 'body', allowed: 'at most 1048576 bytes' },
  },
]

/** `GET /users`. */
export const LIST_USERS: Operation = {
  id: 'listUsers',
  summary: 'Retrieve a list of users',
  description:
    'The users the caller may see, page by page. `X-Total-Count` says how many match in all, `Link` leads to the first, previous, next and last page.',
  parameters: [...HEADER_DESCRIPTIONS, ...describeParameters(LIST_PARAMETERS)],
  responses: [
    {
      status: 200,
      description: 'A page of users; an empty list beyond the last one.',
      mediaType: MEDIA_TYPE,
      schema: { type: 'array', items: USER_SCHEMA },
      example: EXAMPLE_USERS,
      headers: ['Link', 'X-Total-Count'],
    },
  ],
  refusals: [
    {
      code: 'invalid',
      reason: 'value',
      example: `status must be one of ${WIRE_STATUSES.join(', ')}.`,
      where: { in: 'query', name: 'status', allowed: WIRE_STATUSES },
    },
    ...HEADER_REFUSALS,
  ],
}

/** `POST /users`. */
export const CREATE_USER: Operation = {
  id: 'createUser',
  summary: 'Create a user',
  description: "Creates a user of the caller's customer.",
  parameters: [
    ...HEADER_DESCRIPTIONS,
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'The same key with the same body gives the first answer again and creates nothing.',
      schema: { type: 'string' },
      example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
    },
  ],
  body: {
    required: true,
    content: {
      [MEDIA_TYPE]: {
        schema: NEW_USER.schema,
        example: { identifier: 'ben', name: 'Benjamin Zhang', email: 'ben@example.com', user_type: 'saas_admin' },
      },
    },
  },
  responses: [
    {
      status: 201,
      description: 'The user that was created.',
      mediaType: MEDIA_TYPE,
      schema: USER_SCHEMA,
      example: EXAMPLE_USERS[0],
    },
  ],
  refusals: [
    ...BODY_REFUSALS,
    {
      code: 'conflict',
      reason: 'taken',
      example: 'This identifier is taken.',
      where: { in: 'body', name: 'identifier' },
    },
    ...HEADER_REFUSALS,
  ],
}

/** `PATCH /users/{id-or-identifier}`. */
export const REVIEW_USER: Operation = {
  id: 'reviewUser',
  summary: 'Review a user',
  description: 'Gives a user another status. The comment is kept with it, and forgotten at the next review.',
  parameters: [
    {
      name: 'user',
      in: 'path',
      required: true,
      description: 'The id or the identifier of the user.',
      schema: { type: 'string' },
      example: 'john',
    },
    ...HEADER_DESCRIPTIONS,
  ],
  body: {
    required: true,
    content: {
      [MEDIA_TYPE]: { schema: REVIEW.schema, example: { status: 'active', review_comment: 'Papers seen.' } },
    },
  },
  responses: [
    {
      status: 200,
      description: 'The user with the new status.',
      mediaType: MEDIA_TYPE,
      schema: USER_SCHEMA,
      example: { ...EXAMPLE_USERS[1], status: 'active' },
    },
  ],
  refusals: [
    ...BODY_REFUSALS,
    { code: 'not_found', reason: 'subject', example: 'User not found.' },
    ...HEADER_REFUSALS,
  ],
}
