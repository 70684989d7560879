import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { DirectoryError } from '../../src/core/error.ts'
import { onStore, type Open } from './subject.ts'

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)

/** Secrets are made once and then the same for everybody. */
export function secrets(open: Open): void {
  const it = onStore(open)
  describe('secrets', () => {
    it('are what was made first, by name', async (store) => {
      assert.deepEqual(Buffer.from(await store.secret('one', () => bytes(1, 0, 255))), Buffer.from([1, 0, 255]))
      assert.deepEqual(Buffer.from(await store.secret('one', () => bytes(2))), Buffer.from([1, 0, 255]))
      assert.deepEqual(Buffer.from(await store.secret('two', () => bytes(2))), Buffer.from([2]))
    })

    it('are not made where making one fails, which is then thrown', async (store) => {
      const failure = new DirectoryError('not_found', 'None.')
      const failing = store.secret('key', () => {
        throw failure
      })
      await assert.rejects(failing, (error) => error === failure)
      assert.deepEqual(Buffer.from(await store.secret('key', () => bytes(1))), Buffer.from([1]))
    })

    it('are the same for all who ask first at once', async (store) => {
      const asked = await Promise.all([1, 2, 3, 4].map((n) => store.secret('key', () => bytes(n))))
      assert.equal(new Set(asked.map((secret) => Buffer.from(secret).toString('hex'))).size, 1)
    })
  })
}
