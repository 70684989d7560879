import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newCustomer, newUser, write } from '../../../test/model/sample.ts'
import { startServer, type Server } from '../../../test/postgres/server.ts'
import { lendDatabase } from '../../../test/postgres/stores.ts'
import { EVERYONE } from '../../core/filter.ts'
import type { Query, UserPage } from '../../core/query.ts'
import type { Store } from '../../core/store.ts'
import { openDatabase } from './database.ts'
import { listReader } from './lists.ts'
import { openPostgres } from './open.ts'
import { spread } from './replicas.ts'

const PATIENCE_MS = 10_000

describe('a store with a replica', () => {
  let primary: Server
  let replica: Server
  let store: Store

  before(async () => {
    primary = await startServer()
    const alone = await openPostgres(primary.url)
    await write(alone, newCustomer(1), newUser(1))
    await alone.close()
    replica = await startServer({}, primary)
    store = await openPostgres(primary.url, { replicas: [replica.url] })
    await eventually(async () => (await list(1)).revision === 1)
  })

  after(async () => {
    await store.close()
    await replica.close()
    await primary.close()
  })

  const list = (minRevision?: number): Promise<UserPage> => {
    const page = { kind: 'offset', offset: 0, limit: 100 } as const
    return store.users({ filter: EVERYONE, sort: [], page, total: true, minRevision })
  }

  const atReplica = async (statement: string) => {
    const client = new pg.Client(replica.url)
    await client.connect()
    await client.query(statement)
    await client.end()
  }

  /** What the replica shows, as long as it does not go on. */
  const whilePaused = async (body: () => Promise<void>) => {
    await atReplica('SELECT pg_wal_replay_pause()')
    try {
      await body()
    } finally {
      await atReplica('SELECT pg_wal_replay_resume()')
    }
  }

  it('lists what the replica has, and what is newer from the primary where a list asks for it', async () => {
    await eventually(async () => (await list()).revision === (await store.revision()))
    const old = await store.revision()
    await whilePaused(async () => {
      const [user] = await write(store, newUser(2))
      const newest = user?.revision ?? 0
      assert.ok(newest > old)
      assert.equal(await store.revision(), newest)
      for (const minRevision of [undefined, 0, old]) assert.equal((await list(minRevision)).revision, old)
      const page = await list(newest)
      assert.deepEqual([page.revision, page.users.some(({ number }) => number === user?.number)], [newest, true])
      const { documents, revision } = await store.documents(
        {
          filter: EVERYONE,
          sort: [],
          page: { kind: 'offset', offset: 0, limit: 100 },
          total: false,
          minRevision: newest,
        },
        false,
      )
      assert.equal(revision, newest)
      assert.match(Buffer.concat([...documents]).toString(), /user-2/)
      // Whatever is no list comes from the primary.
      assert.deepEqual(await store.user({ id: user?.id ?? '' }), user)
      assert.equal((await store.history(user?.id ?? '')).length, 1)
    })
    await eventually(async () => (await list()).revision > old)
  })

  it('asks the primary where another server answers at the address of the replica, which has less', async () => {
    const [own, other] = [openDatabase(primary.url), openDatabase(replica.url)]
    const behind = listReader(other)
    const moreOf = (query: Query) => ({ ...query, minRevision: (query.minRevision ?? 0) + 1_000_000 })
    const lists = spread({ database: own, lists: listReader(own) }, [
      {
        database: other,
        lists: {
          users: (query) => behind.users(moreOf(query)),
          documents: (query, metadata) => behind.documents(moreOf(query), metadata),
        },
      },
    ])
    await lists.look()
    const page = { kind: 'offset', offset: 0, limit: 1 } as const
    const { revision } = await lists.users({ filter: EVERYONE, sort: [], page, total: false, minRevision: 1 })
    assert.equal(revision, await store.revision())
    await Promise.all([lists.close(), own.close()])
  })

  it('asks the replica again once it has caught up', async () => {
    const [user] = await write(store, newUser(3))
    const wanted = user?.revision ?? 0
    await eventually(async () => (await list()).revision === wanted)
    await whilePaused(async () => {
      await write(store, newUser(4))
      assert.equal((await list(wanted)).revision, wanted)
    })
  })

  it('does without the replica while it is away, and with it when it is back', async () => {
    await replica.stop('immediate')
    const [user] = await write(store, newUser(5))
    for (let asked = 0; asked < 3; asked++) assert.equal((await list()).revision, user?.revision)
    await replica.start()
    await whilePaused(async () => {
      const newest = (await write(store, newUser(6)))[0]?.revision ?? 0
      await eventually(async () => (await list()).revision < newest)
    })
  })

  it('is opened while the replica is away', async () => {
    await replica.stop('fast')
    const other = await openPostgres(primary.url, { replicas: [replica.url] })
    const page = { kind: 'offset', offset: 0, limit: 1 } as const
    const query = { filter: EVERYONE, sort: [], page, total: false }
    assert.equal((await other.users(query)).revision, await store.revision())
    await replica.start()
    await whilePaused(async () => {
      const newest = (await write(store, newUser(7)))[0]?.revision ?? 0
      await eventually(async () => (await other.users(query)).revision < newest)
    })
    await other.close()
  })

  it('refuses a replica of another directory, or one that lets nobody in, in a sentence', async () => {
    const other = await lendDatabase()
    const locked = new URL(replica.url)
    locked.password = 'wrong'
    await assert.rejects(openPostgres(primary.url, { replicas: [locked.href] }), {
      code: 'invalid',
      message: /refuses the password of the user postgres/,
    })
    await assert.rejects(openPostgres(primary.url, { replicas: [other.url] }), {
      code: 'invalid',
      message: /^The replica at 127\.0\.0\.1:\d+ follows another directory; correct its address\.$/,
    })
    await other.drop()
  })

  it('refuses a replica as the primary', async () => {
    await assert.rejects(openPostgres(replica.url), { code: 'invalid', message: /is a replica, which takes no writes/ })
  })
})

/** Waits until something holds. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (!(await holds())) {
    assert.ok(Date.now() < until, 'It never held.')
    await sleep(20)
  }
}
