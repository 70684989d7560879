import { DOCUMENT_FIELDS } from '../../core/document.ts'
import type { User } from '../../core/user.ts'
import type { Route } from '../dialect.ts'
import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { JSON_TYPE } from './description.ts'
import { readableMembers, type UserMember } from './fields.ts'
import { LISTED_MEANINGS } from './meaning/list.ts'
import { VERSION_MEANINGS } from './meaning/user.ts'
import { atRevision } from './revision.ts'
import { idOf, json, route } from './route.ts'
import { ROW_PAGE, ROW_PAGE_REFUSALS, rowPageLinks, rowPageParameters, shownRowPage } from './row-page.ts'
import { renderUser } from './user.ts'
import { EXAMPLE_USER, USER } from './user-schema.ts'

const VERSION: Schema = {
  title: 'UserVersion',
  type: 'object',
  properties: describedSchemas(VERSION_MEANINGS, {
    revision: { type: 'integer', minimum: 0 },
    at: { type: 'string', format: 'date-time' },
    by: { type: ['string', 'null'], format: 'uuid' },
    changed: { type: 'array', items: { type: 'string', enum: DOCUMENT_FIELDS } },
    user: USER,
  }),
  required: ['revision', 'at', 'by', 'changed', 'user'],
  additionalProperties: false,
}

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
  page: { limit: 50, hasMore: false },
  revision: 57,
}

/** `GET /v1/users/{id}/history`: all versions of a user, newest first, and what each of them changed. */
export const historyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/users/:id/history',
    access: 'audit:read',
    cacheable: true,
    parameters: rowPageParameters('Versions'),
    operation: {
      id: 'getUserHistory',
      summary: 'Read the history of a user',
      description:
        'All versions, newest first, of a deleted user too, page by page; the Link header names the next one. It needs the permission audit:read.',
      responses: [
        {
          status: 200,
          description: 'A page of versions.',
          mediaType: JSON_TYPE,
          schema: {
            title: 'UserHistory',
            type: 'object',
            properties: describedSchemas(LISTED_MEANINGS, {
              versions: { type: 'array', items: VERSION },
              page: ROW_PAGE,
              revision: { type: 'integer', minimum: 0 },
            }),
            required: ['versions', 'page', 'revision'],
            additionalProperties: false,
          },
          example: EXAMPLE_HISTORY,
          headers: ['Link'],
        },
      ],
      refusals: [{ code: 'not_found', reason: 'subject', example: 'User not found.' }, ...ROW_PAGE_REFUSALS],
    },
    answer: async (call, { limit, cursor }) => {
      const id = idOf(call, 'User')
      const {
        versions,
        next,
        revision: shownRevision,
      } = await atRevision(call.view, () => call.view.history(id, { limit, cursor }))
      const shown = versions.map(({ revision, at, by, user, before }) => ({
        revision,
        at,
        by,
        changed: changedMembers(readableMembers(call.principal), user, before),
        user: renderUser(user, call.principal),
      }))
      const page = shownRowPage(limit, next)
      return json(200, { versions: shown, page, revision: shownRevision }, { link: rowPageLinks(call, next) })
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
