import { and, join, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { hasLong, lead, LONG_AUTHOR, longNames, shortNames } from './long-texts.ts'
import { beyond, leadBound, orderBy, type Members, type Order, type OrderKey, type Part } from './order.ts'
import type { Reading } from './reader.ts'
import type { ReadRun, Rows, Run, Runs } from './run.ts'

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
  return isNames(keys) ? namesRuns(walk, keys, from) : runsOf(walk, keys, [], from)
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

/** A run of rows that several indexes have, each in the same order. `by` is that order by the columns of `ordered`. */
function mergedRun([first, second]: readonly [Rows, ...Rows[]], by: Fragment, run: Omit<ReadRun, keyof Rows>): ReadRun {
  return { ...run, ...first, ...(second && { beside: { rows: second, orderBy: by } }) }
}

// Rows of a part in the order of its keys. By a lead first, where there is one: texts that differ there are in the order of
// their leads, so that the index is walked and only those that begin alike are sorted.
function rowsOf(
  { source, holds, lead }: Part,
  conditions: readonly Fragment[],
  by: Fragment,
  direction: Fragment,
): Rows {
  const orderBy = lead ? sql`${lead} ${direction}, ${by}` : by
  return { source, where: and([...conditions, ...holds]), orderBy }
}

// The last key, and ids where it is equal, as the index has them: those who have the key, and those who have none.
function plainRuns(
  walk: Walk,
  key: OrderKey,
  fixed: readonly Members[],
  from: readonly SqlValue[] | null,
): readonly Run[] {
  const { reverse, order, isPlain } = walk
  const { expression, nullable, parts } = key
  const tie = order.tie.expression
  const comparison = key.descending === reverse ? '>' : '<'
  const beyond = raw(comparison)
  const direction = raw(key.descending === reverse ? 'ASC' : 'DESC')
  // The direction alone: nulls, of which there are none or nothing else, stand where the index has them.
  const by = sql`${expression} ${direction}, ${tie} ${direction}`
  const last = order.keys.length
  const merged = sql`${raw(`k${last - 1}`)} ${direction}, ${raw(`k${last}`)} ${direction}`
  const others = [...held(fixed), walk.where]
  const run = { kind: 'read', sorts: false, score: null, isPlain } as const
  const [value = null, tieValue = null] = from ?? []

  const having = nullable ? [sql`${expression} IS NOT NULL`] : []
  const present = (position: readonly SqlValue[] | null) => {
    const range = position ? [sql`(${expression}, ${tie}) ${beyond} (${value}, ${tieValue})`] : having
    const rows = (part: Part) => {
      const bound = position ? leadBound(part.lead, comparison, value) : []
      return rowsOf(part, [...range, ...bound, ...others], by, direction)
    }
    const [first, ...more] = parts
    return mergedRun([rows(first), ...more.map(rows)], merged, run)
  }
  const absent = (range: readonly Fragment[]): ReadRun => {
    return { ...run, ...rowsOf(parts[0], [sql`${expression} IS NULL`, ...range, ...others], by, direction) }
  }

  if (from && value === null) {
    const rest = absent([sql`${tie} ${beyond} ${tieValue}`])
    return reverse ? [rest, present(null)] : [rest]
  }
  if (from) {
    const rest = present(from)
    return nullable && !reverse ? [rest, absent([])] : [rest]
  }
  const both = nullable ? [present(null), absent([])] : [present(null)]
  return reverse ? both.reverse() : both
}

// Family and given name, both A to Z: the one order of several keys that has an index.
function isNames(keys: readonly OrderKey[]): boolean {
  const names = keys.map(({ expression, descending }) => (descending ? '' : expression.text))
  return names.length === 2 && names[0] === 'u.family_name' && names[1] === 'u.given_name'
}

const SHORT_NAMES: Part = {
  source: raw('users u'),
  holds: [raw(shortNames('u.family_name', 'u.given_name'))],
  lead: null,
}
const LONG_NAMES: Part = {
  source: raw('users u'),
  holds: [raw(longNames('u.family_name', 'u.given_name'))],
  lead: raw(lead('u.family_name')),
}

function namesRuns(walk: Walk, keys: readonly OrderKey[], from: readonly SqlValue[] | null): readonly Run[] {
  const { reverse, order, isPlain, reading } = walk
  const all = [...keys, order.tie]
  const direction = raw(reverse ? 'DESC' : 'ASC')
  const inOrder = (expressions: readonly Fragment[]) => join(expressions.map((one) => sql`${one} ${direction}`), ', ') // prettier-ignore
  const by = inOrder(all.map(({ expression }) => expression))
  const merged = inOrder(all.map((_, at) => raw(`k${at}`)))
  const run = (conditions: readonly Fragment[], bound: (lead: Fragment) => readonly Fragment[]): ReadRun => {
    const rows = (part: Part) =>
      rowsOf(part, [...conditions, ...(part.lead ? bound(part.lead) : []), walk.where], by, direction)
    const more = hasLong(reading.heading.long, LONG_AUTHOR) ? [rows(LONG_NAMES)] : []
    const facts = { kind: 'read', sorts: false, score: null, isPlain } as const
    return mergedRun([rows(SHORT_NAMES), ...more], merged, facts)
  }
  const family = raw('u.family_name')
  const absent = (lead: Fragment) => [sql`${lead} IS NULL`]
  // Nulls come last, as they stand in the index.
  if (!from) return [run([], () => [])]
  const [value = null, ...others] = from
  if (value === null) {
    const rest = run([sql`${family} IS NULL`, beyond(all.slice(1), others, reverse)], absent)
    return reverse ? [rest, run([sql`${family} IS NOT NULL`], () => [])] : [rest]
  }
  const comparison = reverse ? '<=' : '>='
  const range = sql`${family} ${raw(comparison)} ${value}`
  const rest = run([range, beyond(all, from, reverse)], (lead) => leadBound(lead, comparison, value))
  return reverse ? [rest] : [rest, run([sql`${family} IS NULL`], absent)]
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
  const all = [key, ...rest] as const
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
      else yield sliceRun(walk, all, fixed, slice.range)
    }
  }
  if (!isAbsent && !reverse && key.nullable) yield* group(null, null)
}

