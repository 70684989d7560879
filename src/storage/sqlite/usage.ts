import type { TokenUsage, Usage, UsageDelta } from '../../core/store.ts'
import { sql } from '../sql/fragment.ts'
import { instantMs } from '../sql/instant.ts'
import { isUuid, uuidBytes } from '../sql/uuid.ts'
import type { Database } from './database.ts'

/** The day that stands for all days. */
const ALL_DAYS = ''

export function readUsage(database: Database, userId: string, day: string): Usage {
  if (!isUuid(userId)) return { total: 0, today: 0 }
  const rows = database.rows(
    sql`SELECT day, requests FROM usage WHERE user_id = ${uuidBytes(userId)} AND day IN (${ALL_DAYS}, ${day})`,
  )
  const requests = new Map(rows.map(([on, count]) => [String(on), Number(count)]))
  return { total: requests.get(ALL_DAYS) ?? 0, today: requests.get(day) ?? 0 }
}

/** Adds requests to the counters of their users, and notes when their tokens were used. */
export function addUsage(database: Database, deltas: readonly UsageDelta[]): void {
  for (const { userId, tokenId, requests, limited, day, lastUsedAt } of deltas) {
    const user = uuidBytes(userId)
    database.execute(ADD_REQUESTS, user, ALL_DAYS, requests)
    database.execute(ADD_REQUESTS, user, day, requests)
    if (requests + limited > 0) database.execute(ADD_TOKEN_REQUESTS, day, tokenId, requests, limited)
    const ms = instantMs(lastUsedAt)
    database.execute('UPDATE tokens SET last_used_at = max(coalesce(last_used_at, ?), ?) WHERE id = ?', ms, ms, tokenId)
  }
}

const ADD_REQUESTS = `INSERT INTO usage (user_id, day, requests) VALUES (?, ?, ?)
  ON CONFLICT (user_id, day) DO UPDATE SET requests = requests + excluded.requests`

const ADD_TOKEN_REQUESTS = `INSERT INTO token_usage (day, token_id, requests, limited) VALUES (?, ?, ?, ?)
  ON CONFLICT (day, token_id) DO UPDATE SET requests = requests + excluded.requests, limited = limited + excluded.limited`

/** Requests by token of these days. */
export function readTokenUsage(database: Database, from: string, to: string): readonly TokenUsage[] {
  const rows = database.rows(
    sql`SELECT token_id, day, requests, limited FROM token_usage WHERE day BETWEEN ${from} AND ${to}`,
  )
  return rows.map(([tokenId, day, requests, limited]) => ({
    tokenId: String(tokenId),
    day: String(day),
    requests: Number(requests),
    limited: Number(limited),
  }))
}

export function forgetTokenUsage(database: Database, before: string): void {
  database.execute('DELETE FROM token_usage WHERE day < ?', before)
}
