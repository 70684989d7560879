import { raw, sql } from '../sql/fragment.ts'
import type { Database } from './database.ts'

/**
 * Single numbers of the directory: the newest `revision` and the newest one that changed `customers`, the highest
 * customer id and user `number` ever given, how many users are `live` and `deleted`, and whether what only lists read is
 * `deferred` (1).
 */
export type Counter = 'revision' | 'customers' | 'customer' | 'number' | 'live' | 'deleted' | 'deferred'

/** A number as it is now; all of them are read at once, and only once while they stay. */
export function counter(database: Database, name: Counter): number {
  const { known } = database
  if (!known) return Number(database.first(sql`SELECT value FROM counters WHERE name = ${raw(`'${name}'`)}`)?.[0])
  known.counters ??= new Map(database.rows(ALL).map(([name, value]) => [String(name), Number(value)]))
  return known.counters.get(name) ?? NaN
}

const ALL = raw('SELECT name, value FROM counters')

export function setCounter(database: Database, name: Counter, value: number): void {
  database.execute('UPDATE counters SET value = ? WHERE name = ?', value, name)
}
