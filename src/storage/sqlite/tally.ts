import { invalid } from '../../core/error.ts'
import type { User } from '../../core/user.ts'
import { blockOf } from '../sql/blocks.ts'
import { sql } from '../sql/fragment.ts'
import { counter, setCounter } from './counters.ts'
import type { Database } from './database.ts'

/** What a commit counts and looks up while it writes users, once for all of them. */
export interface Tally {
  /** The number of a new user: the one it brings, or the next one after every number ever given. */
  number(given: number | undefined): number
  /** Throws `invalid` unless there is such a customer. */
  assertCustomer(id: number): void
  /** Authors known to be in the table of authors. */
  readonly authors: Set<string>
  enter(user: User): void
  leave(user: User): void
  /** Writes the numbers down. */
  flush(): void
}

/** A tally that starts at what the directory has. */
export function startTally(database: Database): Tally {
  const customers = new Set<number>()
  const counts = new Map<string, { readonly user: User; change: number }>()
  const blocks = new Map<number, number>()
  let highest: number | undefined
  const add = (user: User, by: number) => {
    const key = `${user.customerId} ${user.status} ${user.userType}`
    const count = counts.get(key)
    if (count) count.change += by
    else counts.set(key, { user, change: by })
    if (user.status === 'deleted') return
    const block = blockOf(user.number)
    blocks.set(block, (blocks.get(block) ?? 0) + by)
  }
  return {
    number(given) {
      highest ??= counter(database, 'number')
      const number = given ?? highest + 1
      highest = Math.max(highest, number)
      return number
    },
    assertCustomer(id) {
      if (customers.has(id)) return
      if (!database.first(sql`SELECT 1 FROM customers WHERE id = ${id}`)) {
        throw invalid('value', `There is no customer ${id}.`, { name: 'customerId', value: String(id) })
      }
      customers.add(id)
    },
    authors: new Set(),
    enter: (user) => add(user, 1),
    leave: (user) => add(user, -1),
    flush() {
      if (highest !== undefined) setCounter(database, 'number', highest)
      let live = 0
      let deleted = 0
      for (const { user, change } of counts.values()) {
        if (change === 0) continue
        const isLive = user.status !== 'deleted'
        if (isLive) live += change
        else deleted += change
        database.execute(COUNT_USERS, user.customerId, user.status, user.userType, isLive ? 1 : 0, change)
      }
      for (const [block, change] of blocks) if (change !== 0) database.execute(COUNT_BLOCK, block, change)
      if (live !== 0) setCounter(database, 'live', counter(database, 'live') + live)
      if (deleted !== 0) setCounter(database, 'deleted', counter(database, 'deleted') + deleted)
    },
  }
}

const COUNT_USERS = `INSERT INTO user_counts (customer_id, status, user_type, live, users) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET users = users + excluded.users`

const COUNT_BLOCK = `INSERT INTO blocks (block, live) VALUES (?, ?) ON CONFLICT DO UPDATE SET live = live + excluded.live`
