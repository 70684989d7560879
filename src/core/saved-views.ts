import { instantNow, newId, type Caller } from './caller.ts'
import { assertRevision, commit, commitUnlessChanged, earlierResult } from './commits.ts'
import type { SavedViewChange, SavedViewDraft, WriteCondition } from './directory.ts'
import { forbidden, invalid, notFound } from './error.ts'
import { SAVED_VIEW_NAME_LENGTH_MAX, SAVED_VIEW_QUERY_LENGTH_MAX } from './limits.ts'
import { assertMay, may, type Principal } from './principal.ts'
import type { SavedView } from './saved-view.ts'
import { isLongerInAnyForm, isStorable } from './text.ts'
import { isVisible } from './user-reads.ts'

/** The caller's own saved views and, with `users:read`, those that are shared by users the caller may see; oldest first. */
export async function listSavedViews(caller: Caller): Promise<readonly SavedView[]> {
  const { store, principal } = caller
  const views = (await store.savedViews(principal.userId)).filter((view) => isReadable(principal, view))
  const owners = await store.usersById([...new Set(views.map(({ userId }) => userId))])
  const visible = new Set<string | null>([principal.userId])
  for (const owner of owners) if (await isVisible(caller, owner)) visible.add(owner.id)
  return views.filter(({ userId }) => visible.has(userId))
}

/** One of these views; `not_found` otherwise, whatever the cause. */
export async function getSavedView(caller: Caller, id: string): Promise<SavedView> {
  const view = await caller.store.savedView(id)
  if (!view || !isReadable(caller.principal, view)) throw notFound('Saved view')
  if (view.userId === caller.principal.userId) return view
  const [owner] = await caller.store.usersById([view.userId])
  if (!view.isShared || !owner || !(await isVisible(caller, owner))) throw notFound('Saved view')
  return view
}

/** Keeps a view for the caller's user, once per idempotency key; to share it takes `users:read`. */
export async function createSavedView(caller: Caller, draft: SavedViewDraft): Promise<SavedView> {
  const { principal } = caller
  const { userId } = principal
  if (userId === null) throw invalid('value', 'Only a user can have saved views.')
  const earlier = await earlierResult(caller)
  if (earlier !== undefined) return earlier as SavedView
  const at = instantNow(caller)
  assertMayShare(principal, draft)
  const view = { id: newId(caller), userId, ...checkedDraft(draft), createdAt: at, updatedAt: at }
  const changes = [{ kind: 'saved-view', view, expected: null }] as const
  const { revision } = await commit(caller, changes, (committed) => ({ ...view, revision: committed.revision }))
  return { ...view, revision }
}

/** Changes a view of the caller's own; one that another shares only with permission `admin`. What changes nothing writes nothing. */
export function updateSavedView(
  caller: Caller,
  id: string,
  change: SavedViewChange,
  condition: WriteCondition = {},
): Promise<SavedView> {
  return commitUnlessChanged(async () => {
    const current = await writableView(caller, id)
    assertRevision(current.revision, condition)
    const { revision: expected, ...before } = current
    const { name = before.name, query = before.query, isShared = before.isShared } = change
    const after = checkedDraft({ name, query, isShared })
    if (after.name === before.name && after.query === before.query && after.isShared === before.isShared) return current
    assertMayShare(caller.principal, after)
    const view = { ...before, ...after, updatedAt: instantNow(caller) }
    const { revision } = await commit(caller, [{ kind: 'saved-view', view, expected }])
    return { ...view, revision }
  })
}

/** Removes a view under the same conditions. */
export function removeSavedView(caller: Caller, id: string, condition: WriteCondition = {}): Promise<void> {
  return commitUnlessChanged(async () => {
    const { revision: expected } = await writableView(caller, id)
    assertRevision(expected, condition)
    await commit(caller, [{ kind: 'remove-saved-view', id, expected }])
  })
}

async function writableView(caller: Caller, id: string): Promise<SavedView> {
  const view = await getSavedView(caller, id)
  const isOwn = view.userId === caller.principal.userId
  if (!isOwn && !may(caller.principal, 'admin')) throw forbidden('admin', 'Changing what another user shares')
  return view
}

// Views hold what somebody searched for: names, e-mails. A token that was given less than its user has does not get them.
function isReadable(principal: Principal, { userId, isShared }: SavedView): boolean {
  if (may(principal, 'users:read')) return true
  return userId === principal.userId && (isShared || principal.scope === 'all')
}

function assertMayShare(principal: Principal, { isShared }: SavedViewDraft): void {
  if (isShared) assertMay(principal, 'users:read', 'Sharing a view')
}

function checkedDraft({ name, query, isShared }: SavedViewDraft): SavedViewDraft {
  return {
    name: checkedText('name', name, 1, SAVED_VIEW_NAME_LENGTH_MAX),
    query: checkedText('query', query, 0, SAVED_VIEW_QUERY_LENGTH_MAX),
    isShared,
  }
}

function checkedText(member: string, text: string, least: number, most: number): string {
  const where = { in: 'body', name: member } as const
  if (!isStorable(text)) throw invalid('text', `${member} must not contain NUL or lone surrogates.`, where)
  const normal = isLongerInAnyForm(text, most) ? text : text.normalize('NFC')
  if (normal.trim().length >= least && normal.length <= most) return normal
  const allowed = least > 0 ? `${least} to ${most} characters` : `at most ${most} characters`
  throw invalid('range', `${member} must have ${allowed}.`, { ...where, allowed })
}
