import type { Usage, UsageDelta } from '../../core/store.ts'
import { sql } from '../sql/fragment.ts'
import { instantMs } from '../sql/instant.ts'
import { isUuid } from '../sql/uuid.ts'
import type { Asking, Transaction } from './database.ts'

/** The day that stands for all days. */
const ALL_DAYS = ''

export async function readUsage(asking: Asking, userId: string, day: string): Promise<Usage> {
  if (!isUuid(userId)) return { total: 0, today: 0 }
  const rows = await asking.rows(
    sql`SELECT day, requests FROM usage WHERE user_id = ${userId} AND day IN (${ALL_DAYS}, ${day})`,
  )
  const requests = new Map(rows.map(([on, count]) => [String(on), Number(count)]))
  return { total: requests.get(ALL_DAYS) ?? 0, today: requests.get(day) ?? 0 }
}

/** Adds requests to the counters of their users, and notes when their tokens were used. Nodes add up. */
export async function addUsage(transaction: Transaction, deltas: readonly UsageDelta[]): Promise<void> {
  if (deltas.length === 0) return
  const made = deltas.flatMap(({ userId, day, requests }) => [
    { user_id: userId, day: ALL_DAYS, requests },
    { user_id: userId, day, requests },
  ])
  // In order, so that nodes that add at once wait for each other instead of forever.
  await transaction.run(sql`INSERT INTO usage (user_id, day, requests)
    SELECT user_id, day, sum(requests) FROM json_to_recordset(${JSON.stringify(made)}) AS d (user_id uuid, day text, requests bigint)
    GROUP BY user_id, day ORDER BY user_id, day
    ON CONFLICT (user_id, day) DO UPDATE SET requests = usage.requests + excluded.requests`)
  const used = deltas.map(({ tokenId, lastUsedAt }) => ({ id: tokenId, at: instantMs(lastUsedAt) }))
  await transaction.run(sql`UPDATE tokens SET last_used_at = d.at FROM (
      SELECT t.number, max(d.at) AS at FROM json_to_recordset(${JSON.stringify(used)}) AS d (id text, at bigint)
      JOIN tokens t ON t.id = d.id WHERE t.last_used_at IS NULL OR t.last_used_at < d.at
      GROUP BY t.number ORDER BY t.number) d
    WHERE tokens.number = d.number AND (tokens.last_used_at IS NULL OR tokens.last_used_at < d.at)`)
}
