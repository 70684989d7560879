import type { Principal } from '../../core/principal.ts'
import type { SavedView } from '../../core/saved-view.ts'
import type { Answer, Call, RateLimit, Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { ifMatch } from './condition.ts'
import { IF_MATCH } from './description.ts'
import { ACCEPT_PATCH } from './problem.ts'
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
    cacheable: 'user',
    parameters: {},
    operation: operation.LIST_VIEWS,
    answer: async ({ view, principal }) => {
      const revision = await view.revision()
      const views = (await view.savedViews()).map((one) => renderView(one, principal))
      return json(200, { views, revision })
    },
  }),
  route({
    method: 'GET',
    path: '/v1/views/:id',
    access: 'any',
    cacheable: 'user',
    parameters: {},
    operation: operation.GET_VIEW,
    answer: async (call) =>
      viewAnswer(call, await call.view.savedView(idOf(call, 'Saved view')), { headers: ACCEPT_PATCH }),
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
      const view = await call.view.createSavedView(draft)
      return viewAnswer(call, view, { status: 201, headers: { location: `${call.origin}/v1/views/${view.id}` } })
    },
  }),
  route({
    method: 'PATCH',
    path: '/v1/views/:id',
    access: 'any',
    parameters: {},
    headers: [IF_MATCH],
    operation: operation.PATCH_VIEW,
    answer: async (call) => {
      const id = idOf(call, 'Saved view')
      const change = readJson(call.body, operation.VIEW_PATCH, { mediaTypes: [MERGE_PATCH_TYPE] })
      return viewAnswer(call, await call.view.updateSavedView(id, change, ifMatch(call)))
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/views/:id',
    access: 'any',
    parameters: {},
    headers: [IF_MATCH],
    operation: operation.DELETE_VIEW,
    answer: async (call) => {
      await call.view.removeSavedView(idOf(call, 'Saved view'), ifMatch(call))
      return { status: 204, body: null }
    },
  }),
]

function viewAnswer(
  { principal }: Call,
  view: SavedView,
  { status = 200, headers }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  // A strong tag names bytes, and these say whose it is.
  const etag = view.userId === principal.userId ? `"${view.revision}"` : `"${view.revision}-shared"`
  return json(status, renderView(view, principal), { etag, ...headers })
}

function renderView(view: SavedView, { userId: caller }: Principal) {
  const { id, name, query, isShared, userId, createdAt, updatedAt, revision } = view
  return { id, name, query, isShared, userId, isOwn: userId === caller, createdAt, updatedAt, revision }
}
