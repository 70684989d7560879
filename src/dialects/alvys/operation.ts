import type { Operation, ParameterDescription, Refusal } from '../operation.ts'
import { exampleUser, pageSchema, userSchema } from './schema.ts'
import { searchShape } from './search.ts'
import { FORM, issuedTokenSchema, tokenShape } from './token.ts'
import { inCase, type FieldCase } from './user.ts'
import { VERSION_HEADER, VERSIONS } from './version.ts'

const versionHeader: ParameterDescription = {
  name: VERSION_HEADER,
  in: 'header',
  required: false,
  description: 'The version of the API; it wins over the one in the path.',
  schema: { type: 'string', enum: VERSIONS.map((version) => `v${version}`) },
}

const version: readonly ParameterDescription[] = [
  {
    name: 'version',
    in: 'path',
    required: true,
    description: 'The version of the API being requested.',
    schema: { type: 'string', enum: VERSIONS },
    example: '1',
  },
  versionHeader,
]

const unknownVersion: Refusal = {
  code: 'not_found',
  reason: 'route',
  example: 'There is no API version 2. Use v1 or v1.0.',
}

/** `GET /api/p/v{version}/users/list` */
export function listUsers(fieldCase: FieldCase): Operation {
  return {
    id: 'listUsers',
    summary: 'List all users',
    description:
      'Every user the caller may see, in the order of their creation, as a stream. Deleted users are left out.',
    parameters: version,
    responses: [
      {
        status: 200,
        description: 'All users.',
        mediaType: 'application/json',
        schema: { type: 'array', items: userSchema(fieldCase) },
        example: [exampleUser(fieldCase)],
      },
    ],
    refusals: [unknownVersion],
  }
}

/** `POST /api/p/v{version}/users/search` */
export function searchUsers(fieldCase: FieldCase): Operation {
  return {
    id: 'searchUsers',
    summary: 'Search users',
    description:
      'Users whose name, user name, e-mail or phone contains the keyword, page by page, counting from 0. Accents and ' +
      'letter case do not matter, also not in the names of the members of the body.',
    parameters: version,
    body: {
      required: true,
      content: {
        'application/json': { schema: searchShape.schema, example: { page: 0, pageSize: 100, keyword: 'dana' } },
      },
    },
    responses: [
      {
        status: 200,
        description: 'One page of the users found, and how many there are in all.',
        mediaType: 'application/json',
        schema: pageSchema(fieldCase),
        example: inCase(fieldCase, { page: 0, pageSize: 100, total: 1, items: [exampleUser(fieldCase)] }),
      },
    ],
    refusals: [
      unknownVersion,
      {
        code: 'invalid',
        reason: 'range',
        example: 'pageSize must be a whole number from 1 to 200.',
        where: { in: 'body', name: 'pageSize', allowed: 'a whole number from 1 to 200' },
      },
      {
        code: 'invalid',
        reason: 'type',
        example: 'keyword must be of type string, not integer.',
        where: { in: 'body', name: 'keyword', expected: 'string', actual: 'integer' },
      },
    ],
  }
}

const tokenExample = {
  grant_type: 'client_credentials',
  client_id: '018e9e1f-3a58-7c42-8d21-4be0c7a1d0ff',
  client_secret: 'rc_…',
  audience: 'https://api.alvys.com/public/',
}
const tokenContent = { schema: tokenShape.schema, example: tokenExample }

/** `POST /oauth/token` */
export const issueToken: Operation = {
  id: 'issueToken',
  summary: 'Exchange client credentials for a token',
  description: 'RFC 6749 §4.4. The client id is the id of a Rollcall token, the client secret the token itself.',
  parameters: [versionHeader],
  body: { required: true, content: { 'application/json': tokenContent, [FORM]: tokenContent } },
  responses: [
    {
      status: 200,
      description: 'A signed token that may do what the credentials may.',
      mediaType: 'application/json',
      schema: issuedTokenSchema,
      example: { access_token: 'eyJhbGciOiJSUzI1NiIs…', expires_in: 3600, token_type: 'Bearer', scope: 'user:read' },
    },
  ],
  refusals: [
    unknownVersion,
    {
      code: 'invalid',
      reason: 'value',
      example: 'grant_type must be one of client_credentials.',
      where: { in: 'body', name: 'grant_type', allowed: ['client_credentials'] },
    },
    { code: 'unauthenticated', reason: 'bad_token', example: 'The id or the secret is wrong.' },
  ],
}
