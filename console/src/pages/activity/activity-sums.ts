import type { Activity } from '@rollcall/sdk'

type TokenActivity = Activity['tokens'][number]

/** What tells a line from the others: sessions together have no id of their own. */
export function lineId({ id, userId }: TokenActivity): string {
  return id ?? `sessions-${userId}`
}

/** A token's part in what was asked. */
export interface Ranked {
  readonly token: TokenActivity
  readonly requests: number
  readonly limited: number
  /** Of all requests, 0 to 1. */
  readonly share: number
}

/** What was asked per day, and what of it was refused by a rate limit. */
export interface PerDay {
  readonly requests: readonly number[]
  readonly limited: readonly number[]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

/** Requests per day of all tokens together, or of one. */
export function perDay({ days, tokens }: Activity, tokenId: string | null): PerDay {
  const meant = tokenId === null ? tokens : tokens.filter((token) => lineId(token) === tokenId)
  const added = (of: (token: TokenActivity) => readonly number[]) =>
    days.map((_, day) => sum(meant.map((token) => of(token)[day] ?? 0)))
  return { requests: added(({ requests }) => requests), limited: added(({ limited }) => limited) }
}

/** The tokens by what they asked, the busiest first; those that asked nothing are left out. */
export function ranking({ tokens }: Activity): readonly Ranked[] {
  const all = sum(tokens.map(({ requests }) => sum(requests)))
  return tokens
    .map((token) => {
      const requests = sum(token.requests)
      return { token, requests, limited: sum(token.limited), share: all === 0 ? 0 : requests / all }
    })
    .filter(({ requests, limited }) => requests + limited > 0)
    .toSorted((a, b) => b.requests - a.requests || b.limited - a.limited)
}

/** All in one line: how much, how much was refused, and the busiest day. */
export function totals(days: readonly string[], { requests, limited }: PerDay) {
  const most = Math.max(0, ...requests)
  return {
    requests: sum(requests),
    limited: sum(limited),
    busiest: most === 0 ? null : { day: days[requests.indexOf(most)] ?? '', requests: most },
  }
}

const DAY_MS = 86_400_000

/** The last so many UTC days, today being the last of them. */
export function lastDays(count: number, nowMs: number): { readonly from: string; readonly to: string } {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  return { from: day(nowMs - (count - 1) * DAY_MS), to: day(nowMs) }
}
