import type { User } from '../../core/user.ts'
import type { Answer, Call, Dialect, PublicCall, RateLimit } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { jsonList } from '../json-stream.ts'
import { readParameters } from '../parameter.ts'
import type { DialectSettings } from '../settings.ts'
import { renderError } from './error.ts'
import { errorSchema } from './error-schema.ts'
import { TOKEN_PATH } from './oauth-error.ts'
import { issueToken, listUsers, searchUsers } from './operation.ts'
import { searchRequest, searchShape } from './search.ts'
import { answerToken } from './token.ts'
import { inCase, renderUser } from './user.ts'
import { assertVersion, VERSION_HEADER } from './version.ts'

// The vendor's page "Rate Limits": two for all operations, and a stricter one for each of these that blocks.
const VENDOR_LIMITS: readonly RateLimit[] = [
  { name: 'token', requests: 10, windowS: 1, per: 'token' },
  { name: 'organisation', requests: 50, windowS: 1, per: 'organisation' },
  { name: 'users-list', requests: 5, windowS: 60, per: 'token', operations: ['listUsers'], blockS: 180 },
  { name: 'users-search', requests: 10, windowS: 60, per: 'token', operations: ['searchUsers'], blockS: 180 },
]

const JSON_HEADERS = { 'content-type': 'application/json', vary: VERSION_HEADER }

/** Alvys `GET /api/p/v{version}/users/list`: every user in one bare array, with a search and a token endpoint beside it. */
export function alvys({ fieldCase, deletedUsers }: DialectSettings['alvys']): Dialect {
  const includeDeleted = deletedUsers === 'listed'

  const rendererFor = (view: Call['view']) => async (users: readonly User[]) => {
    const customers = await view.customers()
    return users.map((user) => renderUser(user, customers, fieldCase))
  }

  // Real clients send paging parameters that mean nothing here.
  const list = ({ view }: Call): Answer => {
    const body = jsonList(view.stream({ includeDeleted }), { open: '[', close: ']' }, rendererFor(view))
    return { status: 200, headers: JSON_HEADERS, body }
  }

  const search = async ({ view, query, body }: Call): Promise<Answer> => {
    readParameters({}, query)
    const { page, pageSize, list: request } = searchRequest(readJson(body, searchShape))
    const { users, total } = await view.users({ ...request, includeDeleted })
    const items = await rendererFor(view)(users)
    const answer = inCase(fieldCase, { page, pageSize, total, items })
    return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(answer) }
  }

  return {
    name: 'alvys',
    title: 'Alvys users',
    routes: [
      {
        method: 'GET',
        path: '/api/p/v:version/users/list',
        operation: listUsers(fieldCase),
        access: 'users:read',
        answer: versioned(list),
      },
      {
        method: 'POST',
        path: '/api/p/v:version/users/search',
        operation: searchUsers(fieldCase),
        access: 'users:read',
        answer: versioned(search),
      },
      { method: 'POST', path: TOKEN_PATH, operation: issueToken, access: 'public', answer: versioned(answerToken) },
    ],
    showUser: async (user, view) => renderUser(user, await view.customers(), fieldCase),
    owns: (path) => /^\/(api\/p|oauth)(\/|$)/.test(path),
    renderError,
    errorSchema,
    vendorLimits: VENDOR_LIMITS,
  }
}

/** The same answer, but for a version that does not exist. */
function versioned<C extends PublicCall>(answer: (call: C) => Answer | Promise<Answer>): (call: C) => Promise<Answer> {
  return async (call) => {
    assertVersion(call)
    return answer(call)
  }
}
