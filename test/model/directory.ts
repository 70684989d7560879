import { randomBytes } from 'node:crypto'
import { it } from 'node:test'
import type { Directory } from '../../src/core/directory.ts'
import type { Permission, Principal, Scope } from '../../src/core/principal.ts'
import type { Store } from '../../src/core/store.ts'
import { createDirectory } from '../../src/core/view.ts'
import { openStore } from '../../src/storage/index.ts'
import { newCustomer, newUser, NOON, sampleId, write } from './sample.ts'

/** A directory over a real store, with a clock that tests wind on. */
export interface TestDirectory {
  readonly store: Store
  readonly directory: Directory
  /** Lets time pass. */
  readonly wait: (ms: number) => void
}

/** Lends a new, empty directory that is gone afterwards. Ids and secrets are different on every call, the same on every run. */
export async function withDirectory<T>(work: (directory: TestDirectory) => Promise<T>): Promise<T> {
  const store = await openStore('sqlite::memory:')
  let now = Date.parse(NOON)
  let drawn = 0
  // The first bytes of an id are the time.
  const randomBytes = (length: number) => {
    const bytes = Buffer.alloc(length, 0x5a)
    bytes.writeUInt32BE(++drawn, length - 4)
    return bytes
  }
  const directory = createDirectory({ store, now: () => now, randomBytes, cursorKey: new Uint8Array(32).fill(7) })
  try {
    return await work({ store, directory, wait: (ms) => void (now += ms) })
  } finally {
    await store.close()
  }
}

/** The same directory at noon, in which something else happens right before each of its commits. */
export function happensBefore({ store }: TestDirectory, happens: () => Promise<void>): Directory {
  return createDirectory({
    store: {
      ...store,
      async commit(commit) {
        await happens()
        return store.commit(commit)
      },
    },
    now: () => Date.parse(NOON),
    randomBytes,
    cursorKey: new Uint8Array(32),
  })
}

/** A caller of customer 1, seen by no token of the store. */
export function principal(
  permissions: readonly Permission[],
  scope: Scope = 'all',
  userId: string | null = null,
): Principal {
  const customerId = scope === 'all' ? 1 : scope
  return { tokenId: sampleId(900), userId, customerId, permissions: new Set(permissions), scope, expiresAt: null }
}

/**
 * Customers 1 ─ 10 ─ 11 and 1 ─ 20, users 1 and 2 in 1, 3 and 4 in 10, 5 and 6 in 11, 7 and 8 in 20; the even ones
 * written by user 8, the odd ones by user 3; user 6 deleted.
 */
async function fillTree(store: Store): Promise<void> {
  const people = [1, 1, 10, 10, 11, 11, 20, 20].map((customerId, index) => {
    const n = index + 1
    const author = sampleId(n % 2 === 0 ? 8 : 3)
    const status = n === 6 ? ('deleted' as const) : ('active' as const)
    const names = {
      givenName: `Given ${n}`,
      familyName: `Family ${9 - n}`,
      fullName: `Person ${n}`,
      email: `p${n}@example.com`,
    }
    return newUser(n, { customerId, status, ...names, createdBy: author, updatedBy: author })
  })
  await write(store, newCustomer(1), newCustomer(10, 1), newCustomer(11, 10), newCustomer(20, 1), ...people)
}

/** One test on a directory of its own, filled by `fillTree`. */
export function onTree(behaviour: string, body: (directory: TestDirectory) => Promise<void>): void {
  it(behaviour, () =>
    withDirectory(async (directory) => {
      await fillTree(directory.store)
      await body(directory)
    }),
  )
}
