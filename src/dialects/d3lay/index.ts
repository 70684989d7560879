import type { View } from '../../core/directory.ts'
import { DirectoryError } from '../../core/error.ts'
import { may, type Principal } from '../../core/principal.ts'
import type { User } from '../../core/user.ts'
import type { Answer, Call, Dialect } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { usersFrom } from '../offset-page.ts'
import { readParameters } from '../parameter.ts'
import { renderError } from './error.ts'
import { ERROR_SCHEMA } from './error-schema.ts'
import { checkHeaders, VARY, VERSION } from './headers.ts'
import { pageLinks } from './links.ts'
import { parseList } from './list-question.ts'
import { CREATE_USER, LIST_USERS, REVIEW_USER } from './operations.ts'
import { newUserDraft, NEW_USER, REVIEW, reviewDraft } from './user-body.ts'
import { renderUser, type WireUser } from './user.ts'

const PREFIX = '/users'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** D3lay's identity service: `GET /users` in numbered pages, a bare array with the paging in headers. */
export function d3lay(): Dialect {
  return {
    name: 'd3lay',
    title: 'D3lay identity API v1',
    vary: VARY,
    showUser: (user, { principal }) => Promise.resolve(shown(user, principal)),
    owns: (path) => path === PREFIX || path.startsWith(`${PREFIX}/`),
    routes: [
      {
        method: 'GET',
        path: '/users',
        operation: LIST_USERS,
        access: 'users:read',
        cacheable: true,
        answer: listUsers,
      },
      {
        method: 'POST',
        path: '/users',
        operation: CREATE_USER,
        access: 'users:write',
        idempotent: true,
        answer: createUser,
      },
      { method: 'PATCH', path: '/users/:user', operation: REVIEW_USER, access: 'users:write', answer: reviewUser },
    ],
    renderError,
    errorSchema: ERROR_SCHEMA,
    // The vendor publishes none.
    vendorLimits: [],
  }
}

async function listUsers(call: Call): Promise<Answer> {
  checkHeaders(call)
  const { request, page, pageSize } = parseList(call.query, call.principal)
  const place = { offset: (page - 1) * pageSize, limit: pageSize, parameter: 'page' }
  const { users, total } = await usersFrom(call.view, request, place)
  return answer(
    200,
    users.map((user) => shown(user, call.principal)),
    { 'x-total-count': String(total), link: pageLinks(call, { page, pageSize, total }) },
  )
}

async function createUser(call: Call): Promise<Answer> {
  checkHeaders(call)
  readParameters({}, call.query)
  const draft = newUserDraft(readJson(call.body, NEW_USER), call.principal.customerId)
  return answer(201, shown(await call.view.createUser(draft), call.principal))
}

async function reviewUser(call: Call): Promise<Answer> {
  checkHeaders(call)
  readParameters({}, call.query)
  const draft = reviewDraft(readJson(call.body, REVIEW))
  const { id } = await userNamed(call.view, call.pathParameters['user'] ?? '')
  return answer(200, shown(await call.view.updateUser(id, draft), call.principal))
}

function shown(user: User, principal: Principal): WireUser {
  return renderUser(user, may(principal, 'users:read-metadata'))
}

// An identifier may look like an id; the id goes first.
async function userNamed(view: View, name: string): Promise<User> {
  if (UUID.test(name)) {
    try {
      return await view.user({ id: name.toLowerCase() })
    } catch (error) {
      if (!(error instanceof DirectoryError && error.code === 'not_found')) throw error
    }
  }
  return view.user({ identifier: name })
}

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-api-version': VERSION,
      vary: VARY,
      ...headers,
    },
    body: JSON.stringify(body),
  }
}
