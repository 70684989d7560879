import type { Operation, ParameterDescription, Refusal, Schema, SuccessResponse } from '../operation.ts'
import { patchShape } from './json-patch.ts'
import { envelopeSchema, exampleAnswer, exampleUser, flatSchema, listSchema, namesSchema } from './schema.ts'
import { issuedTokenSchema, tokenShape } from './token.ts'
import { userShape } from './user-body.ts'

/** The media type of a JSON Patch (RFC 6902 §6); plain JSON is taken for one too. */
export const JSON_PATCH = 'application/json-patch+json'

const id: ParameterDescription = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id of the user; its number alone is accepted too.',
  schema: { type: 'string' },
  example: 'usr-12345',
}

const idempotencyKey: ParameterDescription = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same body gives the first answer again and creates nothing.',
  schema: { type: 'string' },
  example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
}

function answer(schema: Schema, members: object, description: string, status = 200): SuccessResponse {
  return { status, description, mediaType: 'application/json', schema, example: exampleAnswer(members) }
}

const oneUser = (description: string, status = 200) => answer(flatSchema, exampleUser, description, status)

const unknownUser: Refusal = { code: 'not_found', reason: 'subject', example: 'User not found.' }
const badEmail: Refusal = { code: 'invalid', reason: 'format', example: 'Invalid email address.' }
const takenEmail: Refusal = {
  code: 'conflict',
  reason: 'taken',
  example: 'A user with this email address already exists.',
}
const unknownParameter: Refusal = {
  code: 'invalid',
  reason: 'unknown',
  example: 'Unknown parameter page. There are none here.',
}

const newUser = {
  name: 'John Doe',
  email: 'john.doe@example.com',
  country: 'US',
  timeZone: 'America/New_York',
  tags: { role: 'admin' },
}
const userBody: Operation['body'] = {
  required: true,
  content: { 'application/json': { schema: userShape.schema, example: newUser } },
}

/** `GET /api/users` */
export const listUsers: Operation = {
  id: 'listUsers',
  summary: 'List all users',
  description: 'Every user the caller may see, in the order of their creation, as a stream.',
  parameters: [],
  responses: [answer(listSchema, { users: [exampleUser] }, 'All users in one envelope.')],
  refusals: [unknownParameter],
}

/** `GET /api/users/{id}` */
export const getUser: Operation = {
  id: 'getUser',
  summary: 'Get one user',
  parameters: [id],
  responses: [oneUser('The envelope’s members and the user’s side by side.')],
  refusals: [unknownUser, unknownParameter],
}

/** `POST /api/users` */
export const createUser: Operation = {
  id: 'createUser',
  summary: 'Create a user',
  description: 'In the customer of the caller. A password is kept as an Argon2id hash and never shown.',
  parameters: [idempotencyKey],
  body: userBody,
  responses: [{ ...oneUser('The new user.', 201), headers: ['Location'] }],
  refusals: [badEmail, takenEmail],
}

/** `PUT /api/users/{id}` */
export const replaceUser: Operation = {
  id: 'replaceUser',
  summary: 'Replace a user',
  description:
    'Absent members go back to their defaults, but for disabled and password, which stay. Members the server keeps are ' +
    'not taken over, so that an answer can be sent back.',
  parameters: [id],
  body: userBody,
  responses: [oneUser('The user as it is now.')],
  refusals: [unknownUser, badEmail, takenEmail],
}

const patch = {
  schema: patchShape.schema,
  example: [
    { op: 'replace', path: '/email', value: 'new@example.com' },
    { op: 'add', path: '/tags', value: { vip: 'true' } },
  ],
}

/** `PATCH /api/users/{id}` */
export const patchUser: Operation = {
  id: 'patchUser',
  summary: 'Change parts of a user',
  description: 'A JSON Patch (RFC 6902) of the user as it is shown; all of it is done or nothing.',
  parameters: [id],
  body: { required: true, content: { [JSON_PATCH]: patch, 'application/json': patch } },
  responses: [oneUser('The user as it is now.')],
  refusals: [
    { code: 'invalid', reason: 'value', example: 'Invalid patch operation: operation 0: the test of /email failed.' },
    unknownUser,
    badEmail,
    takenEmail,
  ],
}

/** `DELETE /api/users/{id}` */
export const deleteUser: Operation = {
  id: 'deleteUser',
  summary: 'Delete a user',
  parameters: [id],
  responses: [answer(envelopeSchema({}), {}, 'The user is deleted.')],
  refusals: [unknownUser, unknownParameter],
}

/** `GET /api/users/countries` */
export const listCountries: Operation = {
  id: 'listCountries',
  summary: 'List countries',
  parameters: [],
  responses: [
    answer(
      namesSchema('countries', 'The name of the country in English.'),
      { countries: { CO: 'Colombia', US: 'United States' } },
      'ISO 3166-1 alpha-2 codes with their names.',
    ),
  ],
  refusals: [unknownParameter],
}

/** `GET /api/users/timeZones` */
export const listTimeZones: Operation = {
  id: 'listTimeZones',
  summary: 'List time zones',
  parameters: [],
  responses: [
    answer(
      namesSchema('timeZones', 'The name of the time zone in English.'),
      { timeZones: { 'America/Bogota': 'Colombia Standard Time' } },
      'IANA time zones with their names.',
    ),
  ],
  refusals: [unknownParameter],
}

/** `POST /api/Auth/Token` */
export const issueToken: Operation = {
  id: 'issueToken',
  summary: 'Exchange an API key for a token',
  description: 'The API key is a Rollcall token of the user with this identifier or e-mail address.',
  parameters: [],
  body: {
    required: true,
    content: {
      'application/json': { schema: tokenShape.schema, example: { userName: 'john.doe@example.com', apiKey: 'rc_…' } },
    },
  },
  responses: [
    {
      status: 200,
      description: 'A signed token that may do what the key may.',
      mediaType: 'application/json',
      schema: issuedTokenSchema,
      example: { success: true, token: 'eyJhbGciOiJSUzI1NiIs…', expires: '2023-12-31T23:59:59Z' },
    },
  ],
  refusals: [{ code: 'unauthenticated', reason: 'bad_token', example: 'Invalid API key or username.' }],
}
