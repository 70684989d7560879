import { decodeUser } from '../../core/document.ts'
import type { DocumentPage, PageFacts, Position, Query, UserPage } from '../../core/query.ts'
import { join, raw, sql, type SqlValue } from '../sql/fragment.ts'
import { countOf } from './count.ts'
import { counter } from './counters.ts'
import { positionFrom } from './order.ts'
import { narrowed, planOf, selectionOf, type Plan } from './plan.ts'
import type { Reader } from './reader.ts'
import { foundBy, relevancePlan } from './relevance.ts'
import type { Run } from './walk.ts'

/** A page of users. */
export function readUsers(reader: Reader, query: Query): UserPage {
  return reader.database.read(() => {
    const { numbers, facts } = readNumbers(reader, query)
    const rows = reader.database.rows(sql`SELECT d.open, d.metadata FROM json_each(${JSON.stringify(numbers)}) j
      CROSS JOIN documents d ON d.number = j.value`)
    return { ...facts, users: rows.map(([open, metadata]) => decodeUser(String(open), String(metadata))) }
  })
}

/** A page of users as they are written out, glued by the engine: no object is made of any of them. */
export function readDocuments(reader: Reader, query: Query, metadata: boolean): DocumentPage {
  return reader.database.read(() => {
    const { numbers, facts } = readNumbers(reader, query)
    const row = reader.database.first(metadata ? glue('d.open || d.metadata', numbers) : glue('d.open', numbers))
    return { ...facts, documents: (row?.[0] as Uint8Array | null) ?? new Uint8Array() }
  })
}

// The rows come in the order of the list, whose table is the outer one; a test holds SQLite to it.
function glue(document: string, numbers: readonly number[]) {
  return sql`SELECT CAST(group_concat(${raw(document)}, '},') || '}' AS BLOB) FROM json_each(${JSON.stringify(numbers)}) j
    CROSS JOIN documents d ON d.number = j.value`
}

/** A user on a page, and the stretch it was found in. */
interface Found {
  readonly number: number
  readonly run: Run
}

function readNumbers(reader: Reader, query: Query): { readonly numbers: readonly number[]; readonly facts: PageFacts } {
  const { page } = query
  const selection = selectionOf(reader, query)
  const found = query.search ? foundBy(reader, query.search) : null
  const plan =
    query.search && query.sort.length === 0
      ? relevancePlan(reader, selection, query.search)
      : planOf(reader, found ? narrowed(selection, found) : selection, query)
  const reverse = page.kind === 'position' && page.direction === 'before'
  const from = page.kind === 'position' ? page.from : null
  const offset = page.kind === 'offset' ? page.offset : 0

  // One more than wanted says whether there is more.
  const rows = readFound(reader, plan.runs(from, reverse), page.limit + 1, offset)
  const isMore = rows.length > page.limit
  if (isMore) rows.pop()
  if (reverse) rows.reverse()
  const first = positionOf(reader, plan, rows[0])
  const last = positionOf(reader, plan, rows.at(-1))
  const exists = (position: Position | null, backwards: boolean) =>
    readFound(reader, plan.runs(position, backwards), 1, 0).length > 0
  const isBehind =
    from === null ? offset > 0 && (first !== null || exists(null, false)) : exists(reverse ? last : first, !reverse)

  const facts: PageFacts = {
    count: rows.length,
    first,
    last,
    hasBefore: reverse ? isMore : isBehind,
    hasAfter: reverse ? isBehind : isMore,
    total: query.total ? countOf(reader, selection, found) : null,
    revision: counter(reader.database, 'revision'),
  }
  return { numbers: rows.map(({ number }) => number), facts }
}

function readFound({ database }: Reader, runs: Iterable<Run>, most: number, offset: number): Found[] {
  const found: Found[] = []
  let skip = offset
  for (const run of runs) {
    const { source, where, orderBy } = run
    const countSkipped = () =>
      Number(database.first(sql`SELECT count(*) FROM (SELECT 1 FROM ${source} WHERE ${where} LIMIT ${skip})`)?.[0])
    if (skip > 0 && run.sorts) {
      const skipped = countSkipped()
      if (skipped < skip) {
        skip -= skipped
        continue
      }
    }
    const rows = database.rows(sql`SELECT u.number FROM ${source} WHERE ${where}
      ORDER BY ${orderBy} LIMIT ${most - found.length} OFFSET ${skip}`)
    if (rows.length > 0) skip = 0
    else if (skip > 0) skip -= countSkipped()
    for (const [number] of rows) found.push({ number: Number(number), run })
    if (found.length >= most) break
  }
  return found
}

function positionOf({ database }: Reader, { order }: Plan, found: Found | undefined): Position | null {
  if (!found) return null
  const { number, run } = found
  if (run.score !== undefined) return { keys: [run.score], tie: number }
  if (order.keys.length === 0) return { keys: [], tie: number }
  const columns = join(
    [...order.keys, order.tie].map(({ expression }) => expression),
    ', ',
  )
  const row: readonly SqlValue[] = database.first(sql`SELECT ${columns} FROM users u WHERE u.number = ${number}`) ?? []
  return positionFrom(order, row)
}
