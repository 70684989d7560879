import type { Operation, ParameterDescription, Refusal, Schema, SuccessResponse } from '../operation.ts'
import { listParameters, listShape } from './list.ts'
import { changedSchema, exampleUser, pageSchema } from './schema.ts'
import { updateShape } from './update.ts'
import { VERSION, VERSION_HEADER } from './version.ts'

const version: ParameterDescription = {
  name: VERSION_HEADER,
  in: 'header',
  required: false,
  description: 'The version of the API.',
  schema: { type: 'string', enum: [VERSION], default: VERSION },
}

const listed: SuccessResponse = {
  status: 200,
  description: 'The users the caller may see.',
  mediaType: 'application/json',
  schema: pageSchema,
  example: { next_cursor: 'bmV4dA', sys_users: [exampleUser] },
}

const listRefusals: readonly Refusal[] = [
  {
    code: 'invalid',
    reason: 'range',
    example: 'limit must be a whole number from 1 to 100.',
    where: { name: 'limit', allowed: 'a whole number from 1 to 100' },
  },
  {
    code: 'invalid',
    reason: 'cursor',
    example: 'This cursor was not made for this query and caller.',
    where: { name: 'cursor' },
  },
]

function json(schema: Schema, example: unknown, required: boolean): NonNullable<Operation['body']> {
  return { required, content: { 'application/json': { schema, example } } }
}

/** `GET /sys-users.list` */
export const listByGet: Operation = {
  id: 'sysUsersList',
  summary: 'List users',
  parameters: [version, ...listParameters],
  responses: [listed],
  refusals: listRefusals,
}

/** `POST /sys-users.list` */
export const listByPost: Operation = {
  id: 'sysUsersListPost',
  summary: 'List users (POST)',
  parameters: [version],
  body: json(listShape.schema, { limit: 50, mode: 'after', sort_by: ['created_date:desc', 'email'] }, false),
  responses: [listed],
  refusals: listRefusals,
}

/** `POST /sys-users.update` */
export const update: Operation = {
  id: 'sysUsersUpdate',
  summary: 'Update a user',
  parameters: [version],
  body: json(updateShape.schema, { id: 'SYSU-7', display_name: 'Jane' }, true),
  responses: [
    {
      status: 200,
      description: 'The user as it is now.',
      mediaType: 'application/json',
      schema: changedSchema,
      example: { sys_user: exampleUser },
    },
  ],
  refusals: [
    { code: 'invalid', reason: 'missing', example: 'id is required.', where: { name: 'id' } },
    { code: 'not_found', reason: 'subject', example: 'User not found.' },
  ],
}
