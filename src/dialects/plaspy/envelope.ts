import type { Usage } from '../../core/store.ts'
import type { Answer } from '../dialect.ts'

/** The two counters that stand in every answer to a known caller. */
export function usageMembers({ total, today }: Usage): { readonly apiUsage: number; readonly apiDailyUsage: number } {
  return { apiUsage: total, apiDailyUsage: today }
}

/** A success as `{success: true, apiUsage, apiDailyUsage, …members}`. */
export function envelope(usage: Usage, members: object, status = 200, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ success: true, ...usageMembers(usage), ...members }),
  }
}

/** The text around the users of a list, for one that is streamed. */
export function listFrame(usage: Usage): { readonly open: string; readonly close: string } {
  const { apiUsage, apiDailyUsage } = usageMembers(usage)
  const before = JSON.stringify({ success: true, apiUsage, apiDailyUsage })
  return { open: `${before.slice(0, -1)},"users":[`, close: ']}' }
}
