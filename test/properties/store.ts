import type { Store } from '../../src/core/store.ts'
import { openStore } from '../../src/storage/index.ts'

/** Lends an empty store that is gone afterwards. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore('sqlite::memory:')
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
