import { and, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { orderBy, beyond, type Members, type Order, type OrderKey } from './order.ts'
import type { Reader } from './reader.ts'
import type { ReadRun, Run } from './run.ts'
import { limit } from './limit.ts'

/** A walk along an order's indexes. */
export interface Walk {
  readonly reader: Reader
  readonly order: Order
  readonly where: Fragment
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
export function walkRuns(walk: Walk, from: readonly SqlValue[] | null): Iterable<Run> {
  const { keys } = walk.order
  return isNames(keys) ? namesRuns(walk, from) : runsOf(walk, keys, [], from)
}

function* runsOf(
  walk: Walk,
  keys: readonly OrderKey[],
  fixed: readonly Members[],
  from: readonly SqlValue[] | null,
): Iterable<Run> {
  const [key, ...rest] = keys
  const group = fixed.at(-1)
  if (!key) yield tieRun(walk, fixed, from)
  else if (group && isFew(walk, group)) yield sortedRun(walk, keys, group.source, [...held(fixed), group.where], from)
  else if (rest.length === 0 && key.tied) yield* plainRuns(walk, key, fixed, from)
  else yield* groupedRuns(walk, key, rest, fixed, from)
}

// All keys are equal: what is left is the order of ids.
function tieRun(walk: Walk, fixed: readonly Members[], from: readonly SqlValue[] | null): ReadRun {
  const group = fixed.at(-1)
  if (group && (group.tied || isFew(walk, group))) {
    const run = sortedRun(walk, [], group.source, [...held(fixed), group.where], from)
    return { ...run, sorts: !group.tied }
  }
  return { ...sortedRun(walk, [], raw('users u INDEXED BY users_by_id'), held(fixed), from), sorts: false }
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
    number: raw('u.number'),
    sorts: true,
    score: null,
  }
}

// The last key, and ids where it is equal, as the index has them: those who have the key, and those who have none.
function* plainRuns(
  walk: Walk,
  key: OrderKey,
  fixed: readonly Members[],
  from: readonly SqlValue[] | null,
): Iterable<Run> {
  const { reverse, order } = walk
  const { expression, nullable } = key
  const tie = order.tie.expression
  const beyond = raw(key.descending === reverse ? '>' : '<')
  const direction = raw(key.descending === reverse ? 'ASC' : 'DESC')
  const run = (conditions: readonly Fragment[], by: Fragment): ReadRun => {
    const where = and([...conditions, ...held(fixed), walk.where])
    return { kind: 'read', source: key.source, where, orderBy: by, number: raw('u.number'), sorts: false, score: null }
  }
  const [value = null, tieValue = null] = from ?? []
  // Nulls are the lowest in the index, and may be many: a range that goes down must say where they begin.
  const isDown = key.descending !== reverse
  const having = nullable && (isDown || !from || value === null) ? [sql`${expression} >= ${lowest(key)}`] : []
  const present = (range: readonly Fragment[]) =>
    run(
      [...having, ...range],
      key.unique ? sql`${expression} ${direction}` : sql`${expression} ${direction}, ${tie} ${direction}`,
    )
  const absent = (range: readonly Fragment[]) => run([sql`${expression} IS NULL`, ...range], sql`${tie} ${direction}`)

  if (from && value === null) {
    yield absent([sql`${tie} ${beyond} ${tieValue}`])
    if (reverse) yield present([])
  } else if (from) {
    yield present([
      key.unique
        ? sql`${expression} ${beyond} ${value}`
        : sql`(${expression}, ${tie}) ${beyond} (${value}, ${tieValue})`,
    ])
    if (nullable && !reverse) yield absent([])
  } else {
    const both = nullable ? [present([]), absent([])] : [present([])]
    yield* reverse ? both.reverse() : both
  }
}

// Family and given name, both A to Z: the one order of several keys that has an index.
function isNames(keys: readonly OrderKey[]): boolean {
  const names = keys.map(({ expression, descending }) => (descending ? '' : expression.text))
  return names.length === 2 && names[0] === 'u.family_name' && names[1] === 'u.given_name'
}

function* namesRuns({ reverse, where }: Walk, from: readonly SqlValue[] | null): Iterable<Run> {
  const direction = reverse ? 'DESC' : 'ASC'
  const beyond = raw(reverse ? '<' : '>')
  // As the index has them, whose nulls among given names come last. What is the same for all is not said: they would be sorted.
  const orderBy = (terms: readonly string[]) => raw(terms.map((term) => `u.${term} ${direction}`).join(', '))
  const run = (conditions: readonly Fragment[], terms: readonly string[]): Run => ({
    kind: 'read',
    source: raw('users u INDEXED BY users_by_names'),
    where: and([...conditions, where]),
    orderBy: orderBy(terms),
    number: raw('u.number'),
    sorts: false,
    score: null,
  })
  const [given, ids] = [['given_name', 'id'], ['id']]
  const all = ['family_name', 'given_name IS NULL', ...given]
  const present = (range: readonly Fragment[] = []) => run([raw(`u.family_name >= ''`), ...range], all)
  const absent = run([raw('u.family_name IS NULL')], all.slice(1))
  if (!from) {
    yield* reverse ? [absent, present()] : [present(), absent]
    return
  }
  const [familyName = null, givenName = null, id = null] = from
  // Those of the same family: of the same given name, then of the names and the lack of one that are beyond it.
  const same = familyName === null ? raw('u.family_name IS NULL') : sql`u.family_name = ${familyName}`
  const named = (range: readonly Fragment[] = []) => run([same, raw('(u.given_name IS NULL) = 0'), ...range], given)
  const unnamed = (range: readonly Fragment[] = []) =>
    run([same, raw('(u.given_name IS NULL) = 1'), raw('u.given_name IS NULL'), ...range], ids)
  if (givenName === null) yield unnamed([sql`u.id ${beyond} ${id}`])
  else yield named([sql`(u.given_name, u.id) ${beyond} (${givenName}, ${id})`])
  if ((givenName === null) === reverse) yield reverse ? named() : unnamed()
  if (familyName !== null) yield present([sql`u.family_name ${beyond} ${familyName}`])
  if ((familyName === null) === reverse) yield reverse ? present() : absent
}

// Several keys, or one that users share in no order: group by group of the first one.
function* groupedRuns(
  walk: Walk,
  key: OrderKey,
  rest: readonly OrderKey[],
  fixed: readonly Members[],
  from: readonly SqlValue[] | null,
): Iterable<Run> {
  const { reverse } = walk
  const all = [key, ...rest]
  const group = (value: SqlValue, position: readonly SqlValue[] | null): Iterable<Run> => {
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
    for (const slice of key.values ? valuesBeyond(walk, key, key.values, value) : slices(walk, key, value)) {
      if ('value' in slice) yield* group(slice.value, null)
      else yield sortedRun(walk, all, key.source, [...held(fixed), slice.range], null)
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
function* slices({ reader, reverse, sliceMin, sliceMax }: Walk, key: OrderKey, after: SqlValue): Iterable<Slice> {
  const ascending = key.descending === reverse
  const beyond = raw(ascending ? '>' : '<')
  const name = key.sourceKey
  const valueAt = (from: Fragment, offset: number): SqlValue | undefined =>
    reader.database.first(sql`SELECT ${name} FROM ${key.source} WHERE ${from}
      ORDER BY ${name} ${raw(ascending ? 'ASC' : 'DESC')} ${limit(1, offset)}`)?.[0]
  const having = sql`${name} >= ${lowest(key)}`
  let from = after === null ? having : sql`(${name} ${beyond} ${after} AND ${having})`
  for (let size = sliceMin; ; size = Math.min(size * SLICE_GROWTH, sliceMax)) {
    const first = valueAt(from, 0)
    if (first === undefined) return
    const end = valueAt(from, size)
    if (end === undefined) {
      yield { range: from }
      return
    }
    if (isSame(first, end)) {
      yield { value: first }
      from = sql`(${name} ${beyond} ${first} AND ${having})`
    } else {
      yield { range: sql`(${from} AND ${name} ${raw(ascending ? '<' : '>')} ${end})` }
      from = sql`(${name} ${beyond}= ${end} AND ${having})`
    }
  }
}

function isFew({ reader, groupMax }: Walk, { source, where }: Members): boolean {
  const row = reader.database.first(
    sql`SELECT count(*) FROM (SELECT 1 FROM ${source} WHERE ${where} ${limit(groupMax + 1)})`,
  )
  return Number(row?.[0]) <= groupMax
}

function held(fixed: readonly Members[]): Fragment[] {
  return fixed.map(({ holds }) => holds)
}

// At or below everything a key can be but null.
function lowest({ kind }: OrderKey): SqlValue {
  if (kind === 'id') return new Uint8Array(16)
  return kind === 'integer' || kind === 'instant' ? -(2 ** 63) : ''
}

function isSame(a: SqlValue, b: SqlValue): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b
}