/** A comparison of a key with a value. */
interface Bound {
  readonly comparison: '<' | '<=' | '>' | '>='
  readonly value: SqlValue
}

type Slice = { readonly range: readonly Bound[] } | { readonly value: SqlValue }

// What of a part is in a range of the key.
function within({ name }: OrderKey, { lead, holds }: Part, range: readonly Bound[]): readonly Fragment[] {
  const bounds = range.flatMap(({ comparison, value }) => [
    sql`${name} ${raw(comparison)} ${value}`,
    ...leadBound(lead, comparison, value),
  ])
  return [...holds, ...(bounds.length > 0 ? bounds : [sql`${name} IS NOT NULL`])]
}

// A slice of the first of the keys.
function sliceRun(
  walk: Walk,
  [key, ...rest]: readonly [OrderKey, ...OrderKey[]],
  fixed: readonly Members[],
  range: readonly Bound[],
): ReadRun {
  const all = [key, ...rest]
  const rows = (part: Part) => sortedRun(walk, all, part.source, [...held(fixed), ...within(key, part, range)], null)
  const [first, ...others] = key.parts
  const columns = [...walk.order.keys, walk.order.tie].map((one, at) => ({ ...one, expression: raw(`k${at}`) }))
  return mergedRun([rows(first), ...others.map(rows)], orderBy(columns, walk.reverse), rows(first))
}

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
  const beyond = ascending ? '>' : '<'
  const direction = raw(ascending ? 'ASC' : 'DESC')
  let from: readonly Bound[] = after === null ? [] : [{ comparison: beyond, value: after }]
  for (let size = sliceMin; ; size = Math.min(size * SLICE_GROWTH, sliceMax)) {
    const most = sql`LIMIT ${size + 1}`
    const keys = key.parts.map((part) => {
      const by = part.lead ? sql`${part.lead} ${direction}, ${key.name} ${direction}` : sql`${key.name} ${direction}`
      return sql`(SELECT ${key.name} AS k FROM ${part.source} WHERE ${and(within(key, part, from))} ORDER BY ${by} ${most})`
    })
    const all =
      keys.length === 1
        ? sql`${keys[0] ?? key.name} a`
        : sql`(${join(keys, ' UNION ALL ')} ORDER BY k ${direction} ${most}) a`
    const ends = await reading.asking.rows(sql`SELECT k FROM (SELECT k, row_number() OVER () AS place FROM ${all}) b
      WHERE place IN (1, ${size + 1}) ORDER BY place`)
    const [first, end] = ends.map(([value]) => value as SqlValue)
    if (first === undefined) return
    if (end === undefined) {
      yield { range: from }
      return
    }
    if (first === end) {
      yield { value: first }
      from = [{ comparison: beyond, value: first }]
    } else {
      yield { range: [...from, { comparison: ascending ? '<' : '>', value: end }] }
      from = [{ comparison: ascending ? '>=' : '<=', value: end }]
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
