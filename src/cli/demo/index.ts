import type { BatchOperation, View } from '../../core/directory.ts'
import { DirectoryError } from '../../core/error.ts'
import { crowdUser } from './crowd.ts'
import { CROWD_CUSTOMERS, EXAMPLE_CUSTOMERS, ROOT } from './customers.ts'
import { EDGE_PEOPLE } from './edges.ts'
import { EXAMPLE_PEOPLE, LAST_FIXED, type DemoUser } from './people.ts'

const FIXED_PEOPLE: readonly DemoUser[] = [
  // Number 1 is the first administrator's.
  ...[...EXAMPLE_PEOPLE, ...EDGE_PEOPLE].map((user, index) => ({ number: index + 2, ...user })),
  LAST_FIXED,
]

/** The people who are in every demo, whatever its size. */
export const DEMO_USERS_MIN = FIXED_PEOPLE.length

const BATCH_SIZE = 1000

export interface DemoOptions {
  /** People in all, the deleted ones among them; never fewer than `DEMO_USERS_MIN`. */
  readonly users: number
  /** Told after every batch how many people have been written. */
  readonly progress?: (written: number) => void
}

/** What a demo wrote. */
export interface DemoSize {
  readonly users: number
  readonly customers: number
}

/**
 * Fills an empty directory with people and customers that are the same every time: those of the published pages'
 * examples, those with whom software goes wrong, and a crowd. A larger demo begins with all of a smaller one. The view
 * is an operator's. Throws `conflict` where there are users besides a first administrator.
 */
export async function fillDemo(view: View, { users, progress }: DemoOptions): Promise<DemoSize> {
  await assertEmpty(view)
  const tree = await view.customers()
  const { id, ...names } = ROOT
  if (tree.get(id)) await view.updateCustomer(id, { code: names.code, name: names.name })
  const customers = [ROOT, ...EXAMPLE_CUSTOMERS, ...CROWD_CUSTOMERS]
  // Some are there already after a start that was broken off.
  for (const customer of customers) if (!tree.get(customer.id)) await view.createCustomer(customer)

  const total = Math.max(users, DEMO_USERS_MIN)
  for (let at = 0; at < total; at += BATCH_SIZE) {
    const size = Math.min(BATCH_SIZE, total - at)
    const operations = Array.from({ length: size }, (_, index): BatchOperation => ({
      op: 'create',
      user: personAt(at + index),
    }))
    await view.batch(operations, true)
    progress?.(at + size)
  }
  return { users: total, customers: customers.length }
}

function personAt(index: number): DemoUser {
  return FIXED_PEOPLE[index] ?? crowdUser(index - FIXED_PEOPLE.length)
}

async function assertEmpty(view: View): Promise<void> {
  const { users, total } = await view.users({ page: { offset: 0, limit: 1 }, total: true, includeDeleted: true })
  const isFirst = users[0] === undefined || (users[0].userType === 'admin' && total === 1)
  if (!isFirst) {
    throw new DirectoryError(
      'conflict',
      `The directory already has ${total ?? 'other'} users; the demo fills only an empty one.`,
      { reason: 'in_use' },
    )
  }
}
