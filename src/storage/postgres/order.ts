import type { Value } from '../../core/filter.ts'
import type { Position } from '../../core/query.ts'
import type { SortField, SortKey } from '../../core/sort.ts'
import { COLUMNS, isColumnField, type Column } from '../sql/columns.ts'
import { ALWAYS, and, join, or, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { shortColumn } from './compile.ts'
import { hasLong, LONG_AUTHOR, shortText } from './long-texts.ts'

/** One key of an order. */
export interface OrderKey {
  /** The key of a row `u` of `users`. */
  readonly expression: Fragment
  readonly kind: Column['kind']
  readonly nullable: boolean
  readonly descending: boolean
  /** The rows `u` in the order of the key, null ones left out, what must be said for that, and the key as it is called there. */
  readonly source: Fragment
  readonly sourceHolds: readonly Fragment[]
  readonly sourceKey: Fragment
  /** Whether the source is in the order of ids where keys are equal. */
  readonly tied: boolean
  /** Whether there is a source at all: texts too long for an index are in none. */
  readonly indexed: boolean
  /** All there can be, ascending, where they are few and known; the source is then not in the order of the key. */
  readonly values?: readonly SqlValue[]
  /** The rows `u` with one key. */
  readonly members: (value: SqlValue) => Members
}

/** The users who have the same key. */
export interface Members {
  readonly source: Fragment
  /** What makes a row of the source a member. */
  readonly where: Fragment
  /** What makes any row `u` a member. */
  readonly holds: Fragment
  /** Whether the source has an index in which they stand in the order of ids, and by what before that. */
  readonly tied: boolean
  readonly by: Fragment | null
}

/** The order of a sort: its keys, and the id in the direction of the last one. Without keys it is creation order. */
export interface Order {
  readonly keys: readonly OrderKey[]
  /** `u.id`, or `u.number` in creation order. */
  readonly tie: Pick<OrderKey, 'expression' | 'kind' | 'nullable' | 'descending'>
}

/** The order a sort asks for; `long` says which columns have long texts. */
export function orderOf(sort: readonly SortKey[], long: number): Order {
  const last = sort.at(-1)
  const tie = { nullable: false, descending: last?.descending ?? false } as const
  if (!last) return { keys: [], tie: { ...tie, expression: raw('u.number'), kind: 'integer' } }
  return { keys: sort.map((key) => keyOf(key, long)), tie: { ...tie, expression: raw('u.id'), kind: 'id' } }
}

function keyOf({ field, descending, ranks }: SortKey, long: number): OrderKey {
  if (!isColumnField(field)) return { descending, ...authorKey(field, long) }
  const column = COLUMNS[field]
  return { descending, ...(ranks ? rankedKey(column, ranks, long) : columnKey(column, long)) }
}

function columnKey({ name, kind, nullable }: Column, long: number): Omit<OrderKey, 'descending'> {
  const expression = raw(`u.${name}`)
  const source = raw('users u')
  const sourceHolds = shortColumn(name, long)
  const members = (value: SqlValue): Members => {
    const where = and([...sourceHolds, value === null ? sql`${expression} IS NULL` : sql`${expression} = ${value}`])
    return { source, where, holds: where, tied: true, by: expression }
  }
  const indexed = !hasLong(long, name)
  return { expression, kind, nullable, source, sourceHolds, sourceKey: expression, tied: true, indexed, members }
}

// The place of a word among the ranks; words that are not named share the place after the last one.
function rankedKey(column: Column, ranks: readonly (readonly string[])[], long: number): Omit<OrderKey, 'descending'> {
  const plain = columnKey(column, long)
  const named = new Set(ranks.flat())
  const others = (column.words ?? []).filter((word) => !named.has(word))
  const isAny = (words: readonly string[]) => {
    return words.length === 0
      ? raw('FALSE')
      : sql`${plain.expression} IN (${join(
          words.map((word) => sql`${word}`),
          ', ',
        )})`
  }
  const cases = ranks.map((words, rank) => sql`WHEN ${isAny(words)} THEN ${raw(String(rank))}`)
  const members = (rank: SqlValue): Members => {
    const words = ranks[Number(rank)] ?? others
    const where = isAny(words)
    return { source: plain.source, where, holds: where, tied: words.length === 1, by: null }
  }
  return {
    ...plain,
    expression: sql`(CASE ${join([...cases, raw('')], ' ')} ELSE ${raw(String(ranks.length))} END)`,
    kind: 'integer',
    nullable: false,
    tied: false,
    values: [...ranks.keys(), ranks.length],
    members,
  }
}

// Authors are a table of their own, so that a new name is one row; users stand below their author.
function authorKey(field: SortField & `${string}Name`, long: number): Omit<OrderKey, 'descending'> {
  const by = field === 'createdByName' ? 'created_by' : 'updated_by'
  const expression = raw(`(SELECT a.name FROM authors a WHERE a.id = u.${by})`)
  const source = raw(`authors a JOIN users u ON u.${by} = a.id`)
  const indexed = !hasLong(long, LONG_AUTHOR)
  const sourceHolds = indexed ? [raw(shortText('a.name'))] : []
  const members = (value: SqlValue): Members => {
    if (value !== null) {
      const where = and([...sourceHolds, sql`a.name = ${value}`])
      const holds = sql`u.${raw(by)} IN (SELECT a.id FROM authors a WHERE ${where})`
      return { source, where, holds, tied: false, by: null }
    }
    const nameless = raw(`(SELECT number FROM users WHERE ${by} IS NULL UNION ALL
      SELECT n.number FROM authors a JOIN users n ON n.${by} = a.id WHERE a.name IS NULL) c
      JOIN users u ON u.number = c.number`)
    return { source: nameless, where: ALWAYS, holds: sql`${expression} IS NULL`, tied: false, by: null }
  }
  const sourceKey = raw('a.name')
  return { expression, kind: 'text', nullable: true, source, sourceHolds, sourceKey, tied: false, indexed, members }
}

/** What is needed of a key to compare by it. */
type Key = Order['tie']

/** ORDER BY of keys, or of their reverse. Nulls come last, so first in reverse. */
export function orderBy(keys: readonly Key[], reverse: boolean): Fragment {
  const terms = keys.map(({ expression, nullable, descending }) => {
    const direction = raw(descending === reverse ? 'ASC' : 'DESC')
    return nullable
      ? sql`${expression} ${direction} NULLS ${raw(reverse ? 'FIRST' : 'LAST')}`
      : sql`${expression} ${direction}`
  })
  return join(terms, ', ')
}

/** The condition that a user stands after these values of the keys, or before them in reverse. */
export function beyond(keys: readonly Key[], values: readonly SqlValue[], reverse: boolean): Fragment {
  return or(
    keys.map((key, index) => {
      const same = keys.slice(0, index).map((one, at) => isSame(one, values[at] ?? null))
      return and([...same, strictlyBeyond(key, values[index] ?? null, reverse)])
    }),
  )
}

function isSame({ expression }: Key, value: SqlValue): Fragment {
  return value === null ? sql`${expression} IS NULL` : sql`${expression} = ${value}`
}

function strictlyBeyond({ expression, nullable, descending }: Key, value: SqlValue, reverse: boolean): Fragment {
  if (value === null) return reverse ? sql`${expression} IS NOT NULL` : raw('FALSE')
  const farther = sql`${expression} ${raw(descending === reverse ? '>' : '<')} ${value}`
  return nullable && !reverse ? sql`(${expression} IS NULL OR ${farther})` : farther
}

/** The values of a position as they stand in the database: one per key, then the tie. */
export function positionValues({ keys, tie }: Order, position: Position): readonly SqlValue[] {
  return [...keys.map((key, index) => sqlValue(key, position.keys[index] ?? null)), sqlValue(tie, position.tie)]
}

/** The position of a user whose keys and tie are these. */
export function positionFrom({ keys, tie }: Order, row: readonly (Value | null | undefined)[]): Position {
  return {
    keys: keys.map((key, index) => coreValue(key, row[index] ?? null)),
    tie: coreValue(tie, row[keys.length] ?? null) ?? 0,
  }
}

function sqlValue({ kind }: Key, value: Value | null): SqlValue {
  return typeof value === 'string' && kind === 'instant' ? instantMs(value) : value
}

function coreValue({ kind }: Key, value: Value | null): Value | null {
  return kind === 'instant' && typeof value === 'number' ? instantText(value) : value
}
