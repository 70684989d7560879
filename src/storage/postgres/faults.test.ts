import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newCustomer, newUser, NOON, sampleId, write } from '../../../test/model/sample.ts'
import { openProxy, type Proxy } from '../../../test/postgres/proxy.ts'
import { startServer, type Server } from '../../../test/postgres/server.ts'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import { DirectoryError } from '../../core/error.ts'
import type { Store } from '../../core/store.ts'
import { DATABASE_LIMITS, openDatabase, type DatabaseLimits } from './database.ts'
import { openPostgres } from './open.ts'
import { raw, sql } from '../sql/fragment.ts'

/** Limits under which everything goes wrong soon. */
const SHORT: DatabaseLimits = {
  brief: { ...DATABASE_LIMITS.brief, statementTimeoutMs: 200 },
  quick: { ...DATABASE_LIMITS.quick, connections: 4, statementTimeoutMs: 200 },
  slow: { ...DATABASE_LIMITS.slow, connections: 2, statementTimeoutMs: 600, waitingMax: 2 },
  write: { ...DATABASE_LIMITS.write, connections: 2, statementTimeoutMs: 900, lockTimeoutMs: 300 },
}

function isUnavailable(error: unknown): true {
  assert.ok(error instanceof DirectoryError, String(error))
  assert.equal(error.code, 'unavailable', error.message)
  assert.equal(error.retryAfterS, 1)
  return true
}

