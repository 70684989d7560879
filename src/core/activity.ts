import type { Caller } from './caller.ts'
import type { Activity, TokenActivity } from './directory.ts'
import { invalid } from './error.ts'
import { ACTIVITY_DAYS_MAX } from './limits.ts'
import { assertMay } from './principal.ts'
import { isWithinScope } from './scope.ts'
import type { TokenUsage } from './store.ts'
import { readableToken } from './token-writes.ts'
import { isVisible } from './user-reads.ts'

const DAY_MS = 86_400_000

/** Days that are shown where only the last one is said, or none. */
const USUAL_DAYS = 30

/**
 * What was asked from one day to another, both included, with the tokens the caller may see: until today, and for thirty days,
 * when not said. Throws `invalid` for days that are none, in the wrong order, or too many.
 */
export async function activityOf(caller: Caller, from: string | undefined, to: string | undefined): Promise<Activity> {
  const { store, principal } = caller
  assertMay(principal, 'audit:read', 'Reading activity')
  const days = daysBetween(from, to ?? dayOf(caller.now()))
  const counted = await store.tokenUsage(days.at(0) ?? '', days.at(-1) ?? '')
  const byToken = Map.groupBy(counted, ({ tokenId }) => tokenId)
  const tokens = (await store.tokens()).filter(({ id }) => byToken.has(id))
  const users = await store.usersById([...new Set(tokens.map(({ userId }) => userId))])
  const visible = new Set<string>()
  for (const user of users) if (await isVisible(caller, user)) visible.add(user.id)
  const tree = await store.customers()
  return {
    days,
    tokens: tokens
      .filter(({ userId, scope }) => visible.has(userId) && isWithinScope(principal, scope, tree))
      .map((token) => ({ token: readableToken(caller, token), ...byDay(days, byToken.get(token.id) ?? []) })),
  }
}

function daysBetween(from: string | undefined, to: string): readonly string[] {
  const last = dayMs(to, 'to')
  const first = from === undefined ? last - (USUAL_DAYS - 1) * DAY_MS : dayMs(from, 'from')
  const count = (last - first) / DAY_MS + 1
  if (count < 1) {
    throw invalid('range', 'from must not be after to.', { name: 'from', allowed: 'a day not after to' })
  }
  if (count > ACTIVITY_DAYS_MAX) {
    const allowed = `at most ${ACTIVITY_DAYS_MAX} days before to`
    throw invalid('range', `There can be at most ${ACTIVITY_DAYS_MAX} days.`, { name: 'from', allowed })
  }
  return Array.from({ length: count }, (_, index) => dayOf(first + index * DAY_MS))
}

function dayMs(day: string, name: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  // Date rolls the 31st of a short month over to the next; and nobody was asked before there were such days.
  if (ms >= 0 && dayOf(ms) === day) return ms
  const allowed = 'a day such as 2026-11-22'
  throw invalid('format', `${name} must be ${allowed}.`, { name, allowed })
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function byDay(days: readonly string[], usage: readonly TokenUsage[]): Pick<TokenActivity, 'requests' | 'limited'> {
  const found = new Map(usage.map((one) => [one.day, one]))
  return {
    requests: days.map((day) => found.get(day)?.requests ?? 0),
    limited: days.map((day) => found.get(day)?.limited ?? 0),
  }
}
