import { decodeUser } from '../../core/document.ts'
import { DirectoryError } from '../../core/error.ts'
import type { DocumentPage, PageFacts, Position, Query, UserPage } from '../../core/query.ts'
import { join, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { countOf } from './count.ts'
import { counter } from './counters.ts'
import type { Database } from './database.ts'
import { positionFrom } from './order.ts'
import { planOf, type Plan } from './plan.ts'
import type { Reader } from './reader.ts'
import { readRuns, type Found } from './read-runs.ts'
import { relevancePlan } from './relevance.ts'
import { foundBy, questionOf } from './search-question.ts'
import { narrowed, selectionOf } from './selection.ts'

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
    const row = reader.database.first(glue(raw(metadata ? 'd.open || d.metadata' : 'd.open'), numbers))
    return { ...facts, documents: (row?.[0] as Uint8Array | null) ?? new Uint8Array() }
  })
}

// The rows come in the order of the list, whose table is the outer one; a test holds the engine to it.
function glue(document: Fragment, numbers: readonly number[]): Fragment {
  return sql`SELECT CAST(group_concat(${document}, '},') || '}' AS BLOB) FROM json_each(${JSON.stringify(numbers)}) j
    CROSS JOIN documents d ON d.number = j.value`
}

function readNumbers(reader: Reader, query: Query): { readonly numbers: readonly number[]; readonly facts: PageFacts } {
  const { page } = query
  const revision = counter(reader.database, 'revision')
  if (revision < (query.minRevision ?? 0)) throw notYet(revision)
  const { plan, total } = planned(reader, query)
  const reverse = page.kind === 'position' && page.direction === 'before'
  const from = page.kind === 'position' ? page.from : null
  const offset = page.kind === 'offset' ? page.offset : 0

  // One more than wanted says whether there is more.
  const found = readRuns(reader.database, plan.runs(from, reverse), page.limit + 1, offset)
  const isMore = found.length > page.limit
  if (isMore) found.pop()
  if (reverse) found.reverse()
  const first = positionOf(reader.database, plan, found[0])
  const last = positionOf(reader.database, plan, found.at(-1))
  const exists = (position: Position | null, backwards: boolean) =>
    readRuns(reader.database, plan.runs(position, backwards), 1, 0).length > 0
  const isBehind =
    from === null ? offset > 0 && (first !== null || exists(null, false)) : exists(reverse ? last : first, !reverse)

  const facts: PageFacts = {
    count: found.length,
    first,
    last,
    hasBefore: reverse ? isMore : isBehind,
    hasAfter: reverse ? isBehind : isMore,
    total: query.total ? total() : null,
    revision,
  }
  return { numbers: found.map(({ number }) => number), facts }
}

function notYet(revision: number): DirectoryError {
  return new DirectoryError('unavailable', `The directory is at revision ${revision}.`, { retryAfterS: 1 })
}

function planned(reader: Reader, query: Query): { readonly plan: Plan; readonly total: () => number } {
  const selection = selectionOf(reader, query.filter)
  if (!query.search) {
    const plan = planOf(reader, selection, query)
    return { plan, total: () => plan.total ?? countOf(reader, selection, null) }
  }
  const question = questionOf(reader, query.search)
  const found = foundBy(question)
  const plan =
    query.sort.length === 0
      ? relevancePlan(reader, selection, question)
      : planOf(reader, narrowed(selection, found), query)
  return { plan, total: () => plan.total ?? countOf(reader, selection, found) }
}

function positionOf(database: Database, { order }: Plan, found: Found | undefined): Position | null {
  if (!found) return null
  const { number, score } = found
  if (score !== null) return { keys: [score], tie: number }
  if (order.keys.length === 0) return { keys: [], tie: number }
  const columns = join(
    [...order.keys, order.tie].map(({ expression }) => expression),
    ', ',
  )
  const row: readonly SqlValue[] = database.first(sql`SELECT ${columns} FROM users u WHERE u.number = ${number}`) ?? []
  return positionFrom(order, row)
}
