import { MATCH_FIELDS, type BatchOperation } from '../../core/directory.ts'
import { invalid } from '../../core/error.ts'
import { BATCH_SIZE_MAX } from '../../core/limits.ts'
import type { UserDraft } from '../../core/user.ts'
import { describedMembers, describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import * as shape from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bodyRefusals, JSON_TYPE } from './description.ts'
import { writtenUser, type WrittenUser } from './draft.ts'
import { BATCH_MEANINGS, OPERATION_MEANINGS, RESULT_MEANINGS, RESULTS_MEANINGS } from './meaning/batch.ts'
import { PROBLEM } from './problem-schema.ts'
import type { Promised } from './user-operation.ts'
import { USER_DRAFT } from './user-draft-schema.ts'
import { EXAMPLE_USER, USER } from './user-schema.ts'

const OPS = ['create', 'update', 'replace', 'upsert', 'delete', 'restore'] as const

const { id, user, ifRevision, match } = describedMembers(OPERATION_MEANINGS, {
  id: shape.string({ lengthMax: 36 }),
  user: writtenUser(USER_DRAFT),
  ifRevision: shape.optional(shape.integer({ min: 0 })),
  match: shape.choice(MATCH_FIELDS),
})
const anyOperation = shape.object({ op: shape.choice(OPS) }, { unknown: 'ignore' })

function only<const O extends (typeof OPS)[number]>(one: O): Shape<O> {
  return describedMembers(OPERATION_MEANINGS, { op: shape.choice([one]) }).op
}

const SHAPES = {
  create: shape.object({ op: only('create'), user }),
  update: shape.object({ op: only('update'), id, user, ifRevision }),
  replace: shape.object({ op: only('replace'), id, user, ifRevision }),
  upsert: shape.object({ op: only('upsert'), match, user }),
  delete: shape.object({ op: only('delete'), id, ifRevision }),
  restore: shape.object({ op: only('restore'), id, ifRevision }),
} satisfies Record<(typeof OPS)[number], Shape<unknown>>

/** Where a user that is sent as it was read says which version it is of. */
const REVISION = { in: 'body', name: 'revision' } as const

/** Reads one operation of a batch; `at` is its place in the body. Throws `invalid` naming the member. */
export function readOperation(value: unknown, at: string): BatchOperation {
  const { op } = anyOperation.read(value, at)
  switch (op) {
    case 'create':
      return { op, user: draftOf(SHAPES.create.read(value, at).user, at) }
    case 'upsert': {
      const { match, user } = SHAPES.upsert.read(value, at)
      return { op, match, user: draftOf(user, at) }
    }
    case 'update':
    case 'replace': {
      const { id, user, ifRevision } = SHAPES[op].read(value, at)
      const condition = ifRevision === undefined ? { ...user.condition, where: REVISION } : { ifRevision }
      return { op, id, user: draftOf(user, at, true), ...condition }
    }
    case 'delete':
    case 'restore':
      return SHAPES[op].read(value, at)
  }
}

function draftOf({ draft, condition, password }: WrittenUser, at: string, conditional = false): UserDraft {
  const stray =
    'password' in password ? 'password' : condition.ifRevision !== undefined && !conditional ? 'revision' : null
  if (stray === null) return draft
  throw invalid('unknown', `${stray} cannot be sent in this operation.`, { in: 'body', name: `${at}.user.${stray}` })
}

const OPERATION: Schema = { title: 'BatchOperation', oneOf: Object.values(SHAPES).map(({ schema }) => schema) }

/** The body of a batch. Its operations are read one by one, so that one of them can be refused alone. */
export const BATCH = shape.object(
  describedMembers(BATCH_MEANINGS, {
    atomic: shape.defaulted(shape.boolean, true),
    dryRun: shape.defaulted(shape.boolean, false),
    operations: shape.list<unknown>({ schema: OPERATION, read: (value) => value }, { lengthMax: BATCH_SIZE_MAX }),
  }),
)

const RESULT: Schema = {
  title: 'BatchResult',
  type: 'object',
  properties: describedSchemas(RESULT_MEANINGS, {
    status: { type: 'integer', minimum: 200, maximum: 599 },
    outcome: { type: 'string', enum: ['created', 'updated', 'unchanged', 'deleted', 'restored', 'refused'] },
    user: USER,
    problem: PROBLEM,
  }),
  required: ['status', 'outcome'],
  additionalProperties: false,
}

const EXAMPLE_PROBLEM = {
  type: '/problems/value-taken',
  title: 'Value taken',
  status: 409,
  detail: 'The email is in use.',
  instance: 'urn:rollcall:request:0190d9e4-7a51-7b54-9c1e-5a6f0f4c2d11',
  pointer: '/operations/1/user/email',
}

/** `POST /v1/users/batch`. */
export const BATCH_USERS: Promised = {
  id: 'batchUsers',
  summary: 'Write many users at once',
  description:
    `Up to ${BATCH_SIZE_MAX} operations. With atomic (the default) all are done or none, and the first that is refused is the ` +
    'answer. Without it each is done on its own and has its own result. dryRun says what would happen, as far as the caller sees, and writes ' +
    'nothing. update sets the members sent, maps as a whole; upsert creates the user or updates the live one with the ' +
    'same match. Idempotency-Key needs an atomic batch.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'Batch', ...BATCH.schema },
        example: {
          atomic: false,
          operations: [
            { op: 'update', id: EXAMPLE_USER.id, user: { status: 'suspended' }, ifRevision: 4 },
            { op: 'create', user: { identifier: 'jane', email: EXAMPLE_USER.email } },
          ],
        },
      },
    },
  },
  responses: [
    {
      status: 200,
      description: 'A result per operation, in their order.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'BatchResults',
        type: 'object',
        properties: describedSchemas(RESULTS_MEANINGS, {
          atomic: { type: 'boolean' },
          dryRun: { type: 'boolean' },
          results: { type: 'array', items: RESULT },
          revision: { type: 'integer', minimum: 0 },
        }),
        required: ['atomic', 'dryRun', 'results', 'revision'],
        additionalProperties: false,
      },
      example: {
        atomic: false,
        dryRun: false,
        results: [
          { status: 200, outcome: 'updated', user: { ...EXAMPLE_USER, status: 'suspended', revision: 43 } },
          { status: 409, outcome: 'refused', problem: EXAMPLE_PROBLEM },
        ],
        revision: 43,
      },
    },
  ],
  refusals: [
    {
      code: 'invalid',
      reason: 'value',
      example: 'operations.0.op must be one of create, update, replace, upsert, delete, restore.',
      where: { in: 'body', name: 'operations.0.op', allowed: OPS },
    },
    { code: 'not_found', reason: 'subject', example: 'User not found.', where: { in: 'body', name: 'operations.0' } },
    {
      code: 'conflict',
      reason: 'taken',
      example: 'The email is in use.',
      where: { in: 'body', name: 'operations.1.user.email' },
    },
    {
      code: 'precondition_failed',
      example: 'It has changed since: its revision is 5, not 4.',
      where: { in: 'body', name: 'operations.0.ifRevision' },
    },
    ...bodyRefusals('operations must be of type array, not object.', {
      name: 'operations',
      expected: 'array',
      actual: 'object',
    }),
  ],
}
