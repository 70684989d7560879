import { DOCUMENT_FIELDS } from '../../core/document.ts'
import type { User } from '../../core/user.ts'
import type { Route } from '../dialect.ts'
import { JSON_TYPE } from './description.ts'
import { readableMembers, type UserMember } from './fields.ts'
import { idOf, json, route } from './route.ts'
import { renderUser } from './user.ts'
import { EXAMPLE_USER, USER } from './user-schema.ts'

const VERSION = {
  title: 'UserVersion',
  type: 'object',
  properties: {
    revision: { type: 'integer' },
    at: { type: 'string', format: 'date-time' },
    by: { type: ['string', 'null'], format: 'uuid', description: 'Who wrote it; null for the operator.' },
    changed: {
      type: 'array',
      items: { type: 'string', enum: DOCUMENT_FIELDS },
      description: 'The members that differ from the version before; all that are not empty in the first.',
    },
    user: USER,
  },
  required: ['revision', 'at', 'by', 'changed', 'user'],
  additionalProperties: false,
} as const

const EXAMPLE_HISTORY = {
  versions: [
    {
      revision: EXAMPLE_USER.revision,
      at: EXAMPLE_USER.updatedAt,
      by: EXAMPLE_USER.updatedBy,
      changed: ['tags'],
      user: EXAMPLE_USER,
    },
  ],
}

/** `GET /v1/users/{id}/history`: all versions of a user, newest first, and what each of them changed. */
export const historyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/users/:id/history',
    access: 'audit:read',
    cacheable: true,
    parameters: {},
    operation: {
      id: 'getUserHistory',
      summary: 'Read the history of a user',
      description: 'All versions, newest first, of a deleted user too. It needs the permission audit:read.',
      responses: [
        {
          status: 200,
          description: 'The versions.',
          mediaType: JSON_TYPE,
          schema: {
            title: 'UserHistory',
            type: 'object',
            properties: { versions: { type: 'array', items: VERSION } },
            required: ['versions'],
            additionalProperties: false,
          },
          example: EXAMPLE_HISTORY,
        },
      ],
      refusals: [{ code: 'not_found', reason: 'subject', example: 'User not found.' }],
    },
    answer: async (call) => {
      const versions = await call.view.history(idOf(call, 'User'))
      return json(200, {
        versions: versions.map(({ revision, at, by, user }, index) => ({
          revision,
          at,
          by,
          changed: changedMembers(readableMembers(call.principal), user, versions[index + 1]?.user),
          user: renderUser(user, call.principal),
        })),
      })
    },
  }),
]

const STAMPS: readonly string[] = ['revision', 'updatedAt', 'updatedBy']
const EMPTY: readonly string[] = ['null', '[]', '{}']

function changedMembers(members: readonly UserMember[], user: User, before: User | undefined): readonly string[] {
  return members.filter((member) => {
    if (STAMPS.includes(member)) return false
    const text = JSON.stringify(user[member])
    return before ? text !== JSON.stringify(before[member]) : !EMPTY.includes(text)
  })
}
