import assert from 'node:assert/strict'
import { EVERYONE } from '../../src/core/filter.ts'
import { PAGE_SIZE_MAX } from '../../src/core/limits.ts'
import type { SavedView } from '../../src/core/saved-view.ts'
import type { Store } from '../../src/core/store.ts'
import type { User } from '../../src/core/user.ts'
import type { World } from './list.ts'
import { worldOf, type Memory } from './memory.ts'

/** All users of a store, deleted ones too, in creation order. */
async function everyone(store: Store): Promise<readonly User[]> {
  const page = { kind: 'offset', offset: 0, limit: PAGE_SIZE_MAX } as const
  const { users, hasAfter } = await store.users({ filter: EVERYONE, sort: [], page, total: false })
  assert.ok(!hasAfter, 'There are more users than fit on one page.')
  return users
}

async function everyView(store: Store, users: readonly User[]): Promise<readonly SavedView[]> {
  const views = new Map((await store.savedViews(null)).map((view) => [view.id, view]))
  for (const { id } of users) for (const view of await store.savedViews(id)) views.set(view.id, view)
  return [...views.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** What a store holds, as queries see it. */
export async function worldIn(store: Store): Promise<World> {
  return { users: await everyone(store), tree: await store.customers(), revision: await store.revision() }
}

/** Everything a store can be asked for, to be compared with what it was before or should be. */
export async function stateOf(store: Store): Promise<object> {
  const users = await everyone(store)
  const histories = await Promise.all(users.map(async ({ id }) => [id, await store.history(id)] as const))
  return {
    revision: await store.revision(),
    customers: (await store.customers()).within(),
    users,
    histories,
    counts: [...(await store.userCounts())].sort(([a], [b]) => a - b),
    tokens: (await store.tokens()).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    savedViews: await everyView(store, users),
  }
}

/** What `stateOf` should give for a store that holds this. */
export function stateIn(memory: Memory): object {
  const users = [...memory.users.values()].sort((a, b) => a.number - b.number)
  const counts = new Map<number, { live: number; deleted: number }>()
  for (const { customerId, status } of users) {
    const count = counts.get(customerId) ?? { live: 0, deleted: 0 }
    count[status === 'deleted' ? 'deleted' : 'live']++
    counts.set(customerId, count)
  }
  return {
    revision: memory.revision,
    customers: worldOf(memory).tree.within(),
    users,
    histories: users.map(({ id }) => [id, memory.history.get(id) ?? []] as const),
    counts: [...counts].sort(([a], [b]) => a - b),
    tokens: [...memory.tokens.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    savedViews: [...memory.savedViews.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
