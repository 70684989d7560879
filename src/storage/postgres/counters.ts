import type { Fragment } from '../sql/fragment.ts'
import { raw } from '../sql/fragment.ts'

/**
 * Single numbers of the directory: the newest `revision` and the newest one that changed `customers`, the highest
 * customer id and user `number` ever given, and how many users are `live` and `deleted`.
 */
export type Counter = 'revision' | 'customers' | 'customer' | 'number' | 'live' | 'deleted'

/** The value of a counter, as an expression. */
export function counter(name: Counter): Fragment {
  return raw(`(SELECT value FROM counters WHERE name = '${name}')`)
}
