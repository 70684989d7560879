import { sql } from '../sql/fragment.ts'
import { counter } from './counters.ts'
import type { Asking } from './database.ts'

/** The newest committed revision. */
export async function readRevision(asking: Asking): Promise<number> {
  return Number((await asking.first({ ...sql`SELECT ${counter('revision')}`, name: 'revision' }))?.[0])
}
