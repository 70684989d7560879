import { TOKEN_USES } from '../../core/token.ts'
import type { Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import * as parameter from '../parameter.ts'
import { renderMe } from './me.ts'
import { GET_ME } from './me-operation.ts'
import { atRevision, sinceRevision } from './revision.ts'
import { idOf, json, route } from './route.ts'
import { rowPageLinks, rowPageParameters, shownRowPage } from './row-page.ts'
import { renderToken } from './token.ts'
import * as operation from './token-operation.ts'

const LISTED = {
  userId: parameter.text({ description: 'The id of the user whose tokens are listed; all of them when absent.' }),
  use: parameter.choice({
    description: 'What the tokens listed are for.',
    of: [...TOKEN_USES, 'all'],
    otherwise: 'bearer',
  }),
  ...rowPageParameters('Tokens'),
}

/** Tokens: issued once, listed, revoked at once; and who the caller is. */
export const tokenRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/tokens',
    access: 'tokens:write',
    parameters: LISTED,
    operation: operation.LIST_TOKENS,
    answer: async (call, { limit, cursor, ...listed }) => {
      const { tokens, next, revision } = await atRevision(call.view, () =>
        call.view.tokenPage(listed, { limit, cursor }),
      )
      const page = shownRowPage(limit, next)
      return json(200, { tokens: tokens.map(renderToken), page, revision }, { link: rowPageLinks(call, next) })
    },
  }),
  route({
    method: 'POST',
    path: '/v1/tokens',
    access: 'tokens:write',
    idempotent: true,
    parameters: {},
    operation: operation.ISSUE_TOKEN,
    answer: async (call) => {
      const { expiresAt = null, ...draft } = readJson(call.body, operation.TOKEN_DRAFT)
      const { token, secret } = await call.view.issueToken({ ...draft, expiresAt })
      const headers = { location: `${call.origin}/v1/tokens/${token.id}`, 'cache-control': 'no-store' }
      return json(201, { ...(await sinceRevision(call.view, renderToken(token))), secret }, headers)
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
      return json(200, await atRevision(call.view, async () => renderToken(await call.view.token(id))))
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/tokens/:id',
    access: 'any',
    parameters: {},
    operation: operation.REVOKE_TOKEN,
    answer: async (call) => {
      const revoked = await call.view.revokeToken(idOf(call, 'Token'))
      return json(200, await sinceRevision(call.view, renderToken(revoked)))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/me',
    access: 'any',
    parameters: {},
    operation: GET_ME,
    answer: async (call) => json(200, await renderMe(call.view, call.usage)),
  }),
]
