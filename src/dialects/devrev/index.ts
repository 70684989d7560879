import type { View } from '../../core/directory.ts'
import type { User } from '../../core/user.ts'
import type { Answer, Call, Dialect, RateLimitState } from '../dialect.ts'
import type { DialectSettings } from '../settings.ts'
import { bodyOf } from './body.ts'
import { renderError } from './error.ts'
import { errorSchema } from './error-schema.ts'
import { ids } from './id.ts'
import { parseList } from './list.ts'
import { listByGet, listByPost, update } from './operation.ts'
import { updateShape, updateUser } from './update.ts'
import { peopleOf, renderUser } from './user.ts'
import { assertVersion, VERSION_HEADER } from './version.ts'

/** DevRev `GET` and `POST /sys-users.list` with `/sys-users.update`: pages with cursors in both directions. */
export function devrev({ donPrefix }: DialectSettings['devrev']): Dialect {
  const names = ids(donPrefix)

  const render = async (users: readonly User[], view: View) => {
    const people = await peopleOf(users, view)
    return users.map((user) => renderUser(user, people, names))
  }

  const list = async (call: Call): Promise<Answer> => {
    assertVersion(call)
    const { users, cursors } = await call.view.users(parseList(call))
    return ok({
      next_cursor: cursors.next ?? undefined,
      prev_cursor: cursors.previous ?? undefined,
      sys_users: await render(users, call.view),
    })
  }

  const change = async (call: Call): Promise<Answer> => {
    assertVersion(call)
    const user = await updateUser(updateShape.read(bodyOf(call), ''), call.view, names)
    const [sys_user] = await render([user], call.view)
    return ok({ sys_user })
  }

  return {
    name: 'devrev',
    title: 'DevRev sys-users',
    routes: [
      {
        method: 'POST',
        path: '/sys-users.list',
        operation: listByPost,
        access: 'users:read',
        answer: list,
        cacheable: true,
      },
      {
        method: 'GET',
        path: '/sys-users.list',
        operation: listByGet,
        access: 'users:read',
        answer: list,
        cacheable: true,
      },
      { method: 'POST', path: '/sys-users.update', operation: update, access: 'users:write', answer: change },
    ],
    showUser: async (user, view) => renderUser(user, await peopleOf([user], view), names),
    // Every method of the vendor is one segment with a dot: `/works.list`, `/dev-users.get`.
    owns: (path) => /^\/[A-Za-z-]+\.[A-Za-z]/.test(path),
    renderError,
    errorSchema,
    bareTokens: true,
    vary: VERSION_HEADER,
    vendorLimits: [{ name: 'user', requests: 1000, windowS: 300, per: 'user' }],
    headers: limitHeaders,
  }
}

function limitHeaders({ limit, remaining, resetS, nowS }: RateLimitState) {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil(nowS + resetS)),
  }
}

function ok(body: unknown): Answer {
  const headers = { 'content-type': 'application/json', vary: VERSION_HEADER }
  return { status: 200, headers, body: JSON.stringify(body) }
}
