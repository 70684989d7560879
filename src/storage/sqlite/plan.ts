import type { Position, Query } from '../../core/query.ts'
import { conditionFrom, conjuncts, type Condition } from '../sql/condition.ts'
import { and, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { candidatesOf, type Candidates } from './candidates.ts'
import { compile } from './compile.ts'
import { pathRange } from './customers.ts'
import { beyond, orderBy, orderOf, positionValues, type Order } from './order.ts'
import { keyOf, userCount, type Reader } from './reader.ts'
import { walkRuns, type Run } from './walk.ts'

/** What a query asks for, compiled. */
export interface Selection {
  readonly condition: Condition
  /** The condition on a row `u` of `users`. */
  readonly where: Fragment
  /** Ways to those it can hold for. */
  readonly candidates: readonly Candidates[]
}

/** How the users of a selection are read in order. */
export interface Plan {
  readonly order: Order
  /** The stretches to read one after another, from right after a position, or before it in reverse. */
  readonly runs: (from: Position | null, reverse: boolean) => Iterable<Run>
}

export function selectionOf({ database }: Reader, { filter }: Pick<Query, 'filter'>): Selection {
  const context = { subtree: (id: number) => pathRange(database, id) }
  const condition = conditionFrom(filter)
  return { condition, where: compile(condition, context), candidates: candidatesOf(condition, context) }
}

/** A selection narrowed to those a search finds, whatever their order. */
export function narrowed(selection: Selection, found: Fragment): Selection {
  const { condition, where, candidates } = selection
  return {
    condition,
    where: and([sql`u.number IN (${found})`, where]),
    candidates: [{ numbers: found, question: null }, ...candidates],
  }
}

/** Chooses how to read a selection in the order of a sort: few candidates are gathered and sorted, else an index is walked. */
export function planOf(reader: Reader, selection: Selection, { sort, page }: Pick<Query, 'sort' | 'page'>): Plan {
  const order = orderOf(sort)
  const users = userCount(reader)
  const gatherMax = reader.limits.gatherMax(users, page.limit)
  const best = fewest(reader, selection.candidates, gatherMax, users)
  if (best) return { order, runs: (from, reverse) => [gatherRun(best.numbers, selection.where, order, from, reverse)] }
  if (order.keys.length === 0) return { order, runs: creationRuns(selection, order) }
  const walk = { reader, order, where: selection.where, sortMax: gatherMax }
  return {
    order,
    runs: (from, reverse) => walkRuns({ ...walk, reverse }, from && positionValues(order, from)),
  }
}

/** The candidates that are fewest, where any are at most so many. */
export function fewest(
  reader: Reader,
  candidates: readonly Candidates[],
  most: number,
  users: number,
): Candidates | undefined {
  if (users <= most) return undefined
  let best: { readonly candidates: Candidates; readonly estimate: number } | undefined
  for (const one of candidates) {
    const estimate = estimateOf(reader, one.numbers, best ? best.estimate : most, users)
    if (estimate <= (best ? best.estimate - 1 : most)) best = { candidates: one, estimate }
    if (estimate <= 1) break
  }
  return best?.candidates
}

/** How many numbers there are, counted up to `most + 1`; remembered until the directory has grown by a tenth. */
function estimateOf({ database, estimates }: Reader, numbers: Fragment, most: number, users: number): number {
  const key = keyOf(numbers)
  const known = estimates.get(key)
  const isFresh = known && Math.abs(known.users - users) * 10 <= known.users
  if (known && isFresh && (known.estimate <= known.most || known.most >= most)) return known.estimate
  const row = database.first(sql`SELECT count(*) FROM (SELECT 1 FROM (${numbers}) LIMIT ${most + 1})`)
  const estimate = Number(row?.[0])
  estimates.set(key, { users, estimate, most })
  return estimate
}

function gatherRun(numbers: Fragment, where: Fragment, order: Order, from: Position | null, reverse: boolean): Run {
  const keys = [...order.keys, order.tie]
  const after = from ? [beyond(keys, positionValues(order, from), reverse)] : []
  return {
    source: sql`(${numbers}) c CROSS JOIN users u ON u.number = c.number`,
    where: and([...after, where]),
    orderBy: orderBy(keys, reverse),
    sorts: true,
  }
}

// Rows are numbered in creation order, and so is what the full-text table finds.
function creationRuns(selection: Selection, order: Order): Plan['runs'] {
  const question = selection.candidates.find((one) => one.question !== null)?.question
  const source = question ? raw('user_trigrams t CROSS JOIN users u ON u.number = t.rowid') : creationSource(selection)
  const number = question ? raw('t.rowid') : order.tie.expression
  const asked = question ? [sql`t.user_trigrams MATCH ${question}`] : []
  return (from, reverse) => {
    const after: SqlValue[] = from ? [...positionValues(order, from)] : []
    const range = after.map((value) => sql`${number} ${raw(reverse ? '<' : '>')} ${value}`)
    return [
      {
        source,
        where: and([...asked, ...range, selection.where]),
        orderBy: sql`${number} ${raw(reverse ? 'DESC' : 'ASC')}`,
        sorts: false,
      },
    ]
  }
}

// Narrow indexes that are in creation order too, where all that is asked stands in them.
function creationSource({ condition, where }: Selection): Fragment {
  const texts = conjuncts(condition).length
  if (where.text === 'u.live = 1') return raw('users u INDEXED BY users_live')
  if (texts === 2 && /^\(?u\.live = 1 AND u\.customer_id = \?\)?$/.test(where.text)) {
    return raw('users u INDEXED BY users_customer')
  }
  return raw('users u NOT INDEXED')
}
