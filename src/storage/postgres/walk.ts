import { and, join, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { hasLong, LONG_AUTHOR, shortNames } from './long-texts.ts'
import { beyond, orderBy, type Members, type Order, type OrderKey } from './order.ts'
import type { Reading } from './reader.ts'
import type { ReadRun, Run, Runs } from './run.ts'

/** A walk along an order's indexes. */
export interface Walk {
  readonly reading: Reading
  readonly order: Order
  readonly where: Fragment
  /** Whether the condition is one that every plan is good for. */
  readonly isPlain: boolean
  readonly reverse: boolean
  /** Users with one key that may be sorted to find the next page; where there are more, another index is walked. */
  readonly groupMax: number
  /** Users of different keys that are sorted together: at first, and at most. */
  readonly sliceMin: number
  readonly sliceMax: number
}

/**
 * The stretches of an order from its beginning, or from right after some values of its keys and tie (in reverse: before
 * them), one after another. Each is a range of an index, or so few users that they may be sorted.
 */
export function walkRuns(walk: Walk, from: readonly SqlValue[] | null): Runs {
  const { keys } = walk.order
  // What is in no index is sorted, however many they are.
  if (keys.some(({ indexed }) => !indexed)) return [sortedRun(walk, keys, raw('users u'), [], from)]
  const isIndexed = isNames(keys) && !hasLong(walk.reading.heading.long, LONG_AUTHOR)
  return isIndexed ? namesRuns(walk, keys, from) : runsOf(walk, keys, [], from)
}

async function* runsOf(
  walk: Walk,
  keys: readonly OrderKey[],
  fixed: readonly Members[],
  from: readonly SqlValue[] | null,
): AsyncIterable<Run> {
  const [key, ...rest] = keys
  const group = fixed.at(-1)
  if (!key) yield await tieRun(walk, fixed, from)
  else if (group && (await isFew(walk, group))) {
    yield sortedRun(walk, keys, group.source, [...held(fixed), group.where], from)
  } else if (rest.length === 0 && key.tied) yield* plainRuns(walk, key, fixed, from)
  else yield* groupedRuns(walk, key, rest, fixed, from)
}

// All keys are equal: what is left is the order of ids.
async function tieRun(walk: Walk, fixed: readonly Members[], from: readonly SqlValue[] | null): Promise<ReadRun> {
  const group = fixed.at(-1)
  if (group && (group.tied || (await isFew(walk, group)))) {
    const run = sortedRun(walk, [], group.source, [...held(fixed), group.where], from)
    if (!group.by) return { ...run, sorts: !group.tied }
    const direction = raw(walk.order.tie.descending === walk.reverse ? 'ASC' : 'DESC')
    return { ...run, orderBy: sql`${group.by} ${direction}, ${run.orderBy}`, sorts: false }
  }
  return { ...sortedRun(walk, [], raw('users u'), held(fixed), from), sorts: false }
}

function sortedRun(
  { where, order, reverse }: Walk,
  keys: readonly OrderKey[],
  source: Fragment,
  conditions: readonly Fragment[],
  from: readonly SqlValue[] | null,
): ReadRun {
  const all = [...keys, order.tie]
  const after = from ? [beyond(all, from, reverse)] : []
  return {
    kind: 'read',
    source,
    where: and([...conditions, ...after, where]),
    orderBy: orderBy(all, reverse),
    sorts: true,
    score: null,
  }
}

// The last key, and ids where it is equal, as the index has them: those who have the key, and those who have none.
function plainRuns(
  walk: Walk,
  key: OrderKey,
  fixed: readonly Members[],
  from: readonly SqlValue[] | null,
): readonly Run[] {
  const { reverse, order, isPlain } = walk
  const { expression, nullable } = key
  const tie = order.tie.expression
  const beyond = raw(key.descending === reverse ? '>' : '<')
  const direction = raw(key.descending === reverse ? 'ASC' : 'DESC')
  // The direction alone: nulls, of which there are none or nothing else, stand where the index has them.
  const orderBy = sql`${expression} ${direction}, ${tie} ${direction}`
  const run = (conditions: readonly Fragment[]): ReadRun => {
    const where = and([...conditions, ...key.sourceHolds, ...held(fixed), walk.where])
    return { kind: 'read', source: key.source, where, orderBy, sorts: false, score: null, isPlain }
  }
  const [value = null, tieValue = null] = from ?? []
  const present = (range: readonly Fragment[]) => run([...(nullable ? [sql`${expression} IS NOT NULL`] : []), ...range])
  const absent = (range: readonly Fragment[]) => run([sql`${expression} IS NULL`, ...range])

  if (from && value === null) {
    const rest = absent([sql`${tie} ${beyond} ${tieValue}`])
    return reverse ? [rest, present([])] : [rest]
  }
  if (from) {
    const rest = present([sql`(${expression}, ${tie}) ${beyond} (${value}, ${tieValue})`])
    return nullable && !reverse ? [rest, absent([])] : [rest]
  }
  const both = nullable ? [present([]), absent([])] : [present([])]
  return reverse ? both.reverse() : both
}

// Family and given name, both A to Z: the one order of several keys that has an index.
function isNames(keys: readonly OrderKey[]): boolean {
  const names = keys.map(({ expression, descending }) => (descending ? '' : expression.text))
  return names.length === 2 && names[0] === 'u.family_name' && names[1] === 'u.given_name'
}

function namesRuns(walk: Walk, keys: readonly OrderKey[], from: readonly SqlValue[] | null): readonly Run[] {
  const { reverse, order, isPlain } = walk
  const all = [...keys, order.tie]
  const direction = raw(reverse ? 'DESC' : 'ASC')
  const by = join(
    all.map(({ expression }) => sql`${expression} ${direction}`),
    ', ',
  )
  const run = (conditions: readonly Fragment[]): ReadRun => {
    const where = and([...conditions, raw(shortNames('u.family_name', 'u.given_name')), walk.where])
    return { kind: 'read', source: raw('users u'), where, orderBy: by, sorts: false, score: null, isPlain }
  }
  const family = raw('u.family_name')
  // Nulls come last, as they stand in the index.
  if (!from) return [run([])]
  const [value = null, ...others] = from
  if (value === null) {
    const rest = run([sql`${family} IS NULL`, beyond(all.slice(1), others, reverse)])
    return reverse ? [rest, run([sql`${family} IS NOT NULL`])] : [rest]
  }
  const range = sql`${family} ${raw(reverse ? '<=' : '>=')} ${value}`
  const rest = run([range, beyond(all, from, reverse)])
  return reverse ? [rest] : [rest, run([sql`${family} IS NULL`])]
}

// Several keys, or one that users share in no order: group by group of the first one.
async function* groupedRuns(
  walk: Walk,
  key: OrderKey,
  rest: readonly OrderKey[],
  fixed: readonly Members[],
  from: readonly SqlValue[] | null,
): AsyncIterable<Run> {
  const { reverse } = walk
  const all = [key, ...rest]
  const group = (value: SqlValue, position: readonly SqlValue[] | null): Runs => {
    const members = key.members(value)
    const runs = () => runsOf(walk, rest, [...fixed, members], position)
    if (position) return runs()
    const where = and([...held(fixed), members.where, walk.where])
    return [{ kind: 'group', source: members.source, where, runs }]
  }
  const value = from?.[0] ?? null
  const isAbsent = from !== null && value === null
  if (!from && reverse && key.nullable) yield* group(null, null)
  if (from) yield* group(value, from.slice(1))
  if (!isAbsent || reverse) {
    for await (const slice of key.values ? valuesBeyond(walk, key, key.values, value) : slices(walk, key, value)) {
      if ('value' in slice) yield* group(slice.value, null)
      else yield sortedRun(walk, all, key.source, [...held(fixed), ...key.sourceHolds, slice.range], null)
    }
  }
  if (!isAbsent && !reverse && key.nullable) yield* group(null, null)
}

type Slice = { readonly range: Fragment } | { readonly value: SqlValue }

function valuesBeyond(
  { reverse }: Walk,
  { descending }: OrderKey,
  values: readonly SqlValue[],
  after: SqlValue,
): Slice[] {
  const ascending = descending === reverse
  const beyond = values.filter(
    (value) => after === null || (ascending ? Number(value) > Number(after) : Number(value) < Number(after)),
  )
  if (!ascending) beyond.reverse()
  return beyond.map((value) => ({ value }))
}

/** Slices get larger on the way: where the filter leaves out most users, few statements reach far. */
const SLICE_GROWTH = 4

// What is beyond a value, null left out, in ranges of few users and single values that many have.
async function* slices(
  { reading, reverse, sliceMin, sliceMax }: Walk,
  key: OrderKey,
  after: SqlValue,
): AsyncIterable<Slice> {
  const ascending = key.descending === reverse
  const beyond = raw(ascending ? '>' : '<')
  const name = key.sourceKey
  const having = sql`${name} IS NOT NULL`
  let from = after === null ? having : sql`${name} ${beyond} ${after}`
  for (let size = sliceMin; ; size = Math.min(size * SLICE_GROWTH, sliceMax)) {
    const ends = await reading.asking.rows(sql`SELECT k FROM (SELECT k, row_number() OVER () AS place
        FROM (SELECT ${name} AS k FROM ${key.source} WHERE ${and([...key.sourceHolds, from])}
          ORDER BY ${name} ${raw(ascending ? 'ASC' : 'DESC')} LIMIT ${size + 1}) a) b
      WHERE place IN (1, ${size + 1}) ORDER BY place`)
    const [first, end] = ends.map(([value]) => value as SqlValue)
    if (first === undefined) return
    if (end === undefined) {
      yield { range: from }
      return
    }
    if (first === end) {
      yield { value: first }
      from = sql`${name} ${beyond} ${first}`
    } else {
      yield { range: and([from, sql`${name} ${raw(ascending ? '<' : '>')} ${end}`]) }
      from = sql`${name} ${beyond}= ${end}`
    }
  }
}

async function isFew({ reading, groupMax }: Walk, { source, where }: Members): Promise<boolean> {
  const row = await reading.asking.first(
    sql`SELECT count(*) FROM (SELECT 1 FROM ${source} WHERE ${where} LIMIT ${groupMax + 1}) a`,
  )
  return Number(row?.[0]) <= groupMax
}

function held(fixed: readonly Members[]): Fragment[] {
  return fixed.map(({ holds }) => holds)
}
