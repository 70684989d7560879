import { may, type Principal } from '../../core/principal.ts'
import type { User } from '../../core/user.ts'
import type { Answer, Call } from '../dialect.ts'
import { readableMembers, type UserMember } from './fields.ts'
import { json } from './route.ts'

/** A user as the caller may read it, all of it or the members wanted, in the order of the documents. */
export function renderUser(
  user: User,
  principal: Principal,
  fields: readonly UserMember[] = [],
): Readonly<Partial<Record<UserMember, unknown>>> {
  const rendered: Partial<Record<UserMember, unknown>> = {}
  for (const member of readableMembers(principal)) {
    if (fields.length === 0 || fields.includes(member)) rendered[member] = user[member]
  }
  return rendered
}

/** Answers with one user, and with the ETag that names the version and what of it is shown. */
export function userAnswer(
  call: Call,
  user: User,
  more: {
    readonly status?: number
    readonly headers?: Readonly<Record<string, string>>
    readonly fields?: readonly UserMember[]
  } = {},
): Answer {
  const { status = 200, headers, fields } = more
  return json(status, renderUser(user, call.principal, fields), { etag: userTag(user, call.principal), ...headers })
}

// A strong tag names bytes: callers who read fewer fields get another one.
function userTag({ revision }: User, principal: Principal): string {
  return may(principal, 'users:read-metadata') ? `"${revision}"` : `"${revision}-open"`
}
