import { raw } from '../sql/fragment.ts'
import type { Asking } from './database.ts'

/** Live and deleted users of each customer that has any. */
export async function readUserCounts(
  asking: Asking,
): Promise<ReadonlyMap<number, { readonly live: number; readonly deleted: number }>> {
  const rows = await asking.rows(
    raw(`SELECT customer_id, coalesce(sum(users) FILTER (WHERE live), 0)::bigint,
        coalesce(sum(users) FILTER (WHERE NOT live), 0)::bigint
      FROM user_counts GROUP BY customer_id HAVING sum(users) > 0`),
  )
  return new Map(rows.map(([id, live, deleted]) => [Number(id), { live: Number(live), deleted: Number(deleted) }]))
}
