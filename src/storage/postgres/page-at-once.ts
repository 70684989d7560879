import type { Position, Query } from '../../core/query.ts'
import { join, or, raw, sql, type Fragment } from '../sql/fragment.ts'
import { DOCUMENTS } from './byte-client.ts'
import type { Row } from './connection.ts'
import type { Asking } from './database.ts'
import { headingFrom, HEADING, isSamePlace, type Heading } from './heading.ts'
import { placeBefore } from './landmarks.ts'
import { positionFrom, type Order } from './order.ts'
import { bytesIn, glue, type GluedPage } from './page.ts'
import { planned, type PlannedQuery } from './planned.ts'
import { foundAt, keyColumns, ordered } from './read-runs.ts'
import type { Reader, Reading } from './reader.ts'
import type { ListRun, ReadRun, Rows, Run, Runs } from './run.ts'
import type { Naming } from './statement-names.ts'

/** Said by a plan that has something to ask before it knows its first statement. */
const NOT_AT_ONCE = new Error('This takes more than one statement.')

const NOTHING_IS_ASKED: Asking = {
  first: () => Promise.reject(NOT_AT_ONCE),
  rows: () => Promise.reject(NOT_AT_ONCE),
}

/**
 * Reads a page by one statement, which is one snapshot: planned from what is remembered, and right because the statement
 * tells what was assumed. Undefined where a page takes more, or what is remembered no longer holds.
 */
export async function readAtOnce(
  reader: Reader,
  asking: Asking,
  naming: Naming,
  query: Query,
  metadata: boolean,
): Promise<GluedPage | undefined> {
  const { heading } = reader
  if (!heading) return undefined
  const reading: Reading = { reader, asking: NOTHING_IS_ASKED, heading }
  try {
    const plan = await planned(reading, query)
    const total = query.total ? await plan.total() : null
    const page = await readPlanned({ reading, asking, naming, plan, query, metadata })
    if (!page) return undefined
    const { answer, now } = page
    if (now.revision > heading.revision) reader.heading = now
    const isTold =
      now.revision === heading.revision || (isSamePlace(now, heading) && !query.total && !page.isOfRevision)
    if (!isTold || now.revision < (query.minRevision ?? 0)) return undefined
    return { bytes: answer.bytes, facts: { ...answer.facts, total, revision: now.revision } }
  } catch (error) {
    if (error === NOT_AT_ONCE) return undefined
    throw error
  }
}

/** Users a statement may step over to come to a page; beyond that a place nearer to it is looked for. */
const SKIPPED_MAX = 5000

interface Task {
  readonly reading: Reading
  readonly asking: Asking
  readonly naming: Naming
  readonly plan: PlannedQuery
  readonly query: Query
  readonly metadata: boolean
}

/** A page, the heading of its snapshot, and whether it is right for the planned revision only. */
interface Told {
  readonly answer: GluedPage
  readonly now: Heading
  readonly isOfRevision: boolean
}

async function readPlanned(task: Task): Promise<Told | undefined> {
  const { reading, plan, query } = task
  const { page } = query
  const reverse = page.kind === 'position' && page.direction === 'before'
  const offset = page.kind === 'offset' ? page.offset : 0
  const from = page.kind === 'position' ? page.from : null
  const known = offset > 0 ? (placeBefore(reading, plan.key, offset) ?? (await plan.start(offset))) : undefined
  const place = known ?? { position: from, users: 0 }
  const skip = offset - place.users
  const { run, isOnly } = await firstOf(plan.plan.runs(place.position, reverse))
  if (run?.kind === 'list') return readList(task, run, reverse, skip)
  if (run?.kind !== 'read' || skip > SKIPPED_MAX) return undefined
  const behind = from === null ? undefined : (await firstOf(plan.plan.runs(from, !reverse))).run
  if (behind && behind.kind !== 'read') return undefined
  const told = await readStatement(task, run, behind, reverse, skip)
  // What is not in the first stretch is in another one.
  if (!told || (told.count <= page.limit && !isOnly) || (from !== null && !told.isBehind)) return undefined
  if (offset > 0 && told.count === 0) return undefined
  const { now, bytes, first, last } = told
  const isMore = told.count > page.limit
  const isBehind = from === null ? offset > 0 : told.isBehind
  const facts = {
    count: Math.min(told.count, page.limit),
    first: reverse ? last : first,
    last: reverse ? first : last,
    hasBefore: reverse ? isMore : isBehind,
    hasAfter: reverse ? isBehind : isMore,
    total: null,
    revision: now.revision,
  }
  // Places, gathered users and the words of a search are those of the revision they were found at.
  const isOfRevision = offset > 0 || run.sorts || query.search !== undefined
  return { answer: { facts, bytes }, now, isOfRevision }
}

async function firstOf(runs: Runs): Promise<{ readonly run: Run | undefined; readonly isOnly: boolean }> {
  if (Array.isArray(runs)) return { run: (runs as readonly Run[])[0], isOnly: runs.length <= 1 }
  for await (const run of runs) return { run, isOnly: false }
  return { run: undefined, isOnly: false }
}

