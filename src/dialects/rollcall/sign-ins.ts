import type { Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { atRevision, sinceRevision } from './revision.ts'
import { idOf, json, route } from './route.ts'
import { SIGN_IN_DRAFT } from './session-body.ts'
import * as operation from './sign-in-operation.ts'

const PATH = '/v1/users/:id/sign-in'

/** Who may sign in with a password, and to what; and when somebody last did. */
export const signInRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/users/:id/last-seen',
    access: 'users:read',
    parameters: {},
    operation: operation.GET_LAST_SEEN,
    answer: async (call) => {
      const id = idOf(call, 'User')
      return json(200, await atRevision(call.view, async () => ({ lastSeenAt: await call.view.lastSeen(id) })))
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    access: 'tokens:write',
    parameters: {},
    operation: operation.GET_SIGN_IN,
    answer: async (call) => {
      const id = idOf(call, 'User')
      return json(200, await atRevision(call.view, () => call.view.signIn(id)))
    },
  }),
  route({
    method: 'PUT',
    path: PATH,
    access: 'tokens:write',
    parameters: {},
    operation: operation.PUT_SIGN_IN,
    answer: async (call) => {
      const draft = readJson(call.body, SIGN_IN_DRAFT)
      return json(200, await sinceRevision(call.view, await call.view.putSignIn(idOf(call, 'User'), draft)))
    },
  }),
  route({
    method: 'DELETE',
    path: PATH,
    access: 'tokens:write',
    parameters: {},
    operation: operation.REMOVE_SIGN_IN,
    answer: async (call) => {
      await call.view.removeSignIn(idOf(call, 'User'))
      return { status: 204, body: null }
    },
  }),
]
