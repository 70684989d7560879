import {
  SAVED_VIEW_NAME_LENGTH_MAX,
  SAVED_VIEW_QUERY_LENGTH_MAX,
  SAVED_VIEWS_MAX,
  SHARED_VIEWS_MAX,
} from '../../core/limits.ts'
import { describedMembers, describedSchemas } from '../meaning.ts'
import type { Operation, Refusal, Schema } from '../operation.ts'
import * as shape from '../shape.ts'
import { bodyRefusals, CHANGED, JSON_TYPE } from './description.ts'
import { VIEW_LIST_MEANINGS, VIEW_MEANINGS } from './meaning/view.ts'
import { MERGE_PATCH_TYPE, type Promised } from './user-operation.ts'
import { EXAMPLE_USER } from './user-schema.ts'

const name = shape.string({ lengthMin: 1, lengthMax: SAVED_VIEW_NAME_LENGTH_MAX })
const query = shape.string({ lengthMax: SAVED_VIEW_QUERY_LENGTH_MAX })

/** What a user says of a new view. */
export const VIEW_DRAFT = shape.object(
  describedMembers(VIEW_MEANINGS, { name, query, isShared: shape.defaulted(shape.boolean, false) }),
)

/** What is to be changed of a view. */
export const VIEW_PATCH = shape.object(
  describedMembers(VIEW_MEANINGS, {
    name: shape.optional(name),
    query: shape.optional(query),
    isShared: shape.optional(shape.boolean),
  }),
)

const revision: Schema = { type: 'integer', minimum: 0 }

const PROPERTIES = describedSchemas(VIEW_MEANINGS, {
  id: { type: 'string', format: 'uuid' },
  name: name.schema,
  query: query.schema,
  isShared: { type: 'boolean' },
  userId: { type: 'string', format: 'uuid' },
  isOwn: { type: 'boolean' },
  createdAt: { type: 'string', format: 'date-time' },
  updatedAt: { type: 'string', format: 'date-time' },
  revision,
})

const VIEW: Schema = {
  title: 'SavedView',
  type: 'object',
  properties: PROPERTIES,
  required: Object.keys(PROPERTIES),
  additionalProperties: false,
}

const EXAMPLE_VIEW = {
  id: '0190d9e4-7a51-7b54-9c1e-5a6f0f4c2d12',
  name: 'Suspended in Paris',
  query: 'status=suspended&customerId=1234&includeSubsidiaries=true',
  isShared: true,
  userId: EXAMPLE_USER.id,
  isOwn: true,
  createdAt: '2026-11-22T08:00:00.000Z',
  updatedAt: '2026-11-22T08:00:00.000Z',
  revision: 57,
}

function oneView(status: number, description: string): Operation['responses'][number] {
  const headers = status === 201 ? (['ETag', 'Location'] as const) : (['ETag'] as const)
  return { status, description, mediaType: JSON_TYPE, schema: VIEW, example: EXAMPLE_VIEW, headers }
}

const NOT_FOUND: Refusal = { code: 'not_found', reason: 'subject', example: 'Saved view not found.' }

const ANOTHERS: Refusal = {
  code: 'forbidden',
  reason: 'permission',
  permission: 'admin',
  example: 'Changing what another user shares needs the permission admin.',
}

const SHARING: Refusal = {
  code: 'forbidden',
  reason: 'permission',
  permission: 'users:read',
  example: 'Sharing a view needs the permission users:read.',
}

const SHARED_ALREADY: Refusal = {
  code: 'conflict',
  example: `At most ${SHARED_VIEWS_MAX} saved views are shared; one must go first.`,
}

const NAME_REFUSALS = bodyRefusals('name must be of type string, not integer.', {
  name: 'name',
  expected: 'string',
  actual: 'integer',
})

/** `GET /v1/views`. */
export const LIST_VIEWS: Promised = {
  id: 'listViews',
  summary: 'List saved views',
  description:
    'The caller’s own and, with users:read, those that are shared by users the caller may see; oldest first. A token that ' +
    'sees a part of the directory and lacks users:read gets only what its user shares.',
  responses: [
    {
      status: 200,
      description: 'The views.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'SavedViewList',
        type: 'object',
        properties: describedSchemas(VIEW_LIST_MEANINGS, { views: { type: 'array', items: VIEW }, revision }),
        required: ['views', 'revision'],
        additionalProperties: false,
      },
      example: { views: [EXAMPLE_VIEW], revision: 57 },
    },
  ],
  refusals: [],
}

/** `GET /v1/views/{id}`. */
export const GET_VIEW: Promised = {
  id: 'getView',
  summary: 'Get one saved view',
  responses: [oneView(200, 'The view.')],
  refusals: [NOT_FOUND],
}

/** `POST /v1/views`. */
export const CREATE_VIEW: Promised = {
  id: 'createView',
  summary: 'Save a view',
  description:
    `A list of users to be looked at again, under a name. A user has at most ${SAVED_VIEWS_MAX}, and all users together ` +
    `share at most ${SHARED_VIEWS_MAX}; sharing takes the permission users:read.`,
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'SavedViewDraft', ...VIEW_DRAFT.schema },
        example: { name: EXAMPLE_VIEW.name, query: EXAMPLE_VIEW.query, isShared: true },
      },
    },
  },
  responses: [oneView(201, 'The new view.')],
  refusals: [
    {
      code: 'conflict',
      example: `A user has at most ${SAVED_VIEWS_MAX} saved views; remove one first.`,
    },
    SHARED_ALREADY,
    SHARING,
    ...NAME_REFUSALS,
  ],
}

const PATCH_CONTENT = {
  schema: { title: 'SavedViewPatch', ...VIEW_PATCH.schema },
  example: { name: EXAMPLE_VIEW.name, isShared: true },
}

/** `PATCH /v1/views/{id}`. */
export const PATCH_VIEW: Promised = {
  id: 'updateView',
  summary: 'Change a saved view',
  description:
    'The members sent are set. A view that is shared afterwards takes the permission users:read; what another user shares, admin.',
  body: { required: true, content: { [MERGE_PATCH_TYPE]: PATCH_CONTENT, [JSON_TYPE]: PATCH_CONTENT } },
  responses: [oneView(200, 'The view as it now is.')],
  refusals: [NOT_FOUND, ANOTHERS, SHARING, SHARED_ALREADY, CHANGED, ...NAME_REFUSALS],
}

/** `DELETE /v1/views/{id}`. */
export const DELETE_VIEW: Promised = {
  id: 'deleteView',
  summary: 'Remove a saved view',
  description: 'For good. What another user shares takes the permission admin.',
  responses: [{ status: 204, description: 'It is gone.', mediaType: null }],
  refusals: [NOT_FOUND, ANOTHERS, CHANGED],
}
