import { DirectoryError } from '../core/error.ts'
import type { Store } from '../core/store.ts'
import { openSqlite } from './sqlite/open.ts'

export { openLock, type Lock } from './sqlite/lock.ts'

/** Opens the store at a URL, creating it where there is none: `sqlite:<file>`, or `sqlite::memory:` for one that ends with the process. */
export async function openStore(url: string): Promise<Store> {
  const file = /^sqlite:(.+)$/.exec(url)?.[1]
  if (file === undefined) {
    throw new DirectoryError('invalid', `The store must be sqlite:<file>.`, {
      reason: 'value',
      where: { name: 'store', allowed: 'sqlite:<file>' },
    })
  }
  return Promise.resolve(openSqlite(file))
}
