import { DirectoryError } from '../../core/error.ts'
import { assertRoom, type SavedView } from '../../core/saved-view.ts'
import type { Change } from '../../core/store.ts'
import { raw, sql } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { isUuid } from '../sql/uuid.ts'
import type { Row } from './connection.ts'
import type { Asking, Transaction } from './database.ts'
import { anyOf, rowsOfAny, runForEach } from './each.ts'

const SELECT_VIEW = raw('SELECT id, user_id, name, query, is_shared, created_at, updated_at, revision FROM saved_views')

/** The saved views of a user and all that are shared, oldest first. */
export async function readSavedViews(asking: Asking, userId: string | null): Promise<readonly SavedView[]> {
  const user = userId !== null && isUuid(userId) ? userId : null
  const rows = await asking.rows(sql`${SELECT_VIEW} WHERE user_id = ${user} OR is_shared = 1 ORDER BY id`)
  return rows.map(viewFrom)
}

export async function readSavedView(asking: Asking, id: string): Promise<SavedView | undefined> {
  if (!isUuid(id)) return undefined
  const row = await asking.first(sql`${SELECT_VIEW} WHERE id = ${id}`)
  return row && viewFrom(row)
}

/** The saved views of a commit under way: read before its first change, written after the last. */
export interface SavedViewsUnderWay {
  write(change: Change & { readonly kind: 'saved-view' }, revision: number): null
  remove(change: Change & { readonly kind: 'remove-saved-view' }): null
  flush(): Promise<void>
}

/** Reads what changes look at. The question is sent at once, behind what was sent before. */
export async function startSavedViews(
  transaction: Transaction,
  changes: readonly Change[],
): Promise<SavedViewsUnderWay> {
  const ids = changes.flatMap((change) => {
    if (change.kind === 'saved-view') return [change.view.id]
    return change.kind === 'remove-saved-view' && isUuid(change.id) ? [change.id] : []
  })
  const writes = changes.flatMap((change) => (change.kind === 'saved-view' ? [change.view] : []))
  const [found, sharedBefore] = await Promise.all([
    rowsOfAny(transaction, SELECT_KNOWN, ids, [...new Set(writes.map(({ userId }) => userId))]),
    writes.some(({ isShared }) => isShared) ? transaction.first(COUNT_SHARED) : undefined,
  ])
  const known = new Map<string, Known>()
  for (const [id, revision, userId, isShared] of found) {
    known.set(String(id), { revision: Number(revision), userId: String(userId), isShared: isShared === 1 })
  }
  let shared = Number(sharedBefore?.[0] ?? 0)
  const written = new Map<string, object>()
  const removed = new Set<string>()
  return {
    write({ view, expected }, revision) {
      const before = known.get(view.id)
      assertExpected(before, expected)
      const { userId, isShared } = view
      const adds = isShared && before?.isShared !== true
      const own = [...known.values()].filter((one) => one.userId === userId).length
      assertRoom({ own: before?.userId === userId ? 0 : own, shared: adds ? shared : 0 })
      known.set(view.id, { revision, userId, isShared })
      shared += Number(isShared) - Number(before?.isShared ?? false)
      removed.delete(view.id)
      written.set(view.id, viewRow({ ...view, revision }))
      return null
    },
    remove({ id, expected }) {
      const before = known.get(id)
      assertExpected(before, expected)
      known.delete(id)
      shared -= Number(before?.isShared ?? false)
      written.delete(id)
      removed.add(id)
      return null
    },
    async flush() {
      await Promise.all([
        runForEach(transaction, PUT_VIEWS, [...written.values()]),
        runForEach(transaction, REMOVE_VIEWS, [...removed]),
      ])
    },
  }
}

/** What is looked at of a saved view before it is written over. */
type Known = Pick<SavedView, 'revision' | 'userId' | 'isShared'>

const SELECT_KNOWN = {
  name: 'known saved views',
  text: `SELECT id, revision, user_id, is_shared FROM saved_views WHERE id = ${anyOf('uuid')} OR user_id = ${anyOf('uuid')}`,
}

const COUNT_SHARED = sql`SELECT count(*) FROM saved_views WHERE is_shared = 1`

const PUT_VIEWS = {
  name: 'put saved views',
  text: `INSERT INTO saved_views (id, user_id, name, query, is_shared, created_at, updated_at, revision)
  SELECT * FROM json_to_recordset(?) AS r (id uuid, user_id uuid, name text, query text, is_shared smallint,
    created_at bigint, updated_at bigint, revision bigint)
  ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, name = excluded.name, query = excluded.query,
    is_shared = excluded.is_shared, created_at = excluded.created_at, updated_at = excluded.updated_at,
    revision = excluded.revision`,
}

const REMOVE_VIEWS = {
  name: 'remove saved views',
  text: `DELETE FROM saved_views WHERE id = ${anyOf('uuid')}`,
}

function assertExpected(found: Known | undefined, expected: number | null): void {
  if ((found?.revision ?? null) === expected) return
  throw expected === null
    ? new DirectoryError('conflict', 'This saved view is there already.', { reason: 'taken', where: { name: 'id' } })
    : new DirectoryError('conflict', 'The saved view has changed meanwhile.', { reason: 'changed' })
}

function viewRow({ id, userId, name, query, isShared, createdAt, updatedAt, revision }: SavedView): object {
  return {
    id,
    user_id: userId,
    name,
    query,
    is_shared: isShared ? 1 : 0,
    created_at: instantMs(createdAt),
    updated_at: instantMs(updatedAt),
    revision,
  }
}

function viewFrom([id, userId, name, query, isShared, createdAt, updatedAt, revision]: Row): SavedView {
  return {
    id: String(id),
    userId: String(userId),
    name: String(name),
    query: String(query),
    isShared: isShared === 1,
    createdAt: instantText(Number(createdAt)),
    updatedAt: instantText(Number(updatedAt)),
    revision: Number(revision),
  }
}
