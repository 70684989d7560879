import { ACTIVITY_DAYS_MAX } from '../core/limits.ts'
import type { Principal } from '../core/principal.ts'
import type { Store, Usage, UsageDelta } from '../core/store.ts'
import { stackOf } from './event.ts'
import type { Log } from './log.ts'
import { openPatience } from './patience.ts'

/** Requests counted in memory over what the store has of them. */
export interface UsageCounters {
  /** Counts one request. */
  count(principal: Principal, nowMs: number): void
  /** Notes that a request that was counted is refused by a rate limit. */
  countLimited(principal: Principal, nowMs: number): void
  /** The requests of a user up to now: all of this node's, and of other nodes' those that were saved before the last flush here. */
  of(userId: string, nowMs: number): Promise<Usage>
  /** Saves what has been counted since the last time. A failure is logged and what it concerns kept for the next time. */
  flush(): Promise<void>
  /**
   * Saves for the last time, and gives up after so long: a store that does not answer holds nobody up for counters. What may
   * not have been saved is said in the log.
   */
  close(waitMs: number): Promise<void>
}

interface Tally {
  readonly userId: string
  readonly tokenId: string
  readonly day: number
  requests: number
  limited: number
  lastMs: number
}

interface Known {
  total: number
  today: number
  day: number
}

const DAY_MS = 86_400_000

export function usageCounters(parts: { readonly store: Store; readonly log: Log }): UsageCounters {
  const { store, log } = parts
  // Requests not saved yet: of the last day of each token, and of days before or saves that failed.
  let current = new Map<string, Tally>()
  let older: Tally[] = []
  // Those that are on their way to the store.
  let leaving: readonly Tally[] = []
  let isClosed = false
  const known = new Map<string, Known>()
  // Reading a user's counts and saving new ones take turns, so that a request is in exactly one of both.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  // A store that does not answer makes saves take long: one that waits for its turn will do for all that want one.
  let waitingFlush: Promise<void> | null = null

  const unsaved = (userId: string, day: number): Usage => {
    let total = 0
    let today = 0
    for (const tally of [...current.values(), ...older]) {
      if (tally.userId !== userId) continue
      total += tally.requests
      if (tally.day === day) today += tally.requests
    }
    return { total, today }
  }

  const load = (userId: string, day: number): Promise<Known> =>
    inTurn(async () => {
      const found = known.get(userId)
      if (found) return found
      const saved = await store.usage(userId, dayName(day))
      const { total, today } = unsaved(userId, day)
      const loaded = { total: saved.total + total, today: saved.today + today, day }
      known.set(userId, loaded)
      return loaded
    })

  const flush = (): Promise<void> =>
    (waitingFlush ??= inTurn(async () => {
      waitingFlush = null
      leaving = [...older, ...current.values()]
      older = []
      current = new Map()
      const saving = leaving
      try {
        if (saving.length > 0) await store.addUsage(saving.map(deltaOf))
      } catch (error) {
        older = merged([...saving, ...older])
        if (!isClosed) log.write({ event: 'usage-not-saved', counters: older.length, stack: stackOf(error) })
      }
      leaving = []
      await forget(saving)
      // Other nodes count too: from time to time the store is asked what it has of all of them.
      known.clear()
    }))

  // The day on which days that are over were last forgotten.
  let forgottenOn = -1
  const forget = async (saved: readonly Tally[]): Promise<void> => {
    const today = Math.max(-1, ...saved.map(({ day }) => day))
    if (today <= forgottenOn) return
    try {
      await store.forgetTokenUsage(dayName(today - ACTIVITY_DAYS_MAX + 1))
      forgottenOn = today
    } catch (error) {
      if (!isClosed) log.write({ event: 'usage-not-forgotten', stack: stackOf(error) })
    }
  }

  return {
    count(principal, nowMs) {
      const { userId, tokenId } = principal
      if (userId === null) return
      const day = Math.floor(nowMs / DAY_MS)
      const tally = current.get(tokenId)
      if (tally?.day === day) {
        tally.requests += 1
        tally.lastMs = nowMs
      } else {
        if (tally) older.push(tally)
        current.set(tokenId, { userId, tokenId, day, requests: 1, limited: 0, lastMs: nowMs })
      }
      const user = known.get(userId)
      if (!user) return
      user.total += 1
      user.today = user.day === day ? user.today + 1 : 1
      user.day = day
    },

    countLimited({ userId, tokenId }, nowMs) {
      if (userId === null) return
      const day = Math.floor(nowMs / DAY_MS)
      const tally = current.get(tokenId)
      if (tally?.day === day) tally.limited += 1
      // Between the count and the refusal its request was saved.
      else older.push({ userId, tokenId, day, requests: 0, limited: 1, lastMs: nowMs })
    },

    async of(userId, nowMs) {
      const day = Math.floor(nowMs / DAY_MS)
      const { total, today, day: lastDay } = known.get(userId) ?? (await load(userId, day))
      return { total, today: lastDay === day ? today : 0 }
    },

    flush,

    async close(waitMs) {
      const patience = openPatience(waitMs)
      await patience.wait(flush()).catch(() => undefined)
      patience.close()
      isClosed = true
      const lost = merged([...leaving, ...older, ...current.values()])
      if (lost.length > 0) log.write({ event: 'usage-lost', counters: lost.length })
    },
  }
}

function deltaOf({ userId, tokenId, day, requests, limited, lastMs }: Tally): UsageDelta {
  return { userId, tokenId, requests, limited, day: dayName(day), lastUsedAt: new Date(lastMs).toISOString() }
}

function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

// One per token and day, so that a store that is away for long costs no memory.
function merged(tallies: readonly Tally[]): Tally[] {
  const byTokenAndDay = new Map<string, Tally>()
  for (const tally of tallies) {
    const same = byTokenAndDay.get(`${tally.tokenId} ${tally.day}`)
    if (!same) byTokenAndDay.set(`${tally.tokenId} ${tally.day}`, tally)
    else {
      same.requests += tally.requests
      same.limited += tally.limited
      same.lastMs = Math.max(same.lastMs, tally.lastMs)
    }
  }
  return [...byTokenAndDay.values()]
}
