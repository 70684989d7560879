import type { Operation, Refusal, SuccessResponse } from '../operation.ts'
import { bodyRefusals, CHANGED, JSON_TYPE } from './description.ts'
import { USER_DRAFT, USER_PATCH } from './user-draft-schema.ts'
import { EXAMPLE_USER, PARTIAL_USER, USER } from './user-schema.ts'

/** What a route promises besides its parameters. */
export type Promised = Omit<Operation, 'parameters'>

export const MERGE_PATCH_TYPE = 'application/merge-patch+json'

const NOT_FOUND: Refusal = { code: 'not_found', reason: 'subject', example: 'User not found.' }

const TAKEN: Refusal = {
  code: 'conflict',
  reason: 'taken',
  example: 'The email is in use.',
  where: { in: 'body', name: 'email' },
}

const WRITE_REFUSALS = [
  {
    code: 'invalid',
    reason: 'format',
    example: 'email must be an e-mail address.',
    where: { in: 'body', name: 'email', allowed: 'an e-mail address' },
  },
  {
    code: 'invalid',
    reason: 'unknown',
    example: 'A user has no field surname.',
    where: { in: 'body', name: 'surname' },
  },
  TAKEN,
  ...bodyRefusals('The body must be of type object, not array.', { expected: 'object', actual: 'array' }),
] as const satisfies readonly Refusal[]

function userResponse(status: number, description: string): SuccessResponse {
  const headers = status === 201 ? (['ETag', 'Location'] as const) : (['ETag'] as const)
  return { status, description, mediaType: JSON_TYPE, schema: USER, example: EXAMPLE_USER, headers }
}

const DRAFT_BODY = {
  required: true,
  content: {
    [JSON_TYPE]: {
      schema: USER_DRAFT,
      example: { customerId: 1234, givenName: 'Jane', familyName: 'Doe', email: 'jane.doe@company.fr', language: 'fr' },
    },
  },
}

/** `POST /v1/users`. */
export const CREATE_USER: Promised = {
  id: 'createUser',
  summary: 'Create a user',
  description: 'Without customerId in the customer of the caller. Location names the new user.',
  body: DRAFT_BODY,
  responses: [userResponse(201, 'The new user.')],
  refusals: WRITE_REFUSALS,
}

/** `GET /v1/users/{id}`. */
export const GET_USER: Promised = {
  id: 'getUser',
  summary: 'Get one user',
  responses: [
    { status: 200, description: 'The user.', mediaType: JSON_TYPE, schema: PARTIAL_USER, example: EXAMPLE_USER },
  ],
  refusals: [
    NOT_FOUND,
    {
      code: 'forbidden',
      reason: 'permission',
      permission: 'users:read-metadata',
      example: 'Reading createdBy needs the permission users:read-metadata.',
      where: { in: 'query', name: 'fields' },
    },
  ],
}

/** `PUT /v1/users/{id}`. */
export const REPLACE_USER: Promised = {
  id: 'replaceUser',
  summary: 'Replace a user',
  description:
    'The user becomes what the body says, and everything else goes back to its default. A user as it was read may be ' +
    'sent back; its revision then has to be the current one.',
  body: DRAFT_BODY,
  responses: [userResponse(200, 'The user as it now is.')],
  refusals: [NOT_FOUND, ...WRITE_REFUSALS, CHANGED],
}

/** `PATCH /v1/users/{id}`. */
export const PATCH_USER: Promised = {
  id: 'updateUser',
  summary: 'Change a user',
  description:
    'A JSON merge patch (RFC 7396): the members sent are set, null empties them, and tags, attributes and picture are ' +
    'merged entry by entry.',
  body: {
    required: true,
    content: {
      [MERGE_PATCH_TYPE]: {
        schema: USER_PATCH,
        example: { status: 'suspended', statusReason: 'left', tags: { team: null } },
      },
      [JSON_TYPE]: { schema: USER_PATCH, example: { displayName: 'Jane' } },
    },
  },
  responses: [userResponse(200, 'The user as it now is.')],
  refusals: [NOT_FOUND, ...WRITE_REFUSALS, CHANGED],
}

/** `DELETE /v1/users/{id}`. */
export const DELETE_USER: Promised = {
  id: 'deleteUser',
  summary: 'Delete a user',
  description:
    'The user gets the status deleted and loses the right to sign in. It can be restored, its history stays, and its id is ' +
    'never used again.',
  responses: [userResponse(200, 'The deleted user.')],
  refusals: [NOT_FOUND, CHANGED],
}

/** `POST /v1/users/{id}/restore`. */
export const RESTORE_USER: Promised = {
  id: 'restoreUser',
  summary: 'Restore a deleted user',
  description:
    'The user gets the status it had, but no right to sign in. 409 when its identifier or e-mail has been taken since.',
  responses: [userResponse(200, 'The user as it now is.')],
  refusals: [NOT_FOUND, TAKEN, CHANGED],
}
