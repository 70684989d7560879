import { invalid } from '../../core/error.ts'
import { LIST_LENGTH_MAX, TOKEN_NAME_LENGTH_MAX } from '../../core/limits.ts'
import { PERMISSIONS, type Scope } from '../../core/principal.ts'
import { TOKEN_USES } from '../../core/token.ts'
import { describedMembers, describedSchemas } from '../meaning.ts'
import type { Operation, Refusal, Schema } from '../operation.ts'
import { excerpt } from '../parameter.ts'
import * as shape from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bodyRefusals, JSON_TYPE } from './description.ts'
import { LISTED_MEANINGS } from './meaning/list.ts'
import { ISSUED_MEANINGS, NEW_TOKEN_MEANINGS, ONE_TOKEN_MEANINGS, TOKEN_MEANINGS } from './meaning/token.ts'
import { EXAMPLE_USER } from './user-schema.ts'
import { ROW_PAGE, ROW_PAGE_REFUSALS } from './row-page.ts'
import type { ShownToken } from './token.ts'
import type { Promised } from './user-operation.ts'

const customerId = shape.integer({ min: 1 })
const SCOPE_SCHEMA: Schema = { anyOf: [{ type: 'string', const: 'all' }, customerId.schema] }

/** A scope in a body. */
export const SCOPE: Shape<Scope> = {
  schema: SCOPE_SCHEMA,
  read(value, at) {
    if (typeof value !== 'string') return customerId.read(value, at)
    if (value === 'all') return value
    const allowed = 'the number of a customer, or all'
    throw invalid('value', `${at} must be ${allowed}.`, { in: 'body', name: at, allowed, value: excerpt(value) })
  },
}

// What the form is, and whether a text has it, is the core's to say.
function inForm({ schema, read }: Shape<string>, format: string): Shape<string> {
  return { schema: { ...schema, format }, read }
}

/** What a token is to be. Nothing that widens it has a default. */
export const TOKEN_DRAFT = shape.object(
  describedMembers(NEW_TOKEN_MEANINGS, {
    name: shape.string({ lengthMin: 1, lengthMax: TOKEN_NAME_LENGTH_MAX }),
    userId: inForm(shape.string({ lengthMax: 36 }), 'uuid'),
    permissions: shape.list(shape.choice(PERMISSIONS), { lengthMax: LIST_LENGTH_MAX }),
    scope: SCOPE,
    expiresAt: shape.optional(shape.nullable(inForm(shape.string(), 'date-time'))),
  }),
)

const instant: Schema = { type: 'string', format: 'date-time' }
const optionalInstant: Schema = { type: ['string', 'null'], format: 'date-time' }

const MEMBERS: Readonly<Record<keyof ShownToken, Schema>> = {
  id: { type: 'string', format: 'uuid' },
  use: { type: 'string', enum: TOKEN_USES },
  name: { type: 'string' },
  userId: { type: 'string', format: 'uuid' },
  permissions: { type: 'array', items: { type: 'string', enum: PERMISSIONS } },
  scope: SCOPE_SCHEMA,
  createdAt: instant,
  createdBy: { type: ['string', 'null'], format: 'uuid' },
  expiresAt: optionalInstant,
  revokedAt: optionalInstant,
  lastUsedAt: optionalInstant,
}

/** A token as it is shown. */
export const TOKEN: Schema = {
  title: 'Token',
  type: 'object',
  properties: describedSchemas(TOKEN_MEANINGS, MEMBERS),
  required: Object.keys(MEMBERS),
  additionalProperties: false,
}

const revision: Schema = { type: 'integer', minimum: 0 }

const ONE_TOKEN: Schema = {
  title: 'OneToken',
  type: 'object',
  properties: describedSchemas(ONE_TOKEN_MEANINGS, { ...MEMBERS, revision }),
  required: [...Object.keys(MEMBERS), 'revision'],
  additionalProperties: false,
}

/** A token, in examples. */
export const EXAMPLE_TOKEN: ShownToken = {
  id: '0190d9e4-7a51-7b54-9c1e-5a6f0f4c2d11',
  use: 'bearer',
  name: 'nightly export',
  userId: EXAMPLE_USER.id,
  permissions: ['users:read'],
  scope: 1234,
  createdAt: '2026-11-22T08:00:00.000Z',
  createdBy: '7a1506b9-9ce4-43f9-a6f0-e94ef4252277',
  expiresAt: '2027-11-22T08:00:00.000Z',
  revokedAt: null,
  lastUsedAt: null,
}

