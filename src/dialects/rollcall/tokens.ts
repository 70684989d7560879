import { notFound } from '../../core/error.ts'
import type { Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { idOf, json, route } from './route.ts'
import { renderToken } from './token.ts'
import * as operation from './token-operation.ts'
import { renderUser } from './user.ts'

/** Tokens: issued once, listed, revoked at once; and who the caller is. */
export const tokenRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/tokens',
    access: 'tokens:write',
    parameters: {},
    operation: operation.LIST_TOKENS,
    answer: async (call) => json(200, { tokens: (await call.view.tokens()).map(renderToken) }),
  }),
  route({
    method: 'POST',
    path: '/v1/tokens',
    access: 'tokens:write',
    parameters: {},
    operation: operation.ISSUE_TOKEN,
    answer: async (call) => {
      const { expiresAt = null, ...draft } = readJson(call.body, operation.TOKEN_DRAFT)
      const { token, secret } = await call.view.issueToken({ ...draft, expiresAt })
      const headers = { location: `${call.origin}/v1/tokens/${token.id}`, 'cache-control': 'no-store' }
      return json(201, { ...renderToken(token), secret }, headers)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/tokens/:id',
    access: 'tokens:write',
    parameters: {},
    operation: operation.GET_TOKEN,
    answer: async (call) => {
      const id = idOf(call, 'Token')
      const token = (await call.view.tokens()).find((one) => one.id === id)
      if (!token) throw notFound('Token')
      return json(200, renderToken(token))
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/tokens/:id',
    access: 'any',
    parameters: {},
    operation: operation.REVOKE_TOKEN,
    answer: async (call) => json(200, renderToken(await call.view.revokeToken(idOf(call, 'Token')))),
  }),
  route({
    method: 'GET',
    path: '/v1/me',
    access: 'any',
    parameters: {},
    operation: operation.GET_ME,
    answer: async (call) => {
      const { user, token } = await call.view.me()
      return json(200, {
        user: renderUser(user, call.principal),
        token: renderToken(token),
        usage: await call.usage(),
      })
    },
  }),
]
