import type { Value } from '../../core/filter.ts'
import type { Position } from '../../core/query.ts'
import type { SortField, SortKey } from '../../core/sort.ts'
import { COLUMNS, isColumnField, type Column } from '../sql/columns.ts'
import { ALWAYS, and, join, or, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { hasLong, isLong, lead, leadOf, LONG_AUTHOR, LONG_COLUMNS, longText, shortText } from './long-texts.ts'

/** One key of an order. */
export interface OrderKey {
  /** The key of a row `u` of `users`. */
  readonly expression: Fragment
  readonly kind: Column['kind']
  readonly nullable: boolean
  readonly descending: boolean
  /** The rows `u`, null ones left out, as indexes have them: those with texts too long for one apart from the others. */
  readonly parts: readonly [Part, ...Part[]]
  /** The key as it is called there. */
  readonly name: Fragment
  /** Whether the first part is in the order of ids where keys are equal. */
  readonly tied: boolean
  /** All there can be, ascending, where they are few and known; the parts are then not in the order of the key. */
  readonly values?: readonly SqlValue[]
  /** The rows `u` with one key. */
  readonly members: (value: SqlValue) => Members
}

/** Rows `u` that one index has in the order of a key. */
export interface Part {
  readonly source: Fragment
  /** What must be said for the index to be used. */
  readonly holds: readonly Fragment[]
  /** All that the index has of the key, where that is not the whole. */
  readonly lead: Fragment | null
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
  const parts = LONG_COLUMNS.includes(name)
    ? partsOf(source, expression, hasLong(long, name))
    : ([{ source, holds: [], lead: null }] as const)
  const members = (value: SqlValue): Members => {
    const { holds, lead } = partWith(parts, value)
    const where = and([...holds, isSame({ expression }, value), ...leadBound(lead, '=', value)])
    return { source, where, holds: where, tied: lead === null, by: lead === null ? expression : null }
  }
  return { expression, kind, nullable, parts, name: expression, tied: true, members }
}

function partsOf(source: Fragment, { text }: Fragment, anyLong: boolean): OrderKey['parts'] {
  const short = { source, holds: [raw(shortText(text))], lead: null }
  return anyLong ? [short, { source, holds: [raw(longText(text))], lead: raw(lead(text)) }] : [short]
}

// A long text is in the last part, and nothing else is.
function partWith(parts: OrderKey['parts'], value: SqlValue): Part {
  return (isLong(value) ? parts.at(-1) : undefined) ?? parts[0]
}

type Comparison = '=' | '<' | '<=' | '>' | '>='

/** What may be said of a lead where the text compares so with a value: nothing where there is no lead. */
export function leadBound(lead: Fragment | null, comparison: Comparison, value: SqlValue): readonly Fragment[] {
  if (lead === null || typeof value !== 'string') return []
  const weak = comparison === '<' ? '<=' : comparison === '>' ? '>=' : comparison
  return [sql`${lead} ${raw(weak)} ${leadOf(value)}`]
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
    return { source: plain.parts[0].source, where, holds: where, tied: words.length === 1, by: null }
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
  const name = raw('a.name')
  const parts = partsOf(source, name, hasLong(long, LONG_AUTHOR))
  const members = (value: SqlValue): Members => {
    if (value !== null) {
      const { holds: said, lead } = partWith(parts, value)
      const where = and([...said, sql`a.name = ${value}`, ...leadBound(lead, '=', value)])
      const holds = sql`u.${raw(by)} IN (SELECT a.id FROM authors a WHERE ${where})`
      return { source, where, holds, tied: false, by: null }
    }
    const nameless = raw(`(SELECT number FROM users WHERE ${by} IS NULL UNION ALL
      SELECT n.number FROM authors a JOIN users n ON n.${by} = a.id WHERE a.name IS NULL) c
      JOIN users u ON u.number = c.number`)
    return { source: nameless, where: ALWAYS, holds: sql`${expression} IS NULL`, tied: false, by: null }
  }
  return { expression, kind: 'text', nullable: true, parts, name, tied: false, members }
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

function isSame({ expression }: Pick<Key, 'expression'>, value: SqlValue): Fragment {
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