/** Asks until there is an answer, for a while. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 5_000; ;) {
    try {
      return await ask()
    } catch (error) {
      isUnavailable(error)
      if (Date.now() > until) throw error
    }
    await sleep(20)
  }
}

describe('a server that goes away', () => {
  let server: Server
  let store: Store

  before(async () => {
    // What is acknowledged is to outlive the server, though not the machine.
    server = await startServer({ synchronous_commit: 'on' })
    store = await openPostgres(server.url, { limits: SHORT })
    await write(store, newCustomer(1))
  })

  after(async () => {
    await store.close()
    await server.close()
  })

  for (const how of ['fast', 'immediate'] as const) {
    it(`makes everything unavailable while it is stopped (${how}), and nothing when it is back`, async () => {
      const revision = await store.revision()
      // Whatever is asked for all the time is answered or unavailable, and what was acknowledged stays.
      let acknowledged = 0
      let isOver = false
      let next = revision * 1_000
      const load = Array.from({ length: 8 }, async (_, n) => {
        while (!isOver) {
          try {
            if (n % 2 === 0) await store.user({ id: sampleId(next) })
            else {
              await write(store, newUser(next++))
              acknowledged++
            }
          } catch (error) {
            isUnavailable(error)
            await sleep(10)
          }
        }
      })
      await sleep(200)
      await server.stop(how)
      await assert.rejects(store.revision(), isUnavailable)
      await assert.rejects(write(store, newUser(1)), isUnavailable)
      await assert.rejects(store.check(), isUnavailable)
      await server.start()
      await answered(() => store.revision())
      await answered(() => write(store, newUser(next++)))
      isOver = true
      await Promise.all(load)
      assert.ok(acknowledged > 0)
      const { live } = (await store.userCounts()).get(1) ?? { live: 0 }
      assert.equal(live, (await store.revision()) - 1)
      assert.ok((await store.revision()) > revision + acknowledged)
    })
  }
})

describe('a connection', () => {
  let database: LentDatabase
  let proxy: Proxy
  let store: Store

  beforeEach(async () => {
    database = await lendDatabase()
    proxy = await openProxy(database.url)
    store = await openPostgres(proxy.through(database.url), { limits: SHORT })
    await write(store, newCustomer(1), newUser(1))
  })

  afterEach(async () => {
    await store.close()
    proxy.close()
    await database.drop()
  })

  it('that is cut while nobody uses it is replaced without a word', async () => {
    await store.revision()
    proxy.cut()
    await sleep(50)
    assert.equal(await store.revision(), 1)
    assert.equal((await write(store, newUser(2))).length, 1)
  })

  it('that is cut in the middle of a commit loses the commit, or only its acknowledgement', async () => {
    for (let round = 0; round < 5; round++) {
      const revision = await answered(() => store.revision())
      const writing = write(store, ...Array.from({ length: 200 }, (_, n) => newUser(1_000 * (round + 1) + n)))
      await sleep(round * 8)
      proxy.cut()
      const outcome = await writing.catch(isUnavailable)
      const now = await answered(() => store.revision())
      assert.ok(now === revision || now === revision + 1)
      if (outcome !== true) assert.equal(now, revision + 1)
      const users = await store.usersById(Array.from({ length: 200 }, (_, n) => sampleId(1_000 * (round + 1) + n)))
      assert.equal(users.length, now === revision ? 0 : 200)
    }
  })

  it('that swallows everything ends soon, and is not used again', async () => {
    await store.user({ number: 1 })
    proxy.swallow()
    const asked = Date.now()
    await Promise.all([
      assert.rejects(store.user({ number: 1 }), isUnavailable),
      assert.rejects(store.revision(), isUnavailable),
      assert.rejects(write(store, newUser(3)), isUnavailable),
    ])
    // A statement may take 900 ms, and the network has a second more to bring its answer.
    assert.ok(Date.now() - asked < 10_000)
    proxy.heal()
    assert.equal((await answered(() => store.user({ number: 1 })))?.number, 1)
    await answered(() => write(store, newUser(4)))
  })

  it('that the operator ends is replaced', async () => {
    await store.revision()
    const client = new pg.Client(database.superuserUrl)
    await client.connect()
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'rollcall'",
    )
    await client.end()
    await answered(() => store.revision())
    await answered(() => write(store, newUser(5)))
  })
})

describe('a writer', () => {
  it('that finds another one at work too long is told to come again', async () => {
    const database = await lendDatabase()
    const store = await openPostgres(database.url, { limits: SHORT })
    await write(store, newCustomer(1))
    const other = new pg.Client(database.url)
    await other.connect()
    await other.query("BEGIN; UPDATE counters SET value = value WHERE name = 'revision'")
    await assert.rejects(write(store, newUser(1)), isUnavailable)
    assert.equal(await store.revision(), 1)
    await other.query('ROLLBACK')
    await other.end()
    assert.equal((await write(store, newUser(1))).length, 1)
    assert.equal(await store.revision(), 2)
    await store.close()
    await database.drop()
  })

  it('that stops in the middle of its work holds up nobody for long', async () => {
    const database = await lendDatabase()
    const frozen = openDatabase(database.url, SHORT)
    const store = await openPostgres(database.url)
    const held = Promise.withResolvers<undefined>()
    const thawed = Promise.withResolvers<undefined>()
    const stuck = frozen.write(async (transaction) => {
      await transaction.run(sql`UPDATE counters SET value = value + 1 WHERE name = 'revision'`)
      held.resolve(undefined)
      await thawed.promise
    })
    await held.promise
    // The server ends a transaction in which nothing happens.
    await answered(() => write(store, newCustomer(1)))
    thawed.resolve(undefined)
    await assert.rejects(stuck, isUnavailable)
    assert.equal(await store.revision(), 1)
    await Promise.all([frozen.close(), store.close()])
    await database.drop()
  })
})

describe('lanes', () => {
  let database: LentDatabase

  before(async () => {
    database = await lendDatabase()
  })
  after(() => database.drop())

  const asleep = (seconds: number) => raw(`SELECT pg_sleep(${seconds})`)

  it('let what is dear take longer than what is cheap, and not for ever', async () => {
    const asked = openDatabase(database.url, SHORT)
    assert.equal((await asked.rows(asleep(0.4))).length, 1)
    assert.equal(await asked.read(async (snapshot) => (await snapshot.rows(asleep(0.4))).length), 1)
    await assert.rejects(asked.rows(asleep(5)), isUnavailable)
    assert.equal((await asked.rows(raw('SELECT 1'))).length, 1)
    await asked.close()
  })

  it('keep what is dear from holding up what is cheap, and refuse what would wait too long', async () => {
    const limits = { ...SHORT, slow: { ...SHORT.slow, statementTimeoutMs: 2_000 } }
    const asked = openDatabase(database.url, limits)
    const dear = Array.from({ length: 8 }, () => asked.rows(asleep(1)).then(() => 'done', isUnavailable))
    await sleep(1_000)
    // The slow lane is full now, and the quick one is free.
    assert.deepEqual(await asked.rows(raw('SELECT 1')), [[1]])
    const outcomes = await Promise.all(dear)
    assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 4)
    await asked.close()
  })

  it('refuse what would wait for a connection too long', async () => {
    const limits = { ...SHORT, quick: { ...SHORT.quick, connections: 1, waitingMax: 3 } }
    const asked = openDatabase(database.url, limits)
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => asked.rows(asleep(0.05)).then(() => 'done', isUnavailable)),
    )
    assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 4)
    await asked.close()
  })

  it('take back everything of a writing that fails, whyever', async () => {
    const asked = openDatabase(database.url, SHORT)
    const half = (rest: () => Promise<unknown>) =>
      asked.write(async (transaction) => {
        await transaction.run(sql`INSERT INTO commits (revision, at) VALUES (99, ${Date.parse(NOON)})`)
        return await rest()
      })
    await assert.rejects(
      half(() => Promise.reject(new DirectoryError('conflict', 'No.'))),
      { code: 'conflict' },
    )
    await assert.rejects(
      half(() => Promise.reject(new TypeError('A mistake.'))),
      { code: 'internal' },
    )
    await assert.rejects(
      half(() => asked.write((other) => other.rows(raw('SELECT nothing')))),
      { code: 'internal' },
    )
    // An error of the server that is not passed on does not make half a writing of it.
    await assert.rejects(
      asked.write(async (transaction) => {
        await transaction.run(sql`INSERT INTO commits (revision, at) VALUES (99, 0)`)
        await transaction.rows(raw('SELECT nothing')).catch(() => undefined)
      }),
      { code: 'internal' },
    )
    assert.deepEqual(await asked.rows(raw('SELECT count(*) FROM commits')), [[0]])
    await asked.close()
  })
})

describe('a server without a connection left', () => {
  it('is unavailable until there is one', async () => {
    const server = await startServer({ max_connections: '8', superuser_reserved_connections: '0' })
    const store = await openPostgres(server.url, { limits: SHORT })
    await store.close()
    const taken = Array.from({ length: 7 }, () => new pg.Client(server.url))
    const late = openDatabase(server.url, SHORT)
    await Promise.all(taken.map((client) => client.connect()))
    await late.first(raw('SELECT 1'))
    await assert.rejects(
      late.write((transaction) => transaction.first(raw('SELECT 1'))),
      isUnavailable,
    )
    await Promise.all(taken.map((client) => client.end()))
    await answered(() => late.write((transaction) => transaction.first(raw('SELECT 1'))))
    await late.close()
    await server.close()
  })
})
