import type { TokenUsage, Usage, UsageDelta } from '../../core/store.ts'
import { sql } from '../sql/fragment.ts'
import { instantMs } from '../sql/instant.ts'
import { isUuid } from '../sql/uuid.ts'
import type { Asking, Database, Transaction } from './database.ts'

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
  const asked = deltas
    .filter(({ requests, limited }) => requests + limited > 0)
    .map(({ tokenId, day, requests, limited }) => ({ token_id: tokenId, day, requests, limited }))
  await transaction.run(sql`INSERT INTO token_usage (day, token_id, requests, limited)
    SELECT day, token_id, sum(requests), sum(limited)
    FROM json_to_recordset(${JSON.stringify(asked)}) AS d (token_id text, day text, requests bigint, limited bigint)
    GROUP BY day, token_id ORDER BY day, token_id
    ON CONFLICT (day, token_id) DO UPDATE
    SET requests = token_usage.requests + excluded.requests, limited = token_usage.limited + excluded.limited`)
  const used = deltas.map(({ tokenId, lastUsedAt }) => ({ id: tokenId, at: instantMs(lastUsedAt) }))
  await transaction.run(sql`UPDATE tokens SET last_used_at = d.at FROM (
      SELECT t.number, max(d.at) AS at FROM json_to_recordset(${JSON.stringify(used)}) AS d (id text, at bigint)
      JOIN tokens t ON t.id = d.id WHERE t.last_used_at IS NULL OR t.last_used_at < d.at
      GROUP BY t.number ORDER BY t.number) d
    WHERE tokens.number = d.number AND (tokens.last_used_at IS NULL OR tokens.last_used_at < d.at)`)
}

/** Requests by token of these days, whichever node was asked. */
export async function readTokenUsage(asking: Asking, from: string, to: string): Promise<readonly TokenUsage[]> {
  const rows = await asking.rows(
    sql`SELECT token_id, day, requests, limited FROM token_usage WHERE day BETWEEN ${from} AND ${to}`,
  )
  return rows.map(([tokenId, day, requests, limited]) => ({
    tokenId: String(tokenId),
    day: String(day),
    requests: Number(requests),
    limited: Number(limited),
  }))
}

const FORGOTTEN_MAX = 1000

export async function forgetTokenUsage(database: Database, before: string): Promise<void> {
  // Whoever else forgets at the same time is not waited for.
  const some = sql`DELETE FROM token_usage WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM token_usage WHERE day < ${before} LIMIT ${FORGOTTEN_MAX} FOR UPDATE SKIP LOCKED))`
  while ((await database.write((transaction) => transaction.run(some))) === FORGOTTEN_MAX);
}
