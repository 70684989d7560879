import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { bodyRefusals, CROSS_SITE, JSON_TYPE } from './description.ts'
import { EXAMPLE_ME, ME } from './me-operation.ts'
import {
  CURRENT_SESSION_MEANINGS,
  SESSION_LIST_MEANINGS,
  SESSION_MEANINGS,
  SETUP_STATE_MEANINGS,
} from './meaning/session.ts'
import { CREDENTIALS, NEW_PASSWORD, SET_UP } from './session-body.ts'
import { EXAMPLE_PASSWORD, NOTHING, SHORT } from './sign-in-operation.ts'
import type { Promised } from './user-operation.ts'

const OPENED = {
  status: 201,
  description: 'Who is signed in; the session is in the Set-Cookie header.',
  mediaType: JSON_TYPE,
  schema: ME,
  example: { ...EXAMPLE_ME, token: { ...EXAMPLE_ME.token, use: 'session', name: 'Mozilla/5.0 (X11; Linux x86_64)' } },
} as const

/** `GET /v1/setup`. */
export const GET_SETUP: Promised = {
  id: 'getSetup',
  summary: 'Has the server been set up?',
  description: 'Whether anybody can sign in with a password.',
  responses: [
    {
      status: 200,
      description: 'Whether it has.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'Setup',
        type: 'object',
        properties: describedSchemas(SETUP_STATE_MEANINGS, { isSetUp: { type: 'boolean' } }),
        required: ['isSetUp'],
        additionalProperties: false,
      },
      example: { isSetUp: true },
    },
  ],
  refusals: [],
}

/** `POST /v1/setup`. */
export const SET_UP_SERVER: Promised = {
  id: 'setUp',
  summary: 'Make the first administrator',
  description:
    'With the secret of the link that `rollcall serve` or `rollcall setup-link` prints, which works once, for 30 minutes. ' +
    'Opens a session. A user who is called so already becomes an administrator.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'SetupRequest', ...SET_UP.schema },
        example: {
          secret: `rc_${'0'.repeat(49)}`,
          user: { identifier: 'ada', givenName: 'Ada', familyName: 'Lovelace', email: 'ada@example.com' },
          password: EXAMPLE_PASSWORD,
        },
      },
    },
  },
  responses: [OPENED],
  refusals: [
    SHORT,
    {
      code: 'unauthenticated',
      reason: 'bad_token',
      example: 'This set-up link is wrong, has been used or has expired; rollcall setup-link makes another one.',
    },
    {
      code: 'conflict',
      reason: 'taken',
      example: 'This e-mail address is in use.',
      where: { in: 'body', name: 'email' },
    },
    CROSS_SITE,
    ...bodyRefusals('password must be of type string, not integer.', { name: 'password' }),
  ],
}

/** `GET /v1/session`. */
export const GET_SESSION: Promised = {
  id: 'getSession',
  summary: 'Is anybody signed in?',
  description:
    'Who is signed in with the session that the browser keeps; null where nobody is, be it that the session has ended. It is no ' +
    'error to be nobody. A token in `Authorization` is not looked at: `GET /v1/me` tells whose that is.',
  responses: [
    {
      status: 200,
      description: 'Who is signed in, as `GET /v1/me` has it.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'CurrentSession',
        type: 'object',
        properties: describedSchemas(CURRENT_SESSION_MEANINGS, { me: { anyOf: [ME, { type: 'null' }] } }),
        required: ['me'],
        additionalProperties: false,
      },
      example: { me: OPENED.example },
    },
  ],
  refusals: [],
}

