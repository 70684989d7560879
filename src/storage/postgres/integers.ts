import type { Comparison, Value } from '../../core/filter.ts'
import { NEVER, raw, sql, type Fragment } from '../sql/fragment.ts'

const LOWEST = -(2n ** 63n)
const HIGHEST = 2n ** 63n - 1n

/** The condition that a column of whole numbers compares so with any number: the bound is one the column can have. */
export function compareInteger(expression: Fragment, op: Comparison, value: number): Fragment {
  if (Number.isNaN(value)) return NEVER
  if (op === 'eq') return Number.isInteger(value) ? atMost(expression, '=', BigInt(value)) : NEVER
  const isAbove = op === 'gt' || op === 'ge'
  if (!Number.isFinite(value)) return value > 0 === isAbove ? NEVER : sql`${expression} IS NOT NULL`
  // 1.5 < n is 2 <= n.
  if (!Number.isInteger(value))
    return atMost(expression, isAbove ? '>=' : '<=', BigInt(isAbove ? Math.ceil(value) : Math.floor(value)))
  return atMost(expression, SIGNS[op], BigInt(value))
}

/** The whole numbers among keys that a column can have. */
export function integersAmong(keys: readonly Value[]): readonly string[] {
  return keys
    .filter((key) => typeof key === 'number' && Number.isInteger(key))
    .map((key) => BigInt(key))
    .filter((key) => key >= LOWEST && key <= HIGHEST)
    .map(String)
}

function atMost(expression: Fragment, sign: string, bound: bigint): Fragment {
  if (bound >= LOWEST && bound <= HIGHEST) return sql`${expression} ${raw(sign)} ${String(bound)}`
  const isBelowAll = bound < LOWEST
  return sign === '=' || sign.startsWith('>') !== isBelowAll ? NEVER : sql`${expression} IS NOT NULL`
}

const SIGNS = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const
