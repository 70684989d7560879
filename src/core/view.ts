import { activityOf } from './activity.ts'
import { batchAtomically, batchEach } from './batch.ts'
import type { Caller, DirectoryParts } from './caller.ts'
import { cursors } from './cursor.ts'
import { createCustomer, removeCustomer, updateCustomer, visibleCustomers } from './customer-writes.ts'
import type { Directory, View } from './directory.ts'
import { DirectoryError } from './error.ts'
import { lastSeen } from './last-seen.ts'
import { assertMay } from './principal.ts'
import { createSavedView, getSavedView, listSavedViews, removeSavedView, updateSavedView } from './saved-views.ts'
import { principalOf } from './principals.ts'
import { endOwnSession, endSession, listSessions, openSession } from './sessions.ts'
import { isSetUp, issueSetUpLink, setUp } from './set-up.ts'
import { changeOwnPassword, getSignIn, putSignIn, removeSignIn } from './sign-ins.ts'
import { getToken, issueToken, listTokenPage, listTokens, readableToken, revokeToken } from './token-writes.ts'
import * as reads from './user-reads.ts'
import { createUser, deleteUser, replaceUser, restoreUser, updateUser } from './user-writes.ts'
import type { User } from './user.ts'

/** The directory over a store. `cursorKey` is 32 secret bytes, the same on every node. */
export function createDirectory(
  parts: Omit<DirectoryParts, 'cursors'> & { readonly cursorKey: Uint8Array },
): Directory {
  const { store, now, randomBytes } = parts
  const whole: DirectoryParts = { store, now, randomBytes, cursors: cursors(parts.cursorKey) }
  return {
    as: (principal, idempotency, reading) => viewOf({ ...whole, principal, idempotency, reading }),
    principal: (credential) => principalOf(whole, credential),
    openSession: (credentials, userAgent) => openSession(whole, credentials, userAgent),
    isSetUp: () => isSetUp(whole),
    setUp: (draft, userAgent) => setUp(whole, draft, userAgent),
    revision: () => store.revision(),
  }
}

function viewOf(caller: Caller): View {
  const shown = async (written: Promise<User>) => reads.readable(caller, await written)
  return {
    principal: caller.principal,
    revision: () => caller.store.revision(),
    users: (request) => reads.listUsers(caller, request),
    documents: (request) => reads.listDocuments(caller, request),
    stream: (request) => reads.streamUsers(caller, request),
    user: (reference, options) => reads.getUser(caller, reference, options?.includeDeleted),
    history: (id, page) => reads.userHistory(caller, id, page),
    authors: (ids) => reads.listAuthors(caller, ids),
    usersById: (ids) => reads.listUsersById(caller, ids),
    createUser: (draft, options) => shown(createUser(caller, draft, options)),
    updateUser: (id, draft, options) => shown(updateUser(caller, id, draft, options)),
    replaceUser: (id, draft, options) => shown(replaceUser(caller, id, draft, options)),
    deleteUser: (id, condition) => shown(deleteUser(caller, id, condition)),
    restoreUser: (id, condition) => shown(restoreUser(caller, id, condition)),
    batch: async (operations, atomic, dryRun = false) => {
      const outcomes = await (atomic ? batchAtomically : batchEach)({ ...caller, isRehearsal: dryRun }, operations)
      return outcomes.map((one) =>
        one.outcome === 'refused' ? one : { ...one, user: reads.readable(caller, one.user) },
      )
    },
    customers: () => visibleCustomers(caller),
    userCounts: () => userCounts(caller),
    createCustomer: (draft) => createCustomer(caller, draft),
    updateCustomer: (id, draft, condition) => updateCustomer(caller, id, draft, condition),
    removeCustomer: (id, condition) => removeCustomer(caller, id, condition),
    tokens: (request) => listTokens(caller, request),
    tokenPage: (request, page) => listTokenPage(caller, request, page),
    token: (id) => getToken(caller, id),
    issueToken: (draft) => issueToken(caller, draft),
    revokeToken: (id) => revokeToken(caller, id),
    lastSeen: (userId) => lastSeen(caller, userId),
    signIn: (userId) => getSignIn(caller, userId),
    putSignIn: (userId, draft) => putSignIn(caller, userId, draft),
    removeSignIn: (userId) => removeSignIn(caller, userId),
    changePassword: (current, next) => changeOwnPassword(caller, current, next),
    sessions: () => listSessions(caller),
    endSession: (id) => endSession(caller, id),
    endOwnSession: () => endOwnSession(caller),
    issueSetUpLink: () => issueSetUpLink(caller),
    savedViews: () => listSavedViews(caller),
    savedView: (id) => getSavedView(caller, id),
    createSavedView: (draft) => createSavedView(caller, draft),
    updateSavedView: (id, change, condition) => updateSavedView(caller, id, change, condition),
    removeSavedView: (id, condition) => removeSavedView(caller, id, condition),
    activity: (from, to) => activityOf(caller, from, to),
    me: () => me(caller),
  }
}

async function userCounts(caller: Caller): Promise<ReadonlyMap<number, number>> {
  assertMay(caller.principal, 'customers:read', 'Counting users')
  const counts = await caller.store.userCounts()
  const tree = await visibleCustomers(caller)
  return new Map(tree.within().map(({ id }) => [id, counts.get(id)?.live ?? 0]))
}

async function me(caller: Caller): ReturnType<View['me']> {
  const { store, principal } = caller
  const user = principal.userId === null ? undefined : await store.user({ id: principal.userId })
  const token = await store.token({ id: principal.tokenId })
  if (!user || !token) throw new DirectoryError('unauthenticated', 'The token is not valid.', { reason: 'bad_token' })
  return { user: reads.readable(caller, user), token: readableToken(caller, token) }
}
