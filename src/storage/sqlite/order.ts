import type { Value } from '../../core/filter.ts'
import type { Position, Query } from '../../core/query.ts'
import type { SortField, SortKey } from '../../core/sort.ts'
import { and, join, or, raw, sql, type Fragment, type SqlValue } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { uuidBytes, uuidText } from '../sql/uuid.ts'
import { COLUMNS, isColumnField, type Column } from './columns.ts'

/** One key of an order: what it is in SQL, and how its values stand there. */
interface OrderKey {
  readonly expression: string
  readonly kind: Column['kind']
  readonly descending: boolean
}

/** The order of a query: keys, and a last one that is different for every user. */
export interface Order {
  readonly keys: readonly OrderKey[]
  readonly tie: OrderKey
  /** The tables besides `users u` that the keys are in. */
  readonly joins: string
}

/** The order a query asks for. */
export function orderOf({ sort, search }: Pick<Query, 'sort' | 'search'>): Order {
  const last = sort.at(-1)
  const number: OrderKey = { expression: 'u.number', kind: 'integer', descending: false }
  if (!last) {
    const score: OrderKey = { expression: 's.score', kind: 'integer', descending: false }
    return { keys: search ? [score] : [], tie: number, joins: '' }
  }
  const keys = sort.map(orderKeyOf)
  const joins = sort.flatMap(({ field }) => (isColumnField(field) ? [] : [AUTHORS[field].join]))
  return { keys, tie: { expression: 'u.id', kind: 'id', descending: last.descending }, joins: joins.join(' ') }
}

const AUTHORS = {
  createdByName: { name: 'creator.name', join: 'LEFT JOIN authors creator ON creator.id = u.created_by' },
  updatedByName: { name: 'updater.name', join: 'LEFT JOIN authors updater ON updater.id = u.updated_by' },
}

function orderKeyOf({ field, descending, ranks }: SortKey): OrderKey {
  const key = keyOf(field)
  if (ranks === undefined) return { ...key, descending }
  const cases = ranks.flatMap((words, rank) => words.map((word) => `WHEN '${word.replaceAll("'", "''")}' THEN ${rank}`))
  return {
    expression: `CASE ${key.expression} ${cases.join(' ')} ELSE ${ranks.length} END`,
    kind: 'integer',
    descending,
  }
}

function keyOf(field: SortField): Omit<OrderKey, 'descending'> {
  if (!isColumnField(field)) return { expression: AUTHORS[field].name, kind: 'text' }
  const { name, kind } = COLUMNS[field]
  return { expression: `u.${name}`, kind }
}

/** ORDER BY of an order, or of its reverse: nulls come last, so first in reverse. */
export function orderBy({ keys, tie }: Order, reverse: boolean): Fragment {
  const terms = [...keys, tie].map(({ expression, descending }) => {
    return raw(
      `${expression} IS NULL ${reverse ? 'DESC' : 'ASC'}, ${expression} ${descending === reverse ? 'ASC' : 'DESC'}`,
    )
  })
  return join(terms, ', ')
}

/** The condition that a user stands after a position, or before it in reverse. */
export function beyond({ keys, tie }: Order, position: Position, reverse: boolean): Fragment {
  const all = [...keys, tie]
  const values = [...position.keys, position.tie]
  return or(
    all.map((key, index) => {
      const same = all
        .slice(0, index)
        .map((one, at) => sql`${raw(one.expression)} IS ${sqlValue(one, values[at] ?? null)}`)
      return and([...same, strictlyBeyond(key, sqlValue(key, values[index] ?? null), reverse)])
    }),
  )
}

function strictlyBeyond({ expression, descending }: OrderKey, value: SqlValue, reverse: boolean): Fragment {
  const column = raw(expression)
  if (value === null) return reverse ? sql`${column} IS NOT NULL` : raw('0')
  const operator = raw(descending === reverse ? '>' : '<')
  return reverse
    ? sql`(${column} IS NOT NULL AND ${column} ${operator} ${value})`
    : sql`(${column} IS NULL OR ${column} ${operator} ${value})`
}

function sqlValue({ kind }: OrderKey, value: Value | null): SqlValue {
  if (value === null || typeof value === 'number') return value
  return kind === 'id' ? uuidBytes(value) : kind === 'instant' ? instantMs(value) : value
}

/** The position of a row that holds the keys of an order and its tie. */
export function positionFrom({ keys, tie }: Order, row: readonly SqlValue[]): Position {
  return {
    keys: keys.map((key, index) => coreValue(key, row[index] ?? null)),
    tie: coreValue(tie, row[keys.length] ?? null) ?? 0,
  }
}

function coreValue({ kind }: OrderKey, value: SqlValue): Value | null {
  if (value instanceof Uint8Array) return uuidText(value)
  return kind === 'instant' && typeof value === 'number' ? instantText(value) : value
}
