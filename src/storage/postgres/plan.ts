import type { Position, Query } from '../../core/query.ts'
import { isConstant } from '../sql/condition.ts'
import { and, raw, sql } from '../sql/fragment.ts'
import { arrayText } from './array-text.ts'
import { creationRuns, isNarrow } from './creation.ts'
import { isCounted } from './count.ts'
import { allMatches, fewMatches } from './matches.ts'
import { namedUsers } from './named.ts'
import { beyond, orderBy, orderOf, positionValues, type Order } from './order.ts'
import { userCount, type Reading } from './reader.ts'
import type { ListRun, ReadRun, Runs } from './run.ts'
import type { Selection } from './selection.ts'
import { walkRuns } from './walk.ts'

/** How the users of a selection are read in order. */
export interface Plan {
  readonly order: Order
  /** The stretches to read one after another, from right after a position, or before it in reverse. */
  readonly runs: (from: Position | null, reverse: boolean) => Runs
  /** How many users there are, where the plan knows. */
  readonly total: number | null
}

/** Chooses how to read a selection in the order of a sort: few users are gathered and sorted, else an index is walked. */
export async function planOf(
  reading: Reading,
  selection: Selection,
  { sort, page, total }: Pick<Query, 'sort' | 'page' | 'total'>,
): Promise<Plan> {
  const { limits } = reading.reader
  const order = orderOf(sort, reading.heading.long)
  const isCreation = order.keys.length === 0
  const users = userCount(reading.heading)
  const skip = page.kind === 'offset' ? page.offset : 0
  const gatherMax = limits.gatherMax(users, skip + page.limit)
  const { condition } = selection
  const isDirect = isCreation && (isNarrow(condition) || (!total && namedUsers(condition) !== undefined))
  const isWhole = isCreation && !isDirect && total && !isCounted(selection)
  const few =
    (isDirect
      ? undefined
      : await fewMatches(reading, selection, isWhole ? Math.max(gatherMax, limits.countedMax) : gatherMax)) ??
    (isWhole ? await allMatches(reading, selection, limits.countedMax) : undefined)
  if (few) {
    const runs: Plan['runs'] = (from, reverse) =>
      isCreation ? [listRun(few, from, reverse)] : [gatherRun(few, order, from, reverse)]
    return { order, runs, total: few.length }
  }
  if (isCreation) {
    return { order, total: null, runs: (from, reverse) => creationRuns(reading, selection, from, reverse, gatherMax) }
  }
  const isPlain = isConstant(condition) || selection.where.text === 'u.live'
  const sliceMin = limits.sliceMin(page.limit)
  const sliceMax = Math.max(sliceMin, limits.gatherMax(users, page.limit))
  const walk = { reading, order, where: selection.where, isPlain, groupMax: gatherMax, sliceMin, sliceMax }
  const runs: Plan['runs'] = (from, reverse) => walkRuns({ ...walk, reverse }, from && positionValues(order, from))
  return { order, runs, total: null }
}

/** Numbers in ascending order, from a position on. */
function listRun(numbers: readonly number[], from: Position | null, reverse: boolean): ListRun {
  const tie = from === null ? null : Number(from.tie)
  if (!reverse)
    return { kind: 'list', numbers: tie === null ? numbers : numbers.slice(countUpTo(numbers, tie)), scores: null }
  const before = tie === null ? numbers : numbers.slice(0, countUpTo(numbers, tie - 1))
  return { kind: 'list', numbers: before.toReversed(), scores: null }
}

// How many are at most so large.
function countUpTo(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) <= most) low = middle + 1
    else high = middle
  }
  return low
}

function gatherRun(numbers: readonly number[], order: Order, from: Position | null, reverse: boolean): ReadRun {
  const keys = [...order.keys, order.tie]
  return {
    kind: 'read',
    source: raw('users u'),
    where: and([
      sql`u.number = ANY (${arrayText(numbers)}::bigint[])`,
      ...(from ? [beyond(keys, positionValues(order, from), reverse)] : []),
    ]),
    orderBy: orderBy(keys, reverse),
    sorts: true,
    score: null,
  }
}
