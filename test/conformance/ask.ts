import { EVERYONE, type Filter } from '../../src/core/filter.ts'
import type { Page, Query, UserPage } from '../../src/core/query.ts'
import type { SortField, SortKey } from '../../src/core/sort.ts'
import type { Store } from '../../src/core/store.ts'

/** A page from the beginning that has room for everybody these tests write. */
export const WHOLE: Page = { kind: 'offset', offset: 0, limit: 1000 }

/** Asks a store for everybody in creation order, but for what is said. */
export function ask(store: Store, query: Partial<Query> = {}): Promise<UserPage> {
  return store.users({ filter: EVERYONE, sort: [], page: WHOLE, total: false, ...query })
}

/** The numbers of the users a filter finds. */
export async function numbers(store: Store, filter: Filter, sort: readonly SortKey[] = []): Promise<readonly number[]> {
  return numbersOf(await ask(store, { filter, sort }))
}

export function numbersOf({ users }: Pick<UserPage, 'users'>): readonly number[] {
  return users.map(({ number }) => number)
}

export function by(field: SortField, descending = false): SortKey {
  return { field, descending }
}