const NOT_FOUND: Refusal = { code: 'not_found', reason: 'subject', example: 'Token not found.' }

const ONE: Operation['responses'][number] = {
  status: 200,
  description: 'The token, without its secret.',
  mediaType: JSON_TYPE,
  schema: ONE_TOKEN,
  example: { ...EXAMPLE_TOKEN, revision: 57 },
}

/** `GET /v1/tokens`. */
export const LIST_TOKENS: Promised = {
  id: 'listTokens',
  summary: 'List tokens',
  description:
    'The bearer tokens of all users the caller may see, also revoked and expired ones, unless others are asked for, ' +
    'oldest first. Secrets are not kept. The Link header names the next page. With every use a token has another lastUsedAt: it has no ETag and ' +
    'is kept nowhere (no-store).',
  responses: [
    {
      status: 200,
      description: 'A page of tokens.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'TokenList',
        type: 'object',
        properties: describedSchemas(LISTED_MEANINGS, {
          tokens: { type: 'array', items: TOKEN },
          page: ROW_PAGE,
          revision,
        }),
        required: ['tokens', 'page', 'revision'],
        additionalProperties: false,
      },
      example: { tokens: [EXAMPLE_TOKEN], page: { limit: 50, hasMore: false }, revision: 57 },
      headers: ['Link'],
    },
  ],
  refusals: ROW_PAGE_REFUSALS,
}

/** `GET /v1/tokens/{id}`. */
export const GET_TOKEN: Promised = {
  id: 'getToken',
  summary: 'Get one token',
  description: 'With every use it has another lastUsedAt: it has no ETag and is kept nowhere (no-store).',
  responses: [ONE],
  refusals: [NOT_FOUND],
}

/** `POST /v1/tokens`. */
export const ISSUE_TOKEN: Promised = {
  id: 'issueToken',
  summary: 'Issue a token',
  description: 'With no more permissions and no wider scope than the caller has. The secret is in this answer only.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'TokenDraft', ...TOKEN_DRAFT.schema },
        example: {
          name: 'nightly export',
          userId: EXAMPLE_USER.id,
          permissions: ['users:read'],
          scope: 1234,
          expiresAt: '2027-11-22T08:00:00Z',
        },
      },
    },
  },
  responses: [
    {
      status: 201,
      description: 'The token with its secret.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'IssuedToken',
        type: 'object',
        properties: describedSchemas(ISSUED_MEANINGS, {
          ...MEMBERS,
          revision,
          secret: { type: 'string', pattern: '^rc_[0-9A-Za-z]{49}$' },
        }),
        required: [...Object.keys(MEMBERS), 'revision', 'secret'],
        additionalProperties: false,
      },
      // Of the right form, with a checksum that is not: it can be no token of anybody.
      example: { ...EXAMPLE_TOKEN, revision: 57, secret: `rc_${'0'.repeat(49)}` },
      headers: ['Location'],
    },
  ],
  refusals: [
    {
      code: 'invalid',
      reason: 'value',
      example: 'There is no such user.',
      where: { in: 'body', name: 'userId' },
    },
    {
      code: 'conflict',
      example: 'This token has been issued; its secret was told once and is not kept.',
      where: { in: 'header', name: 'Idempotency-Key' },
    },
    {
      code: 'forbidden',
      reason: 'scope',
      example: 'A token that sees everything can be issued only by a caller who does.',
    },
    ...bodyRefusals('scope must be of type integer, not boolean.', {
      name: 'scope',
      expected: 'integer',
      actual: 'boolean',
    }),
  ],
}

/** `DELETE /v1/tokens/{id}`. */
export const REVOKE_TOKEN: Promised = {
  id: 'revokeToken',
  summary: 'Revoke a token',
  description: 'At once and for good. Its own token anybody may revoke. Revoking again changes nothing.',
  responses: [
    {
      ...ONE,
      description: 'The revoked token.',
      example: { ...EXAMPLE_TOKEN, revokedAt: '2026-11-23T08:00:00.000Z', revision: 58 },
    },
  ],
  refusals: [
    NOT_FOUND,
    {
      code: 'forbidden',
      reason: 'permission',
      permission: 'tokens:write',
      example: 'Revoking tokens needs the permission tokens:write.',
    },
  ],
}
