import { decodeUser } from '../../core/document.ts'
import type { DocumentPage, PageFacts, Position, Query, UserPage } from '../../core/query.ts'
import { searchScore, type Search } from '../../core/search.ts'
import { conditionFrom } from '../sql/condition.ts'
import { and, join, raw, sql, type Fragment } from '../sql/fragment.ts'
import { compile } from './compile.ts'
import { counter } from './counters.ts'
import { pathRange } from './customers.ts'
import type { Database } from './database.ts'
import { beyond, orderBy, orderOf, positionFrom } from './order.ts'

interface Place {
  readonly number: number
  readonly position: Position
}

export function readUsers(database: Database, query: Query): UserPage {
  return database.read(() => {
    const { places, facts } = readPlaces(database, query)
    const rows = database.rows(sql`SELECT d.open, d.metadata FROM json_each(${numbersOf(places)}) j
      CROSS JOIN documents d ON d.number = j.value ORDER BY j.key`)
    return { ...facts, users: rows.map(([open, metadata]) => decodeUser(String(open), String(metadata))) }
  })
}

export function readDocuments(database: Database, query: Query, metadata: boolean): DocumentPage {
  return database.read(() => {
    const { places, facts } = readPlaces(database, query)
    const end = raw(metadata ? `d.metadata || '}'` : `'}'`)
    const row = database.first(sql`SELECT CAST(group_concat(document, ',') AS BLOB) FROM (
      SELECT d.open || ${end} AS document FROM json_each(${numbersOf(places)}) j
      CROSS JOIN documents d ON d.number = j.value ORDER BY j.key)`)
    return { ...facts, documents: (row?.[0] as Uint8Array | null) ?? new Uint8Array() }
  })
}

function readPlaces(
  database: Database,
  query: Query,
): { readonly places: readonly Place[]; readonly facts: PageFacts } {
  const { page } = query
  const order = orderOf(query)
  const condition = conditionFrom(query.filter)
  const where = compile(condition, { subtree: (id) => pathRange(database, id) })
  const source = sql`users u ${raw(order.joins)} ${query.search ? searchJoin(database, query.search) : raw('')}`
  const columns = join(
    [...order.keys, order.tie].map(({ expression }) => raw(expression)),
    ', ',
  )

  const walk = (from: Position | null, reverse: boolean, limit: number, offset = 0): Place[] => {
    const stretch = from ? and([where, beyond(order, from, reverse)]) : where
    const rows = database.rows(sql`SELECT u.number, ${columns} FROM ${source} WHERE ${stretch}
      ORDER BY ${orderBy(order, reverse)} LIMIT ${limit} OFFSET ${offset}`)
    const places = rows.map(([number, ...keys]) => ({ number: Number(number), position: positionFrom(order, keys) }))
    return reverse ? places.reverse() : places
  }
  const exists = (from: Position | null, reverse: boolean) => walk(from, reverse, 1).length > 0

  const reverse = page.kind === 'position' && page.direction === 'before'
  const from = page.kind === 'position' ? page.from : null
  const offset = page.kind === 'offset' ? page.offset : 0
  const found = walk(from, reverse, page.limit + 1, offset)
  const isMore = found.length > page.limit
  const places = isMore ? (reverse ? found.slice(1) : found.slice(0, page.limit)) : found
  const first = places[0]?.position ?? null
  const last = places.at(-1)?.position ?? null
  const behind =
    from === null ? offset > 0 && (first !== null || exists(null, false)) : exists(reverse ? last : first, !reverse)
  const total = query.total ? Number(database.first(sql`SELECT count(*) FROM ${source} WHERE ${where}`)?.[0]) : null
  const facts: PageFacts = {
    count: places.length,
    first,
    last,
    hasBefore: reverse ? isMore : behind,
    hasAfter: reverse ? behind : isMore,
    total,
    revision: counter(database, 'revision'),
  }
  return { places, facts }
}

function numbersOf(places: readonly Place[]): string {
  return JSON.stringify(places.map(({ number }) => number))
}

function searchJoin(database: Database, search: Search): Fragment {
  const scores: [number, number][] = []
  for (const [open, metadata] of database.rows(raw('SELECT open, metadata FROM documents'))) {
    const user = decodeUser(String(open), String(metadata))
    const score = searchScore(search, user)
    if (score !== undefined) scores.push([user.number, score])
  }
  return sql`JOIN (SELECT value ->> 0 AS number, value ->> 1 AS score FROM json_each(${JSON.stringify(scores)})) s
    ON s.number = u.number`
}
