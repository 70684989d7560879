import type { FieldName } from '../../core/field.ts'
import { LIVE, type Filter } from '../../core/filter.ts'
import type { Query } from '../../core/query.ts'
import { raw } from '../sql/fragment.ts'
import { counter, setCounter } from './counters.ts'
import type { Database } from './database.ts'
import { ORDER_INDEXES } from './schema.ts'

/** A directory with more users than this keeps what lists read: to build it anew would take longer than it saves. */
const USERS_MAX = 10_000
/** Told how much of what was deferred has been built, and how much there is in all. */
export type BuildingProgress = (built: number, of: number) => void

/** Fewer changes than this in one commit are no load of users. */
const LOAD_MIN = 100

/** What users are looked up by while they are loaded. */
const LOOKED_UP: ReadonlySet<string> = new Set(['identifier', 'email', 'externalId'] satisfies FieldName[])
const KEPT_INDEXES = ['users_by_identifier', 'users_by_email', 'users_by_external_id']
/** Lists of more than this are none of a few users who are looked up. */
const VALUES_MAX = 1000

/** Whether a list needs nothing of what is deferred: it looks users up by what they are known by. */
export function isLookUp({ filter, search, sort, total }: Query): boolean {
  if (search || sort.length > 0 || total || filter.kind !== 'all') return false
  const others = filter.of.filter((one) => one !== LIVE && !(one.kind === 'all' && one.of.length === 0))
  return filter.of.includes(LIVE) && others.length === 1 && others.every(isKey)
}

function isKey(filter: Filter): boolean {
  if (filter.kind === 'in') return LOOKED_UP.has(filter.field) && filter.values.length <= VALUES_MAX
  return filter.kind === 'compare' && filter.op === 'eq' && LOOKED_UP.has(filter.field)
}

/** Whether what only lists read is still to be built: the indexes of orders, and the keys of values. */
export function isDeferred(database: Database): boolean {
  return counter(database, 'deferred') === 1
}

/**
 * Defers what only lists read, within the write under way, where that is worth it for so many changes: an index is built
 * from all users in a fraction of the time that it takes to grow with them.
 */
export function defer(database: Database, changes: number): void {
  if (changes < LOAD_MIN || counter(database, 'live') + counter(database, 'deleted') > USERS_MAX) return
  for (const name of ORDER_INDEXES.keys()) {
    if (!KEPT_INDEXES.includes(name)) database.run(raw(`DROP INDEX IF EXISTS ${name}`))
  }
  setCounter(database, 'deferred', 1)
}

/**
 * Builds what has been deferred, piece by piece: whoever opens the directory after a crash goes on where it ended. What
 * is sorted goes to temporary files where it is large, and not to memory.
 */
export function buildDeferred(database: Database, progress: BuildingProgress = () => undefined): void {
  if (!isDeferred(database)) return
  const missing = missingIndexes(database)
  // Beside the indexes, the keys of values.
  const of = missing.length + 1
  progress(0, of)
  database.run(raw('PRAGMA temp_store = FILE'))
  for (const [place, [, create]] of missing.entries()) {
    database.write(() => database.run(raw(create)))
    progress(place + 1, of)
  }
  database.write(() => {
    if (!isDeferred(database)) return
    database.run(raw('DELETE FROM user_values'))
    database.run(raw(FILL_VALUES))
    setCounter(database, 'deferred', 0)
  })
  database.run(raw('PRAGMA temp_store = MEMORY'))
  progress(of, of)
}

/** How much `buildDeferred` would build. */
export function deferredCount(database: Database): number {
  return isDeferred(database) ? missingIndexes(database).length + 1 : 0
}

function missingIndexes(database: Database): readonly (readonly [name: string, create: string])[] {
  return [...ORDER_INDEXES].filter(([name]) => {
    return !database.first({ text: 'SELECT 1 FROM sqlite_schema WHERE name = ?', values: [name] })
  })
}

// In the order of the table, so that it is written from one end to the other.
const FILL_VALUES = `
  INSERT INTO user_values (field, folded, entry, number)
  SELECT v.value ->> 0, v.value ->> 2, v.value ->> 1, u.number FROM users u, json_each(u.value_keys) v
  ORDER BY 1, 2, 3, 4`
