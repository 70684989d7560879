import { DirectoryError } from '../../core/error.ts'
import { assertRoom, type SavedView } from '../../core/saved-view.ts'
import type { Change } from '../../core/store.ts'
import { raw, sql } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { isUuid, uuidBytes, uuidText } from '../sql/uuid.ts'
import type { Database, Row } from './database.ts'

const SELECT_VIEW = raw('SELECT id, user_id, name, query, is_shared, created_at, updated_at, revision FROM saved_views')

/** The saved views of a user and all that are shared, oldest first. */
export function readSavedViews(database: Database, userId: string | null): readonly SavedView[] {
  const user = userId !== null && isUuid(userId) ? uuidBytes(userId) : null
  return database.rows(sql`${SELECT_VIEW} WHERE user_id = ${user} OR is_shared = 1 ORDER BY id`).map(viewFrom)
}

export function readSavedView(database: Database, id: string): SavedView | undefined {
  if (!isUuid(id)) return undefined
  const row = database.first(sql`${SELECT_VIEW} WHERE id = ${uuidBytes(id)}`)
  return row && viewFrom(row)
}

/** Writes a saved view as it is from this revision on. */
export function writeSavedView(
  database: Database,
  { view, expected }: Change & { readonly kind: 'saved-view' },
  revision: number,
): null {
  const before = readSavedView(database, view.id)
  assertExpected(before, expected)
  assertRoom({
    own: before?.userId === view.userId ? 0 : countOwn(database, view.userId),
    shared: !view.isShared || before?.isShared === true ? 0 : countShared(database),
  })
  database.execute(
    'INSERT OR REPLACE INTO saved_views (id, user_id, name, query, is_shared, created_at, updated_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    uuidBytes(view.id),
    uuidBytes(view.userId),
    view.name,
    view.query,
    view.isShared ? 1 : 0,
    instantMs(view.createdAt),
    instantMs(view.updatedAt),
    revision,
  )
  return null
}

export function removeSavedView(
  database: Database,
  { id, expected }: Change & { readonly kind: 'remove-saved-view' },
): null {
  assertExpected(readSavedView(database, id), expected)
  database.execute('DELETE FROM saved_views WHERE id = ?', uuidBytes(id))
  return null
}

function countOwn(database: Database, userId: string): number {
  const row = database.first(sql`SELECT count(*) FROM saved_views WHERE user_id = ${uuidBytes(userId)}`)
  return Number(row?.[0])
}

function countShared(database: Database): number {
  const row = database.first({ text: 'SELECT count(*) FROM saved_views WHERE is_shared = 1', values: [] })
  return Number(row?.[0])
}

function assertExpected(found: SavedView | undefined, expected: number | null): void {
  if ((found?.revision ?? null) === expected) return
  throw expected === null
    ? new DirectoryError('conflict', 'This saved view is there already.', { reason: 'taken', where: { name: 'id' } })
    : new DirectoryError('conflict', 'The saved view has changed meanwhile.', { reason: 'changed' })
}

function viewFrom([id, userId, name, query, isShared, createdAt, updatedAt, revision]: Row): SavedView {
  return {
    id: uuidText(id as Uint8Array),
    userId: uuidText(userId as Uint8Array),
    name: String(name),
    query: String(query),
    isShared: isShared === 1,
    createdAt: instantText(Number(createdAt)),
    updatedAt: instantText(Number(updatedAt)),
    revision: Number(revision),
  }
}
