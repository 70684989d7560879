import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../../core/limits.ts'
import { PERMISSIONS } from '../../core/principal.ts'
import { describedSchemas } from '../meaning.ts'
import type { Refusal, Schema } from '../operation.ts'
import { bodyRefusals, JSON_TYPE } from './description.ts'
import { SIGN_IN_MEANINGS } from './meaning/token.ts'
import { LAST_SEEN_MEANINGS } from './meaning/user.ts'
import { SIGN_IN_DRAFT } from './session-body.ts'
import { SCOPE } from './token-operation.ts'
import type { Promised } from './user-operation.ts'

/** A password, in examples. */
export const EXAMPLE_PASSWORD = 'correct horse battery staple'

/** What an operation answers that leaves nothing to be said. */
export const NOTHING = { status: 204, description: 'Done.', mediaType: null } as const

/** What a password to sign in with is refused with. */
export const SHORT: Refusal = {
  code: 'invalid',
  reason: 'range',
  example: `password must have ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters.`,
  where: { in: 'body', name: 'password' },
}

const revision: Schema = { type: 'integer', minimum: 0 }

const SIGN_IN: Schema = {
  title: 'SignIn',
  type: 'object',
  properties: describedSchemas(SIGN_IN_MEANINGS, {
    permissions: { type: 'array', items: { type: 'string', enum: PERMISSIONS } },
    scope: SCOPE.schema,
    hasPassword: { type: 'boolean' },
    lastUsedAt: { type: ['string', 'null'], format: 'date-time' },
    revision,
  }),
  required: ['permissions', 'scope', 'hasPassword', 'lastUsedAt', 'revision'],
  additionalProperties: false,
}

const NO_USER: Refusal = { code: 'not_found', reason: 'subject', example: 'User not found.' }
const NO_SIGN_IN: Refusal = { code: 'not_found', reason: 'subject', example: 'Sign-in not found.' }

const ONE: Promised['responses'][number] = {
  status: 200,
  description: 'How the user signs in.',
  mediaType: JSON_TYPE,
  schema: SIGN_IN,
  example: {
    permissions: ['users:read', 'users:write'],
    scope: 1234,
    hasPassword: true,
    lastUsedAt: null,
    revision: 57,
  },
}

/** `GET /v1/users/{id}/last-seen`. */
export const GET_LAST_SEEN: Promised = {
  id: 'getLastSeen',
  summary: 'When was a user last there?',
  description:
    'The newest of `lastLoginAt`, which the server does not write, and, for callers with `tokens:write` or `audit:read`, of all ' +
    'that was opened or asked with the tokens and sessions of the user that see no more than the caller. A request is counted ' +
    'within seconds. A deleted user has been seen too. No revision comes of being seen: it has no ETag and is kept nowhere (no-store).',
  responses: [
    {
      status: 200,
      description: 'When.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'LastSeen',
        type: 'object',
        properties: describedSchemas(LAST_SEEN_MEANINGS, {
          lastSeenAt: { type: ['string', 'null'], format: 'date-time' },
          revision,
        }),
        required: ['lastSeenAt', 'revision'],
        additionalProperties: false,
      },
      example: { lastSeenAt: '2026-11-22T09:30:00.000Z', revision: 57 },
    },
  ],
  refusals: [NO_USER],
}

/** `GET /v1/users/{id}/sign-in`. */
export const GET_SIGN_IN: Promised = {
  id: 'getSignIn',
  summary: 'How does a user sign in?',
  description:
    'Not found for a user who may not sign in with a password. With every use it has another lastUsedAt: it has no ETag and is kept nowhere (no-store).',
  responses: [ONE],
  refusals: [NO_USER, NO_SIGN_IN],
}

/** `PUT /v1/users/{id}/sign-in`. */
export const PUT_SIGN_IN: Promised = {
  id: 'putSignIn',
  summary: 'Let a user sign in',
  description:
    'With no more permissions and no wider scope than the caller has. Another password for a user who signs in already takes ' +
    'all that the user may. Without a password the one there is stays, but is forgotten where the user is given more than ' +
    'before, or could not sign in. Sessions end when anything changes.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'SignInDraft', ...SIGN_IN_DRAFT.schema },
        example: { permissions: ['users:read', 'users:write'], scope: 1234, password: EXAMPLE_PASSWORD },
      },
    },
  },
  responses: [ONE],
  refusals: [
    NO_USER,
    SHORT,
    {
      code: 'forbidden',
      reason: 'scope',
      example: 'This user signs in to more of the directory than the caller sees.',
    },
    ...bodyRefusals('scope must be of type integer, not boolean.', {
      name: 'scope',
      expected: 'integer',
      actual: 'boolean',
    }),
  ],
}

/** `DELETE /v1/users/{id}/sign-in`. */
export const REMOVE_SIGN_IN: Promised = {
  id: 'removeSignIn',
  summary: 'Let a user no longer sign in',
  description: 'Ends the sessions that a password has opened.',
  responses: [NOTHING],
  refusals: [NO_USER, NO_SIGN_IN],
}