/** `POST /v1/session`. */
export const OPEN_SESSION: Promised = {
  id: 'openSession',
  summary: 'Sign in',
  description:
    'With identifier (or e-mail address) and password, or with a token. The session is a cookie that scripts cannot read; ' +
    'it lasts 12 hours and ends with what it was made from. In a session, everything but GET and HEAD needs ' +
    '`X-Rollcall-Console: 1` and a page of this server.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: {
          title: 'Credentials',
          ...CREDENTIALS.schema,
          oneOf: [{ required: ['identifier', 'password'] }, { required: ['token'] }],
        },
        example: { identifier: 'ada', password: EXAMPLE_PASSWORD },
      },
    },
  },
  responses: [OPENED],
  refusals: [
    {
      code: 'invalid',
      reason: 'missing',
      example: 'Send identifier and password, or token.',
      where: { in: 'body', name: 'password' },
    },
    {
      code: 'unauthenticated',
      reason: 'bad_token',
      example: 'This identifier and password, or this token, do not let anybody in.',
    },
    CROSS_SITE,
    ...bodyRefusals('password must be of type string, not integer.', { name: 'password' }),
  ],
}

/** `DELETE /v1/session`. */
export const CLOSE_SESSION: Promised = {
  id: 'closeSession',
  summary: 'Sign out',
  description: 'Ends the session it is asked in and takes the cookie back. Another token goes on.',
  responses: [NOTHING],
  refusals: [],
}

const revision: Schema = { type: 'integer', minimum: 0 }

const SESSION: Schema = {
  title: 'Session',
  type: 'object',
  properties: describedSchemas(SESSION_MEANINGS, {
    id: { type: 'string', format: 'uuid' },
    createdAt: { type: 'string', format: 'date-time' },
    expiresAt: { type: 'string', format: 'date-time' },
    lastUsedAt: { type: ['string', 'null'], format: 'date-time' },
    isCurrent: { type: 'boolean' },
    userAgent: { type: ['string', 'null'] },
  }),
  required: ['id', 'createdAt', 'expiresAt', 'lastUsedAt', 'isCurrent', 'userAgent'],
  additionalProperties: false,
}

/** `GET /v1/sessions`. */
export const LIST_SESSIONS: Promised = {
  id: 'listSessions',
  summary: 'List one’s own sessions',
  description: 'With every use a session has another lastUsedAt: the list has no ETag and is kept nowhere (no-store).',
  responses: [
    {
      status: 200,
      description: 'The sessions of the caller’s user that go on, as far as they may and see no more than the caller.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'SessionList',
        type: 'object',
        properties: describedSchemas(SESSION_LIST_MEANINGS, { sessions: { type: 'array', items: SESSION }, revision }),
        required: ['sessions', 'revision'],
        additionalProperties: false,
      },
      example: {
        sessions: [
          {
            id: EXAMPLE_ME.token.id,
            createdAt: '2026-11-22T08:00:00.000Z',
            expiresAt: '2026-11-22T20:00:00.000Z',
            lastUsedAt: null,
            isCurrent: true,
            userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
          },
        ],
        revision: 57,
      },
    },
  ],
  refusals: [],
}

/** `DELETE /v1/sessions/{id}`. */
export const END_SESSION: Promised = {
  id: 'endSession',
  summary: 'End a session',
  description:
    'One of one’s own; with tokens:write also one of a user the caller may see that sees no more than the caller.',
  responses: [NOTHING],
  refusals: [{ code: 'not_found', reason: 'subject', example: 'Session not found.' }],
}

/** `PUT /v1/me/password`. */
export const CHANGE_PASSWORD: Promised = {
  id: 'changePassword',
  summary: 'Change one’s password',
  description: 'Ends the other sessions of the user.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'PasswordChange', ...NEW_PASSWORD.schema },
        example: { current: EXAMPLE_PASSWORD, new: 'incorrect zebra battery staple' },
      },
    },
  },
  responses: [NOTHING],
  refusals: [
    {
      code: 'invalid',
      reason: 'value',
      example: 'current is not the password.',
      where: { in: 'body', name: 'current' },
    },
    ...bodyRefusals('new must be of type string, not integer.', { name: 'new', expected: 'string', actual: 'integer' }),
  ],
}
