import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { raw } from '../sql/fragment.ts'
import { lendDatabase } from '../../../test/postgres/stores.ts'
import { DATABASE_LIMITS, openDatabase, type Asking } from './database.ts'

const SHORT_SLEEP = raw('SELECT 1 FROM pg_sleep(0.03)')
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
  it('is one too when each of its statements is quick', async () => {
    const lent = await lendDatabase()
    const database = openDatabase(lent.url, {
      ...DATABASE_LIMITS,
      quick: { ...DATABASE_LIMITS.quick, readingTimeoutMs: 100 },
      slow: { ...DATABASE_LIMITS.slow, readingTimeoutMs: 1_000 },
    })
    try {
      let begun = 0
      const reading = (statements: number) => async (snapshot: Asking) => {
        begun++
        for (let asked = 0; asked < statements; asked++) await snapshot.first(SHORT_SLEEP)
      }
      await database.read(reading(6))
      assert.equal(begun, 2)
      await assert.rejects(database.read(reading(100)), { code: 'unavailable', message: /took too long/ })
      assert.equal((await database.first(raw('SELECT 1')))?.[0], 1)
    } finally {
      await database.close()
      await lent.drop()
    }
  })
  it('is no reading whose node has much else to do between two quick statements', async () => {
    const lent = await lendDatabase()
    const quick = { ...DATABASE_LIMITS.quick, statementTimeoutMs: 100 }
    const database = openDatabase(lent.url, { ...DATABASE_LIMITS, quick })
    try {
      const ONE = raw('SELECT 1')
      const found = await database.read(async (snapshot) => {
        await snapshot.first(ONE)
        await sleep(400)
        return snapshot.first(ONE)
      })
      assert.deepEqual(found, [1])
    } finally {
      await database.close()
      await lent.drop()
    }
  })
})
