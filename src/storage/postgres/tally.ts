import type { User } from '../../core/user.ts'
import { blockOf } from '../sql/blocks.ts'
import { sql } from '../sql/fragment.ts'
import { counter, type Counter } from './counters.ts'
import type { Transaction } from './database.ts'
import { runForEach } from './each.ts'

/** What a commit counts while it goes through its changes. */
export interface Tally {
  /** The next number or id that has never been given: the one that comes with something new, or the one after all others. */
  next(counter: 'number' | 'customer', given: number | undefined): number
  enter(user: User): void
  leave(user: User): void
  /** How many more users than before a customer has. */
  gained(customerId: number): number
  /** Notes that a customer was written. */
  noteCustomers(): void
  /** Writes the numbers down. */
  flush(): Promise<unknown>
}

/** A tally that starts at what the directory has. The question is sent before this returns. */
export async function startTally(transaction: Transaction, revision: Promise<number>): Promise<Tally> {
  const asked = transaction.first({ ...sql`SELECT ${counter('number')}, ${counter('customer')}`, name: 'highest' })
  const [number, customer] = ((await asked) ?? []).map(Number)
  const highest = { number: number ?? 0, customer: customer ?? 0 }
  const values = new Map<Counter, number>()
  const counts = new Map<string, { readonly user: User; change: number }>()
  const blocks = new Map<number, number>()
  const newest = await revision

  const add = (user: User, by: number) => {
    const key = `${user.customerId} ${user.status} ${user.userType}`
    const count = counts.get(key)
    if (count) count.change += by
    else counts.set(key, { user, change: by })
    if (user.status === 'deleted') return
    const block = blockOf(user.number)
    blocks.set(block, (blocks.get(block) ?? 0) + by)
  }
  const kinds = () =>
    [...counts.values()]
      .filter(({ change }) => change !== 0)
      .map(({ user: { customerId, status, userType }, change }) => {
        return { customer_id: customerId, status, user_type: userType, live: status !== 'deleted', users: change }
      })
  const sum = (live: boolean) => kinds().reduce((sum, kind) => (kind.live === live ? sum + kind.users : sum), 0)

  return {
    next(counter, given) {
      const next = given ?? highest[counter] + 1
      if (next > highest[counter]) {
        highest[counter] = next
        values.set(counter, next)
      }
      return next
    },
    enter: (user) => add(user, 1),
    leave: (user) => add(user, -1),
    gained: (id) => kinds().reduce((sum, { customer_id, users }) => (customer_id === id ? sum + users : sum), 0),
    noteCustomers: () => void values.set('customers', newest),
    async flush() {
      const set = [...values].map(([name, value]) => ({ name, value, change: 0 }))
      const added = (['live', 'deleted'] as const).map((name) => ({ name, change: sum(name === 'live') }))
      const counters = [...set, ...added.filter(({ change }) => change !== 0)]
      const filled = [...blocks].filter(([, change]) => change !== 0).map(([block, live]) => ({ block, live }))
      await Promise.all([
        runForEach(transaction, SET_COUNTERS, counters),
        runForEach(transaction, COUNT_USERS, kinds()),
        runForEach(transaction, COUNT_BLOCKS, filled),
      ])
    },
  }
}

const SET_COUNTERS = {
  name: 'set counters',
  text: `UPDATE counters c SET value = coalesce(r.value, c.value) + r.change
  FROM json_to_recordset(?) AS r (name text, value bigint, change bigint) WHERE c.name = r.name`,
}

const COUNT_USERS = {
  name: 'count users',
  text: `INSERT INTO user_counts AS c (customer_id, status, user_type, live, users)
  SELECT * FROM json_to_recordset(?) AS r (customer_id bigint, status text, user_type text, live boolean, users bigint)
  ON CONFLICT (customer_id, status, user_type) DO UPDATE SET users = c.users + excluded.users`,
}

const COUNT_BLOCKS = {
  name: 'count blocks',
  text: `INSERT INTO blocks AS b (block, live)
  SELECT * FROM json_to_recordset(?) AS r (block bigint, live bigint)
  ON CONFLICT (block) DO UPDATE SET live = b.live + excluded.live`,
}
