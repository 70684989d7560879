import type { View } from '../../core/directory.ts'
import { notFound } from '../../core/error.ts'
import { may } from '../../core/principal.ts'
import type { User } from '../../core/user.ts'
import type { Answer, Call, Dialect } from '../dialect.ts'
import { usersFrom } from '../offset-page.ts'
import { readParameters } from '../parameter.ts'
import type { DialectSettings } from '../settings.ts'
import { renderError } from './error.ts'
import { ERROR_SCHEMA } from './error-schema.ts'
import { customerRefused, parseList } from './list-question.ts'
import { offsetTime, type OffsetTime } from './offset-time.ts'
import { GET_USER, LIST_USERS } from './operations.ts'
import { renderUser, type WireUser } from './user.ts'

const PREFIX = '/user'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Nameshield's Users API v1: `GET /user/v1/users` in pages by offset, everything inside `{message, data}`. */
export function nameshield(settings: DialectSettings['nameshield']): Dialect {
  const time = offsetTime(settings.timeZone)
  return {
    name: 'nameshield',
    title: 'Nameshield Users API v1',
    owns: (path) => path === PREFIX || path.startsWith(`${PREFIX}/`),
    routes: [
      {
        method: 'GET',
        path: '/user/v1/users',
        operation: LIST_USERS,
        access: 'users:read',
        cacheable: true,
        answer: (call) => listUsers(call, time),
      },
      {
        method: 'GET',
        path: '/user/v1/users/:id',
        operation: GET_USER,
        access: 'users:read',
        cacheable: true,
        answer: (call) => getUser(call, time),
      },
    ],
    showUser: async (user, view) => (await renderUsers(view, [user], time))[0] ?? {},
    renderError,
    errorSchema: ERROR_SCHEMA,
    vendorLimits: [{ name: 'five-minutes', requests: 600, windowS: 300, per: 'token' }],
  }
}

async function listUsers(call: Call, time: OffsetTime): Promise<Answer> {
  const { view } = call
  const { parameters, customerId, request } = parseList(call.query, call.principal)
  const customers = await view.customers()
  if (customers.get(customerId) === undefined) throw customerRefused()
  const { include_subsidiaries, limit, offset, 'sort[]': sort } = parameters
  const list = await usersFrom(view, request, { offset, limit, parameter: 'offset' })
  const results = await renderUsers(view, list.users, time)
  return ok({ total: list.total, include_subsidiaries, limit, offset, sort, results })
}

async function getUser(call: Call, time: OffsetTime): Promise<Answer> {
  readParameters({}, call.query)
  const id = call.pathParameters['id'] ?? ''
  if (!UUID.test(id)) throw notFound('User')
  const [data] = await renderUsers(call.view, [await call.view.user({ id: id.toLowerCase() })], time)
  return ok(data)
}

async function renderUsers(view: View, users: readonly User[], time: OffsetTime): Promise<readonly WireUser[]> {
  const metadata = may(view.principal, 'users:read-metadata')
  const ids = metadata ? users.flatMap(({ createdBy, updatedBy }) => [createdBy, updatedBy]) : []
  const authors = await view.authors(ids)
  return users.map((user) => renderUser(user, { authors, metadata, time }))
}

function ok(data: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ message: 'OK', data }),
  }
}
