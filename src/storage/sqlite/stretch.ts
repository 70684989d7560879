import type { Page, Position } from '../../core/query.ts'
import { raw, sql, type Fragment } from '../sql/fragment.ts'
import type { Database } from './database.ts'
import type { Plan } from './plan.ts'
import { readRuns } from './read-runs.ts'
import type { Run } from './run.ts'
import { limit } from './limit.ts'

/** What a reading finds out about the users of a page. */
export interface PageRead {
  readonly count: number
  readonly first: Position | null
  readonly last: Position | null
  /** Whether there are more in the direction of reading. */
  readonly isMore: boolean
}

/** Where the reading of a page begins, and which way it goes. */
export function placeOf(page: Page): {
  readonly from: Position | null
  readonly offset: number
  readonly reverse: boolean
} {
  if (page.kind === 'offset') return { from: null, offset: page.offset, reverse: false }
  return { from: page.from, offset: 0, reverse: page.direction === 'before' }
}

/**
 * A page forwards in creation order that is one stretch of rows, found and glued by one statement; undefined where a
 * page takes more than that.
 */
export function readStretch(
  database: Database,
  plan: Plan,
  page: Page,
  metadata: boolean,
): (PageRead & { readonly documents: readonly Uint8Array[] }) | undefined {
  const { from, offset, reverse } = placeOf(page)
  if (plan.order.keys.length > 0 || reverse) return undefined
  const runs = plan.runs(from, false)[Symbol.iterator]()
  const begun = runs.next().value as Run | undefined
  if (begun?.kind !== 'read' || begun.score !== null || begun.sorts) return undefined
  const { run, skip } = offset > 0 && begun.leap ? begun.leap(offset) : { run: begun, skip: offset }
  const row = database.first(sql`SELECT ${glue(metadata)}, count(*), min(d.number), max(d.number)
    FROM (SELECT ${run.number} AS number FROM ${run.source} WHERE ${run.where} ORDER BY ${run.orderBy}
      ${limit(page.limit, skip)}) p CROSS JOIN documents d ON d.number = p.number`)
  const [glued, count, first, last] = row ?? []
  if (!(glued instanceof Uint8Array) || (Number(count) < page.limit && runs.next().done !== true)) return undefined
  const end = { keys: [], tie: Number(last) }
  const isMore = count === page.limit && readRuns(database, plan.runs(end, false), 1, 0).length > 0
  return {
    count: Number(count),
    first: { keys: [], tie: Number(first) },
    last: end,
    isMore,
    documents: [glued, CLOSING],
  }
}

/** The documents of users known by number, in this order. */
export function glueNumbers(database: Database, numbers: readonly number[], metadata: boolean): readonly Uint8Array[] {
  const row = database.first(sql`SELECT ${glue(metadata)} FROM json_each(${JSON.stringify(numbers)}) p
    CROSS JOIN documents d ON d.number = p.value`)
  return row?.[0] instanceof Uint8Array ? [row[0], CLOSING] : []
}

// The last brace is no part of it: the engine would copy the whole page to append one byte.
const CLOSING = new Uint8Array([0x7d])

// The rows come in the order of the outer table; a test holds the engine to it.
function glue(metadata: boolean): Fragment {
  return raw(`CAST(group_concat(${metadata ? 'd.open || d.metadata' : 'd.open'}, '},') AS BLOB)`)
}
