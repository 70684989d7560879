import type { User } from '../../core/user.ts'
import { counter, setCounter } from './counters.ts'
import type { Database } from './database.ts'

/** What a commit counts while it writes users, and writes down once at its end. */
export interface Tally {
  /** The number of a new user: the one it brings, or the next one after every number ever given. */
  number(given: number | undefined): number
  enter(user: User): void
  leave(user: User): void
  flush(): void
}

/** A tally that starts at what the directory has. */
export function startTally(database: Database): Tally {
  let highest: number | undefined
  const counts = new Map<number, { live: number; deleted: number }>()
  const add = ({ customerId, status }: User, by: number) => {
    const count = counts.get(customerId) ?? { live: 0, deleted: 0 }
    count[status === 'deleted' ? 'deleted' : 'live'] += by
    counts.set(customerId, count)
  }
  return {
    number(given) {
      highest ??= counter(database, 'number')
      const number = given ?? highest + 1
      highest = Math.max(highest, number)
      return number
    },
    enter: (user) => add(user, 1),
    leave: (user) => add(user, -1),
    flush() {
      if (highest !== undefined) setCounter(database, 'number', highest)
      let live = 0
      let deleted = 0
      for (const [id, count] of counts) {
        live += count.live
        deleted += count.deleted
        if (count.live === 0 && count.deleted === 0) continue
        database.execute(
          'UPDATE customers SET live = live + ?, deleted = deleted + ? WHERE id = ?',
          count.live,
          count.deleted,
          id,
        )
      }
      if (live !== 0) setCounter(database, 'live', counter(database, 'live') + live)
      if (deleted !== 0) setCounter(database, 'deleted', counter(database, 'deleted') + deleted)
    },
  }
}
