import { decodeUser } from '../../core/document.ts'
import { DirectoryError } from '../../core/error.ts'
import type { DocumentPage, Page, PageFacts, Position, Query, UserPage } from '../../core/query.ts'
import { join, sql, type SqlValue } from '../sql/fragment.ts'
import { countOf } from './count.ts'
import { counter } from './counters.ts'
import type { Database } from './database.ts'
import { glueNumbers, placeOf, readStretch, type PageRead } from './stretch.ts'
import { positionFrom } from './order.ts'
import { planOf, type Plan } from './plan.ts'
import type { Reader } from './reader.ts'
import { readRuns, type Found } from './read-runs.ts'
import { relevancePlan } from './relevance.ts'
import { assertFewBegin, foundBy, questionOf } from './search-question.ts'
import { narrowed, selectionOf } from './selection.ts'

/** A page of users. */
export function readUsers(reader: Reader, query: Query): UserPage {
  return reader.database.read(() => {
    const start = startOf(reader, query)
    const { numbers, read } = readNumbers(reader, query.page, start.plan)
    const rows = reader.database.rows(sql`SELECT d.open, d.metadata FROM json_each(${JSON.stringify(numbers)}) j
      CROSS JOIN documents d ON d.number = j.value`)
    const users = rows.map(([open, metadata]) => decodeUser(String(open), String(metadata)))
    return { ...factsOf(reader, query, start, read), users }
  })
}

/** A page of users as they are written out, glued by the engine: no object is made of any of them. */
export function readDocuments(reader: Reader, query: Query, metadata: boolean): DocumentPage {
  return reader.database.read(() => {
    const start = startOf(reader, query)
    const stretch = readStretch(reader.database, start.plan, query.page, metadata)
    if (stretch) return { ...factsOf(reader, query, start, stretch), documents: stretch.documents }
    const { numbers, read } = readNumbers(reader, query.page, start.plan)
    return { ...factsOf(reader, query, start, read), documents: glueNumbers(reader.database, numbers, metadata) }
  })
}

/** What is known before a page is read. */
interface Start {
  readonly revision: number
  readonly plan: Plan
  readonly total: () => number
}

function startOf(reader: Reader, query: Query): Start {
  const revision = counter(reader.database, 'revision')
  if (revision < (query.minRevision ?? 0)) {
    throw new DirectoryError('unavailable', `The directory is at revision ${revision}.`, { retryAfterS: 1 })
  }
  return { revision, ...planned(reader, query) }
}

function readNumbers(
  { database }: Reader,
  page: Page,
  plan: Plan,
): { readonly numbers: readonly number[]; readonly read: PageRead } {
  const { from, offset, reverse } = placeOf(page)
  // One more than wanted says whether there is more.
  const found = readRuns(database, plan.runs(from, reverse), page.limit + 1, offset)
  const isMore = found.length > page.limit
  if (isMore) found.pop()
  if (reverse) found.reverse()
  const [first, last] = [positionOf(database, plan, found[0]), positionOf(database, plan, found.at(-1))]
  return { numbers: found.map(({ number }) => number), read: { count: found.length, first, last, isMore } }
}

function factsOf(reader: Reader, { page, total }: Query, start: Start, read: PageRead): PageFacts {
  const { count, first, last, isMore } = read
  const { plan, revision } = start
  const { from, offset, reverse } = placeOf(page)
  const exists = (position: Position | null, backwards: boolean) =>
    readRuns(reader.database, plan.runs(position, backwards), 1, 0).length > 0
  const isBehind =
    from === null ? offset > 0 && (first !== null || exists(null, false)) : exists(reverse ? last : first, !reverse)
  return {
    count,
    first,
    last,
    hasBefore: reverse ? isMore : isBehind,
    hasAfter: reverse ? isBehind : isMore,
    total: total ? start.total() : null,
    revision,
  }
}

function planned(reader: Reader, query: Query): { readonly plan: Plan; readonly total: () => number } {
  const selection = selectionOf(reader, query.filter)
  if (!query.search) {
    const plan = planOf(reader, selection, query)
    return { plan, total: () => plan.total ?? countOf(reader, selection, null) }
  }
  assertFewBegin(reader, query.search)
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
