import type { View, WriteCondition } from '../../core/directory.ts'
import { DirectoryError } from '../../core/error.ts'
import type { User } from '../../core/user.ts'
import type { Call, Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import * as parameter from '../parameter.ts'
import { ifMatch } from './condition.ts'
import { IF_MATCH } from './description.ts'
import { mergedDraft, reachesInto, writtenUser, type WrittenUser } from './draft.ts'
import { membersOf } from './list-request.ts'
import { ACCEPT_PATCH } from './problem.ts'
import { idOf, route } from './route.ts'
import { userAnswer } from './user.ts'
import * as operation from './user-operation.ts'
import { USER_DRAFT, USER_PATCH } from './user-draft-schema.ts'

const DRAFT = writtenUser(USER_DRAFT)
const PATCH = writtenUser(USER_PATCH)

const ONE_USER = {
  includeDeleted: parameter.boolean({ description: 'Whether a deleted user is shown too.', otherwise: false }),
  fields: parameter.texts({ description: 'Members to answer with; all when absent.', separator: ',' }),
}

/** One user: read, create, replace, patch, delete, restore. */
export const userRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/users',
    access: 'users:write',
    idempotent: true,
    parameters: {},
    operation: operation.CREATE_USER,
    answer: async (call) => {
      const { draft, condition, password } = readJson(call.body, DRAFT)
      assertUnborn(condition)
      const user = await call.view.createUser(draft, password)
      return userAnswer(call, user, { status: 201, headers: { location: `${call.origin}/v1/users/${user.id}` } })
    },
  }),
  route({
    method: 'GET',
    path: '/v1/users/:id',
    access: 'users:read',
    cacheable: true,
    parameters: ONE_USER,
    operation: operation.GET_USER,
    answer: async (call, { includeDeleted, fields: names }) => {
      const fields = membersOf(names, call.principal, { in: 'query', name: 'fields' })
      const user = await call.view.user({ id: idOf(call, 'User') }, { includeDeleted })
      return userAnswer(call, user, { fields, headers: ACCEPT_PATCH })
    },
  }),
  route({
    method: 'PUT',
    path: '/v1/users/:id',
    access: 'users:write',
    parameters: {},
    headers: [IF_MATCH],
    operation: operation.REPLACE_USER,
    answer: async (call) => {
      const id = idOf(call, 'User')
      const written = readJson(call.body, DRAFT)
      const options = { ...conditionOf(call, written), ...written.password }
      return userAnswer(call, await call.view.replaceUser(id, written.draft, options))
    },
  }),
  route({
    method: 'PATCH',
    path: '/v1/users/:id',
    access: 'users:write',
    parameters: {},
    headers: [IF_MATCH],
    operation: operation.PATCH_USER,
    answer: async (call) => {
      const id = idOf(call, 'User')
      const written = readJson(call.body, PATCH, { mediaTypes: [operation.MERGE_PATCH_TYPE] })
      return userAnswer(call, await patchUser(call.view, id, written, conditionOf(call, written)))
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/users/:id',
    access: 'users:write',
    parameters: {},
    headers: [IF_MATCH],
    operation: operation.DELETE_USER,
    answer: async (call) => userAnswer(call, await call.view.deleteUser(idOf(call, 'User'), ifMatch(call))),
  }),
  route({
    method: 'POST',
    path: '/v1/users/:id/restore',
    access: 'users:write',
    parameters: {},
    headers: [IF_MATCH],
    operation: operation.RESTORE_USER,
    answer: async (call) => userAnswer(call, await call.view.restoreUser(idOf(call, 'User'), ifMatch(call))),
  }),
]

// If-Match is the stronger word; revision in the body speaks where it is silent.
function conditionOf(call: Call, written: WrittenUser): WriteCondition {
  const named = ifMatch(call)
  return named.ifRevision === undefined ? written.condition : named
}

function assertUnborn({ ifRevision }: WriteCondition): void {
  if (ifRevision === undefined) return
  throw new DirectoryError('invalid', 'A new user has no revision yet.', {
    reason: 'unknown',
    where: { in: 'body', name: 'revision' },
  })
}

/** Quick writers to one user's maps; more tries than that and somebody is in a loop. */
const TRIES_MAX = 8

// A patch that reaches into a map is put over exactly the version it was merged with.
async function patchUser(view: View, id: string, written: WrittenUser, condition: WriteCondition): Promise<User> {
  const { draft: patch, password } = written
  if (!reachesInto(patch)) return view.updateUser(id, mergedDraft(patch, undefined), { ...condition, ...password })
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const user = await view.user({ id })
    const ifRevision = condition.ifRevision ?? user.revision
    try {
      return await view.updateUser(id, mergedDraft(patch, user), { ...condition, ifRevision, ...password })
    } catch (error) {
      const changed = error instanceof DirectoryError && error.code === 'precondition_failed'
      if (!changed || condition.ifRevision !== undefined) throw error
    }
  }
  throw new DirectoryError('conflict', 'Others keep changing this user. Try again.', {
    reason: 'changed',
    retryAfterS: 1,
  })
}
