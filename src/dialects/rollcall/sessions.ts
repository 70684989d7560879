import type { SignInCredentials } from '../../core/directory.ts'
import { invalid } from '../../core/error.ts'
import type { Token } from '../../core/token.ts'
import type { Answer, BrowserSession, Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import type { ShapeOf } from '../shape.ts'
import { renderMe } from './me.ts'
import { idOf, json, publicRoute, route } from './route.ts'
import { CREDENTIALS, NEW_PASSWORD, SET_UP } from './session-body.ts'
import * as operation from './session-operation.ts'

/** How people get in and out: set-up, sessions and their own password. */
export const sessionRoutes: readonly Route[] = [
  publicRoute({
    method: 'GET',
    path: '/v1/setup',
    operation: operation.GET_SETUP,
    answer: async ({ sessions }) => json(200, { isSetUp: await sessions.isSetUp() }),
  }),
  publicRoute({
    method: 'POST',
    path: '/v1/setup',
    operation: operation.SET_UP_SERVER,
    answer: async (call) => opened(await call.sessions.setUp(call, readJson(call.body, SET_UP))),
  }),
  publicRoute({
    method: 'GET',
    path: '/v1/session',
    operation: operation.GET_SESSION,
    answer: async (call) => {
      const session = await call.sessions.current(call)
      const me = session && (await renderMe(session.view, session.usage))
      return json(200, { me }, { vary: 'Cookie', 'cache-control': 'no-store' })
    },
  }),
  publicRoute({
    method: 'POST',
    path: '/v1/session',
    operation: operation.OPEN_SESSION,
    answer: async (call) => opened(await call.sessions.open(call, credentialsOf(readJson(call.body, CREDENTIALS)))),
  }),
  route({
    method: 'DELETE',
    path: '/v1/session',
    access: 'any',
    parameters: {},
    operation: operation.CLOSE_SESSION,
    answer: async (call) => {
      await call.view.endOwnSession()
      return { ...NOTHING, headers: { 'set-cookie': call.sessions.forgetting(call) } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/sessions',
    access: 'any',
    parameters: {},
    operation: operation.LIST_SESSIONS,
    answer: async ({ view, principal }) => {
      const revision = await view.revision()
      const sessions = (await view.sessions()).map((session) => shown(session, principal.tokenId))
      return json(200, { sessions, revision })
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/sessions/:id',
    access: 'any',
    parameters: {},
    operation: operation.END_SESSION,
    answer: async (call) => {
      const id = idOf(call, 'Session')
      await call.view.endSession(id)
      // A browser that ends its own session needs the cookie no more.
      const headers = id === call.principal.tokenId ? { 'set-cookie': call.sessions.forgetting(call) } : {}
      return { ...NOTHING, headers }
    },
  }),
  route({
    method: 'PUT',
    path: '/v1/me/password',
    access: 'any',
    parameters: {},
    operation: operation.CHANGE_PASSWORD,
    answer: async (call) => {
      const { current, new: next } = readJson(call.body, NEW_PASSWORD)
      await call.sessions.changePassword(call, current, next)
      return NOTHING
    },
  }),
]

const NOTHING: Answer = { status: 204, body: null }

async function opened({ view, usage, cookie }: BrowserSession): Promise<Answer> {
  return json(201, await renderMe(view, usage), { 'set-cookie': cookie, 'cache-control': 'no-store' })
}

function credentialsOf({ identifier, password, token }: ShapeOf<typeof CREDENTIALS>): SignInCredentials {
  if (token !== undefined && identifier === undefined && password === undefined) return { token }
  if (token === undefined && identifier !== undefined && password !== undefined) return { identifier, password }
  const name = token !== undefined ? 'token' : identifier === undefined ? 'identifier' : 'password'
  throw invalid(token === undefined ? 'missing' : 'value', 'Send identifier and password, or token.', {
    in: 'body',
    name,
  })
}

function shown({ id, createdAt, expiresAt, lastUsedAt, name }: Token, current: string): object {
  return { id, createdAt, expiresAt, lastUsedAt, isCurrent: id === current, userAgent: name === '' ? null : name }
}
