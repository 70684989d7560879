import assert from 'node:assert/strict'
import { it } from 'node:test'
import { DirectoryError, type ErrorCode, type ErrorReason } from '../../src/core/error.ts'
import type { Store } from '../../src/core/store.ts'

/** Opens a new, empty store of the engine that is tried. */
export type Open = () => Promise<Store>

/** One test on a store of its own. */
export type OnStore = (behaviour: string, body: (store: Store) => Promise<void>) => void

/** Lends every test an empty store, and closes it afterwards. */
export function onStore(open: Open): OnStore {
  return (behaviour, body) => {
    it(behaviour, async () => {
      const store = await open()
      try {
        await body(store)
      } finally {
        await store.close()
      }
    })
  }
}

/** What a refusal has to say. */
export interface Refused {
  readonly code: ErrorCode
  readonly reason?: ErrorReason
  readonly name?: string
  readonly position?: number
}

/** Fails unless the work is refused for this reason. */
export async function assertRefused(work: Promise<unknown>, { code, reason, name, position }: Refused): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof DirectoryError, String(error))
    assert.equal(error.code, code, error.message)
    if (reason !== undefined) assert.equal(error.reason, reason, error.message)
    if (name !== undefined) assert.equal(error.where.name, name, error.message)
    if (position !== undefined) assert.equal(error.where.position, position, error.message)
    return true
  })
}
