import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import type { Store } from '../../src/core/store.ts'
import { openPostgres } from '../../src/storage/postgres/open.ts'
import { EVERYONE, type Filter } from '../../src/core/filter.ts'
import { newCustomer, write } from '../model/sample.ts'
import { lendDatabase, type LentDatabase } from './stores.ts'
import { startWriter, type Writer } from './writers.ts'

const NODES = 3
const USERS_PER_COMMIT = 2
/** Commits each node is told of before it is killed. */
const COMMITS = 60

describe('while several nodes commit', () => {
  let database: LentDatabase
  let store: Store
  let writers: readonly Writer[] = []

  before(async () => {
    database = await lendDatabase()
    store = await openPostgres(database.url)
    await write(store, newCustomer(1))
    writers = Array.from({ length: NODES }, (_, node) => startWriter(database.url, node + 1, USERS_PER_COMMIT))
  })

  after(async () => {
    await Promise.all(writers.map((writer) => writer.kill()))
    await store.close()
    await database.drop()
  })

  it('no reader sees a revision without all before it, and none that asks for what is new misses any', async () => {
    let isOver = false
    const until = Promise.all(writers.map((writer) => writer.hasBeenTold(COMMITS))).finally(() => {
      isOver = true
    })
    const looks = watchCommits(database.url, () => isOver)
    const deltas = followDeltas(store, () => isOver)
    const asks = askAfterWrites(store, writers, () => isOver)
    await until
    await Promise.all(writers.map((writer) => writer.kill()))
    const [seen, followed, asked] = await Promise.all([looks, deltas, asks])
    assert.ok(seen > 20 && followed.pages > 20 && asked > 20, `${seen} looks, ${followed.pages} deltas, ${asked} asks`)

    // What one was told to be durable is there, and what is there is whole.
    const newest = await store.revision()
    const told = writers.flatMap((writer) => writer.told)
    assert.equal(new Set(told).size, told.length)
    assert.ok(Math.max(...told) <= newest)
    const rest = await delta(store, followed.until)
    const revisions = [...followed.revisions, ...rest.revisions]
    const expected = Array.from({ length: newest - 1 }, (_, n) => Array<number>(USERS_PER_COMMIT).fill(n + 2)).flat()
    assert.deepEqual(revisions, expected)
    const { live } = (await store.userCounts()).get(1) ?? {}
    assert.equal(live, (newest - 1) * USERS_PER_COMMIT)
  })
})

/** Looks at one moment again and again: the newest revision, and how many commits there are up to it. */
async function watchCommits(url: string, isOver: () => boolean): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    let last = 0
    for (let looks = 0; ; looks++) {
      const { rows } = await client.query<Record<string, number>>(LOOK)
      const { newest = 0, commits, highest, users } = rows[0] ?? {}
      assert.deepEqual([commits, highest], [newest, newest])
      assert.equal(users, (newest - 1) * USERS_PER_COMMIT)
      assert.ok(newest >= last)
      last = newest
      if (isOver()) return looks
    }
  } finally {
    await client.end()
  }
}

const LOOK = `
  SELECT (SELECT value FROM counters WHERE name = 'revision')::integer AS newest, count(*)::integer AS commits,
    max(revision)::integer AS highest, (SELECT count(*) FROM users)::integer AS users
  FROM commits`

interface Delta {
  /** The revision of each user in it. */
  readonly revisions: readonly number[]
  /** The revision up to which it is all there is. */
  readonly until: number
}

/** The users written after a revision, in the order of revisions. */
async function delta(store: Store, after: number): Promise<Delta> {
  const filter: Filter = after === 0 ? EVERYONE : { kind: 'compare', field: 'revision', op: 'gt', value: after }
  const sort = [{ field: 'revision', descending: false }] as const
  const revisions: number[] = []
  for (let until = Number.MAX_SAFE_INTEGER, offset = 0; ;) {
    const page = await store.users({ filter, sort, page: { kind: 'offset', offset, limit: 100 }, total: false })
    // A page shows one revision: what came after the first page's is for the next delta.
    until = Math.min(until, page.revision)
    const own = page.users.map(({ revision }) => revision).filter((revision) => revision <= until)
    revisions.push(...own)
    offset += page.users.length
    if (!page.hasAfter || own.length < page.users.length) return { revisions, until }
  }
}

async function followDeltas(store: Store, isOver: () => boolean): Promise<Delta & { readonly pages: number }> {
  const revisions: number[] = []
  let until = 0
  let pages = 0
  for (; !isOver(); pages++) {
    const next = await delta(store, until)
    assert.ok(next.until >= until)
    revisions.push(...next.revisions)
    until = next.until
  }
  return { revisions, until, pages }
}

/** Asks for the newest revision after a writer elsewhere was told of one. */
async function askAfterWrites(store: Store, writers: readonly Writer[], isOver: () => boolean): Promise<number> {
  let asked = 0
  for (; !isOver(); asked++) {
    const told = Math.max(0, ...writers.map((writer) => writer.told.at(-1) ?? 0))
    assert.ok((await store.revision()) >= told)
  }
  return asked
}