// --- users known by number

async function readList(task: Task, run: ListRun, reverse: boolean, skip: number): Promise<Told | undefined> {
  const { asking, plan, query, metadata } = task
  const { page } = query
  const from = page.kind === 'position' ? page.from : null
  const offset = page.kind === 'offset' ? page.offset : 0
  const size = run.numbers.length
  const end = Math.min(size, skip + page.limit)
  const places = Array.from({ length: Math.max(0, end - skip) }, (_, at) => skip + at)
  if (places.length === 0) return undefined
  if (reverse) places.reverse()
  const found = places.map((at) => foundAt(run, at))
  const [first = null, last = null] = [found[0]?.position, found.at(-1)?.position]
  const [row, documents] = await asking.rows(glue(found.map(({ number }) => number), metadata)) // prettier-ignore
  if (!row) return undefined
  const now = headingFrom(row[0])
  const behind = from === null ? undefined : (await firstOf(plan.plan.runs(reverse ? last : first, !reverse))).run
  const isBehind = from === null ? offset > 0 : behind?.kind === 'list' && behind.numbers.length > 0
  const isMore = size > end
  const facts = {
    count: found.length,
    first,
    last,
    hasBefore: reverse ? isMore : isBehind,
    hasAfter: reverse ? isBehind : isMore,
    total: null,
    revision: now.revision,
  }
  return { answer: { facts, bytes: bytesIn(documents) }, now, isOfRevision: true }
}

// --- users one statement reads

interface Answer {
  readonly now: Heading
  readonly count: number
  readonly isBehind: boolean
  readonly first: Position | null
  readonly last: Position | null
  readonly bytes: Buffer
}

async function readStatement(
  { asking, naming, plan, query, metadata }: Task,
  run: ReadRun,
  behind: ReadRun | undefined,
  reverse: boolean,
  skip: number,
): Promise<Answer | undefined> {
  const { order } = plan.plan
  const text = statement(order, run, behind, { limit: query.page.limit, skip, reverse, metadata })
  const [row, documents] = await asking.rows(run.isPlain === true ? naming(text) : text)
  if (!row) return undefined
  const [, heading, isBehind, found, firstNumber, lastNumber, ...ends] = row
  const count = Number(found)
  const keys = keyColumns(order)
  const at = (number: Row[number] | undefined, values: readonly (Row[number] | undefined)[]): Position | null => {
    if (count === 0) return null
    if (run.score !== null) return { keys: [run.score], tie: Number(number) }
    return positionFrom(order, values as (string | number | null)[])
  }
  return {
    now: headingFrom(heading),
    count,
    isBehind: isBehind === true,
    first: at(firstNumber, ends.slice(0, keys.length)),
    last: at(lastNumber, ends.slice(keys.length)),
    bytes: bytesIn(documents),
  }
}

interface Wanted {
  readonly limit: number
  readonly skip: number
  readonly reverse: boolean
  readonly metadata: boolean
}

function statement(
  order: Order,
  run: ReadRun,
  behind: ReadRun | undefined,
  { limit, skip, reverse, metadata }: Wanted,
): Fragment {
  const size = raw(String(limit))
  const exists = ({ source, where, orderBy }: Rows) =>
    sql`(SELECT 1 FROM ${source} WHERE ${where} ORDER BY ${orderBy} LIMIT 1) IS NOT NULL`
  const isBehind = behind ? or([exists(behind), ...(behind.beside ? [exists(behind.beside.rows)] : [])]) : raw('NULL')
  const document = raw(metadata ? 'd.open || d.metadata' : 'd.open')
  const columns = ['n', ...keyColumns(order).map((_, at) => `k${at}`)]
  // In the order in which users are shown. An aggregate that sorts for itself may change the order in which the others
  // get their rows, so none does.
  const end = (place: string) => (column: string) =>
    raw(`(array_agg(p.${column}))[(${reverse ? `count(*) + 1 - ${place}` : place})::integer]`)
  const [first, last] = [end('1'), end(`least(count(*), ${limit})`)]
  const [n = 'n', ...keys] = columns
  const ends = [first(n), last(n), ...keys.map(first), ...keys.map(last)]
  const facts = [HEADING, isBehind, raw('count(*)'), ...ends]
  return sql`WITH p AS MATERIALIZED (SELECT q.*, row_number() OVER () AS place
      FROM (${ordered(order, run, limit + 1, skip)}) q${raw(reverse ? ' ORDER BY place DESC' : '')})
    SELECT NULL AS ${raw(DOCUMENTS)}, ${join(facts, ', ')} FROM p
    UNION ALL
    SELECT (SELECT ${document} FROM documents d WHERE d.number = p.n)${raw(', NULL'.repeat(facts.length))}
    FROM p WHERE p.place <= ${size}`
}
