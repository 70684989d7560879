import { LIVE } from '../../src/core/filter.ts'
import type { Page, Query } from '../../src/core/query.ts'
import type { Statement } from '../../src/storage/postgres/connection.ts'
import type { Asking, Database } from '../../src/storage/postgres/database.ts'
import { listReader } from '../../src/storage/postgres/lists.ts'
import { shapeOf, type PlanNode } from './shape.ts'

/** How tables that grow with the directory are read. */
export interface Reading {
  readonly indexes: readonly string[]
  /** The tables that are read from end to end. */
  readonly tables: readonly string[]
  /** The indexes that are read from end to end. */
  readonly wholes: readonly string[]
  /** The indexes of which all that is asked for is sorted for the first page. */
  readonly sorts: readonly string[]
  /** The plans as text, each once. */
  readonly shapes: readonly string[]
}

const LARGE = new Set(['users', 'documents', 'user_marks', 'words', 'word_stems'])

/** The plan of each statement that the pages of a query need: the first one, one after it, the one before that. */
export async function planOf(database: Database, query: Partial<Query>): Promise<Reading> {
  const asked = new Map<string, Statement>()
  const noted = (statement: Statement) => {
    asked.set(statement.text, statement)
    return statement
  }
  const note = (asking: Asking): Asking => ({
    first: (statement) => asking.first(noted(statement)),
    rows: (statement) => asking.rows(noted(statement)),
  })
  const lists = listReader({
    ...database,
    ...note(database),
    ofShape: (shape) => note(database.ofShape(shape)),
    read: (read) => database.read((snapshot) => read(note(snapshot))),
  })
  const page: Page = { kind: 'position', from: null, direction: 'after', limit: 20 }
  const whole: Query = { filter: LIVE, sort: [], page, total: false, ...query }
  // Twice: the second time from what the first one has left behind.
  const first = await lists.documents(whole, true)
  await lists.documents(whole, true)
  const atFirst = new Set(asked.keys())
  if (whole.page.kind === 'position' && first.last) {
    for (const direction of ['after', 'before'] as const) {
      await lists.documents({ ...whole, page: { ...page, from: first.last, direction } }, true)
      await lists.documents({ ...whole, page: { ...page, from: first.last, direction } }, true)
    }
  }
  const found: Found = { indexes: new Set(), tables: new Set(), wholes: new Set() }
  const sorts = new Set<string>()
  const shapes = new Set<string>()
  for (const { text, values } of asked.values()) {
    const row = await database.first({ text: `EXPLAIN (FORMAT JSON) ${text}`, values })
    const [plan] = JSON.parse(String(row?.[0])) as readonly { readonly Plan: PlanNode }[]
    if (!plan) continue
    visit(plan.Plan, false, FAR.test(text), found)
    if (atFirst.has(text)) noteSorts(plan.Plan, false, sorts)
    shapes.add(shapeOf(plan.Plan))
  }
  const [indexes = [], tables = [], wholes = []] = [found.indexes, found.tables, found.wholes].map((one) => [...one].sort()) // prettier-ignore
  return { indexes, tables, wholes, sorts: [...sorts].sort(), shapes: [...shapes] }
}

interface Found {
  readonly indexes: Set<string>
  readonly tables: Set<string>
  readonly wholes: Set<string>
}

/** A limit that a statement with a total has, so that no more is remembered: few selections come to so many users. */
const FAR = /LIMIT \d{6}/

// A scan without a condition ends early only where nothing between it and a near limit wants all of its rows.
function visit(node: PlanNode, isLimited: boolean, isFar: boolean, found: Found): void {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Name': index, 'Index Cond': condition } = node
  if (type === 'Seq Scan' && LARGE.has(table)) found.tables.add(table)
  if (index !== undefined && (LARGE.has(table) || type === 'Bitmap Index Scan')) {
    found.indexes.add(index)
    // Of texts too long for an index there are few, or else not all of them are read.
    if (condition === undefined && !isLimited && !index.startsWith('users_long_')) found.wholes.add(index)
  }
  const ends = /^(Sort|Aggregate|Hash|Materialize|BitmapAnd|BitmapOr|Unique|SetOp)$/.test(type)
  for (const child of node.Plans ?? []) {
    visit(child, (type === 'Limit' && !isFar) || (isLimited && !ends), isFar, found)
  }
}

// Whatever of an index is sorted from its beginning to its end, before the first of it is known.
function noteSorts(node: PlanNode, isSorted: boolean, sorts: Set<string>): void {
  const { 'Node Type': type, 'Index Name': index } = node
  if (isSorted && index !== undefined) sorts.add(index)
  for (const child of node.Plans ?? []) noteSorts(child, type === 'Sort' || (isSorted && type !== 'Limit'), sorts)
}
