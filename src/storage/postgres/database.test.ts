import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { raw } from '../sql/fragment.ts'
import { lendDatabase } from '../../../test/postgres/stores.ts'
import { DATABASE_LIMITS, openDatabase, type Asking } from './database.ts'

const SLEEP = raw('SELECT 1 FROM pg_sleep(0.3)')

describe('a reading that is too slow for the quick lane', () => {
  it('is read once more in the slow one, and others of its shape begin there', async () => {
    const lent = await lendDatabase()
    const database = openDatabase(lent.url, {
      ...DATABASE_LIMITS,
      quick: { ...DATABASE_LIMITS.quick, statementTimeoutMs: 100 },
    })
    try {
      let begun = 0
      const reading = async (snapshot: Asking) => {
        begun++
        return (await snapshot.first(SLEEP))?.[0]
      }
      const timesBegun = async (shape: string) => {
        begun = 0
        assert.equal(await database.read(reading, shape), 1)
        return begun
      }
      assert.equal(await timesBegun('a'), 2)
      assert.equal(await timesBegun('a'), 1)
      assert.equal(await timesBegun('b'), 2)
    } finally {
      await database.close()
      await lent.drop()
    }
  })
})
