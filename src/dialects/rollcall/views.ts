import type { Principal } from '../../core/principal.ts'
import type { SavedView } from '../../core/saved-view.ts'
import type { RateLimit, Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { idOf, json, route } from './route.ts'
import { MERGE_PATCH_TYPE } from './user-operation.ts'
import * as operation from './view-operation.ts'

/** Writes of views take no permission, and each is a commit: so many are enough for whoever clicks. */
export const VIEW_LIMIT: RateLimit = {
  name: 'views',
  requests: 60,
  windowS: 60,
  per: 'user',
  operations: [operation.CREATE_VIEW, operation.PATCH_VIEW, operation.DELETE_VIEW].map(({ id }) => id),
}

/** Saved views: a user's own, and what others share. */
export const viewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/views',
    access: 'any',
    parameters: {},
    operation: operation.LIST_VIEWS,
    answer: async ({ view, principal }) => {
      const views = await view.savedViews()
      return json(200, { views: views.map((one) => renderView(one, principal)) })
    },
  }),
  route({
    method: 'POST',
    path: '/v1/views',
    access: 'any',
    idempotent: true,
    parameters: {},
    operation: operation.CREATE_VIEW,
    answer: async (call) => {
      const draft = readJson(call.body, operation.VIEW_DRAFT)
      return json(201, renderView(await call.view.createSavedView(draft), call.principal))
    },
  }),
  route({
    method: 'PATCH',
    path: '/v1/views/:id',
    access: 'any',
    parameters: {},
    operation: operation.PATCH_VIEW,
    answer: async (call) => {
      const id = idOf(call, 'Saved view')
      const change = readJson(call.body, operation.VIEW_PATCH, { mediaTypes: [MERGE_PATCH_TYPE] })
      return json(200, renderView(await call.view.updateSavedView(id, change), call.principal))
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/views/:id',
    access: 'any',
    parameters: {},
    operation: operation.DELETE_VIEW,
    answer: async (call) => {
      await call.view.removeSavedView(idOf(call, 'Saved view'))
      return { status: 204, body: null }
    },
  }),
]

function renderView(view: SavedView, { userId: caller }: Principal) {
  const { id, name, query, isShared, userId, createdAt, updatedAt } = view
  return { id, name, query, isShared, userId, isOwn: userId === caller, createdAt, updatedAt }
}
