import type { Position, Query } from '../../core/query.ts'
import { isConstant } from '../sql/condition.ts'
import { and, raw, sql } from '../sql/fragment.ts'
import { LIVE_ROW } from './compile.ts'
import { creationRuns, narrowIndex } from './creation.ts'
import { countedAtOnce } from './count.ts'
import { assertCheap, inTime, isLarge } from './dear.ts'
import { fewMatches } from './matches.ts'
import { beyond, orderBy, orderOf, positionValues, type Order } from './order.ts'
import { userCount, type Reader } from './reader.ts'
import type { ListRun, ReadRun, Run } from './run.ts'
import type { Selection } from './selection.ts'
import { walkRuns } from './walk.ts'

/** How the users of a selection are read in order. */
export interface Plan {
  readonly order: Order
  /** The stretches to read one after another, from right after a position, or before it in reverse. */
  readonly runs: (from: Position | null, reverse: boolean) => Iterable<Run>
  /** How many users there are, where the plan knows. */
  readonly total: number | null
}

/** Chooses how to read a selection in the order of a sort: few users are gathered and sorted, else an index is walked. */
export function planOf(reader: Reader, selection: Selection, { sort, page }: Pick<Query, 'sort' | 'page'>): Plan {
  const order = orderOf(sort)
  const isCreation = order.keys.length === 0
  const users = userCount(reader)
  const skip = page.kind === 'offset' ? page.offset : 0
  const gatherMax = reader.limits.gatherMax(users, skip + page.limit)
  const isNarrow = isCreation && narrowIndex(selection.condition) !== null
  const few = isNarrow ? undefined : fewMatches(reader, selection, gatherMax)
  if (few) {
    const runs: Plan['runs'] = (from, reverse) =>
      isCreation ? [listRun(few, from, reverse)] : [gatherRun(few, order, from, reverse)]
    return { order, runs, total: few.length }
  }
  if (isCreation) {
    if (!isNarrow) assertCheap(reader, skip)
    return { order, total: null, runs: (from, reverse) => creationRuns(reader, selection, from, reverse, gatherMax) }
  }
  assertFound(reader, selection, skip + page.limit)
  const sliceMin = reader.limits.sliceMin(page.limit)
  const sliceMax = Math.max(sliceMin, reader.limits.gatherMax(users, page.limit))
  const where = and([...inTime(reader, 'u.number'), selection.where])
  const walk = { reader, order, where, groupMax: gatherMax, sliceMin, sliceMax }
  const runs: Plan['runs'] = (from, reverse) => walkRuns({ ...walk, reverse }, from && positionValues(order, from))
  return { order, runs, total: null }
}

// An index is walked past those whom the filter leaves out: the fewer it means, the farther.
function assertFound(reader: Reader, selection: Selection, wanted: number): void {
  // Almost everybody is meant.
  if (isConstant(selection.condition) || selection.where.text === LIVE_ROW.text) {
    assertCheap(reader, wanted)
    return
  }
  if (!isLarge(reader)) return
  const users = userCount(reader)
  const matches = countedAtOnce(reader, selection)
  assertCheap(reader, matches === 0 ? users : Math.min(users, Math.ceil((users / matches) * wanted)))
}

/** Numbers in ascending order, from a position on. */
export function listRun(
  numbers: readonly number[],
  from: Position | null,
  reverse: boolean,
  score: number | null = null,
): ListRun {
  const tie = from === null ? null : Number(from.tie)
  const beyond = tie === null ? numbers : numbers.filter((number) => (reverse ? number < tie : number > tie))
  return { kind: 'list', numbers: reverse ? beyond.toReversed() : beyond, score }
}

function gatherRun(numbers: readonly number[], order: Order, from: Position | null, reverse: boolean): ReadRun {
  const keys = [...order.keys, order.tie]
  return {
    kind: 'read',
    source: sql`json_each(${JSON.stringify(numbers)}) c CROSS JOIN users u ON u.number = c.value`,
    where: from ? beyond(keys, positionValues(order, from), reverse) : and([]),
    orderBy: orderBy(keys, reverse),
    number: raw('u.number'),
    sorts: true,
    score: null,
  }
}
