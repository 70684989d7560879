import type { User } from '../../core/user.ts'
import type { Answer, Call, Dialect } from '../dialect.ts'
import { parseJson, readJson } from '../json-body.ts'
import { jsonList } from '../json-stream.ts'
import { readParameters } from '../parameter.ts'
import { countries } from './country.ts'
import { envelope, listFrame } from './envelope.ts'
import { renderError, TOKEN_PATH } from './error.ts'
import { errorSchema } from './error-schema.ts'
import * as operations from './operation.ts'
import { timeZones } from './time-zone.ts'
import { answerToken } from './token.ts'
import { renderUser } from './user.ts'
import { userShape } from './user-body.ts'
import { createdBy, patchedBy, replacedBy } from './user-change.ts'
import { changeUser, userFor } from './write.ts'

const USERS = '/api/users'
const USER = `${USERS}/:id`

/** Plaspy `GET /api/users`: every user in one envelope, with a `success` flag beside the status, and the rest of `/api/users`. */
export function plaspy(): Dialect {
  return {
    name: 'plaspy',
    title: 'Plaspy users',
    routes: [
      { method: 'GET', path: USERS, operation: operations.listUsers, access: 'users:read', answer: bare(list) },
      {
        method: 'POST',
        path: USERS,
        operation: operations.createUser,
        access: 'users:write',
        idempotent: true,
        answer: bare(create),
      },
      {
        method: 'GET',
        path: `${USERS}/countries`,
        operation: operations.listCountries,
        access: 'any',
        answer: bare(listCountries),
      },
      {
        method: 'GET',
        path: `${USERS}/timeZones`,
        operation: operations.listTimeZones,
        access: 'any',
        answer: bare(listTimeZones),
      },
      { method: 'GET', path: USER, operation: operations.getUser, access: 'users:read', answer: bare(get) },
      { method: 'PUT', path: USER, operation: operations.replaceUser, access: 'users:write', answer: bare(replace) },
      { method: 'PATCH', path: USER, operation: operations.patchUser, access: 'users:write', answer: bare(patch) },
      { method: 'DELETE', path: USER, operation: operations.deleteUser, access: 'users:write', answer: bare(remove) },
      { method: 'POST', path: TOKEN_PATH, operation: operations.issueToken, access: 'public', answer: answerToken },
    ],
    showUser: (user) => Promise.resolve(renderUser(user)),
    owns: (path) => /^\/api(\/|$)/i.test(path),
    renderError,
    errorSchema,
    caseInsensitivePaths: true,
    tellsUsage: true,
    // The vendor publishes none.
    vendorLimits: [],
  }
}

/** No operation of Plaspy has query parameters. */
function bare(answer: (call: Call) => Promise<Answer>): (call: Call) => Promise<Answer> {
  return async (call) => {
    readParameters({}, call.query)
    return answer(call)
  }
}

async function list({ view, usage }: Call): Promise<Answer> {
  const frame = listFrame(await usage())
  const body = jsonList(view.stream(), frame, (users) => Promise.resolve(users.map(renderUser)))
  return { status: 200, headers: { 'content-type': 'application/json' }, body }
}

async function get({ view, usage, pathParameters }: Call): Promise<Answer> {
  return shown(await userFor(view, idOf(pathParameters)), usage)
}

async function create({ view, usage, body, origin }: Call): Promise<Answer> {
  const { draft, password } = createdBy(readJson(body, userShape))
  const user = await view.createUser(draft, { password })
  const wire = renderUser(user)
  return envelope(await usage(), wire, 201, { location: `${origin}${USERS}/${wire.id}` })
}

async function replace({ view, usage, body, pathParameters }: Call): Promise<Answer> {
  const read = readJson(body, userShape)
  return shown(await changeUser(view, idOf(pathParameters), (user) => replacedBy(read, user)), usage)
}

async function patch({ view, usage, body, pathParameters }: Call): Promise<Answer> {
  const wanted = parseJson(body, { mediaTypes: [operations.JSON_PATCH] })
  return shown(await changeUser(view, idOf(pathParameters), (user) => patchedBy(wanted, user)), usage)
}

async function remove({ view, usage, pathParameters }: Call): Promise<Answer> {
  const { id } = await userFor(view, idOf(pathParameters))
  await view.deleteUser(id)
  return envelope(await usage(), {})
}

async function listCountries({ usage }: Call): Promise<Answer> {
  return envelope(await usage(), { countries: countries() })
}

async function listTimeZones({ usage }: Call): Promise<Answer> {
  return envelope(await usage(), { timeZones: await timeZones() })
}

async function shown(user: User, usage: Call['usage']): Promise<Answer> {
  return envelope(await usage(), renderUser(user))
}

function idOf(pathParameters: Call['pathParameters']): string {
  return pathParameters['id'] ?? ''
}
