import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, copyFileSync, mkdtempSync, openSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { newCustomer, newUser, write } from '../../../test/model/sample.ts'
import { all, any, equal, LIVE, not, wildcard, type Filter } from '../../core/filter.ts'
import type { Query } from '../../core/query.ts'
import { parseSearch } from '../../core/search.ts'
import type { SortField } from '../../core/sort.ts'
import type { Store } from '../../core/store.ts'
import { openConnection, openSqlite } from './open.ts'
import { DEAR } from './dear.ts'
import { databaseOver } from './database.ts'
import { readDocuments } from './page.ts'
import { readerOf } from './reader.ts'
import { readingThreads } from './reading-threads.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
const file = join(folder, 'users.db')
const USERS = 3000

before(async () => {
  const store = openSqlite(file)
  await write(store, newCustomer(1), newCustomer(2, 1))
  const users = Array.from({ length: USERS }, (_, n) =>
    newUser(n, {
      customerId: n < USERS / 2 ? 1 : 2,
      familyName: `Family ${n % 50}`,
      givenName: n === 1234 ? 'Zora' : null,
      email: `user-${n}@example.org`,
      status: n % 2 === 0 ? 'active' : 'locked',
      tags: { team: `Team ${n % 5}` },
    }),
  )
  await write(store, ...users)
  await store.close()
})
after(() => rmSync(folder, { recursive: true }))

function list(filter: Filter, more: Partial<Query> = {}): Query {
  const page = { kind: 'position', from: null, direction: 'after', limit: 10 } as const
  return { filter: all(LIVE, filter), sort: [], page, total: false, ...more }
}
const by = (field: SortField) => ({ sort: [{ field, descending: false }] })
const nobody: Filter = { kind: 'all', of: [] }
const patterns = any(wildcard('fullName', '*ser-1*2*'), wildcard('email', '*9*example*'))
const DEAREST: Record<string, Query> = {
  'a search of one letter, counted': list(nobody, { search: parseSearch('u', false), total: true }),
  'a search of what most words begin with': list(nobody, { search: parseSearch('user', false) }),
  'a search that most are found by': list(nobody, { search: parseSearch('user', false), ...by('familyName') }),
  'a pattern on tags': list(wildcard('tags.team', '*eam*9*')),
  'any of patterns, sorted': list(patterns, by('email')),
  'a count of what no index has': list(not(wildcard('email', '*1*')), { total: true }),
  'a condition that few meet, in an order': list(not(wildcard('familyName', 'fam*')), by('email')),
}
const CHEAP: Record<string, Query> = {
  'the first page': list(nobody, { total: true }),
  'a page in the order of a name': list(nobody, by('familyName')),
  'a page far down': list(nobody, { page: { kind: 'offset', offset: 2500, limit: 10 } }),
  'a subtree, counted': list({ kind: 'subtree', customerId: 2 }, { total: true }),
  'a subtree in the order of a name': list({ kind: 'subtree', customerId: 2 }, by('familyName')),
  'one identifier': list(equal('identifier', 'user-7'), { total: true }),
  'a status in the order of a name': list(equal('status', 'active'), by('email')),
  'a search that finds few': list(nobody, { search: parseSearch('zora', false), total: true }),
  'a search of a start that few have': list(nobody, { search: parseSearch('zor', false) }),
  'a search of one letter': list(nobody, { search: parseSearch('u', false) }),
  'a pattern that many have': list(wildcard('familyName', '*amil*')),
}
const LIMITS = { looksMax: 300, threads: 2, waitingMax: 32, timeMs: 30_000 }

describe('a list', () => {
  const connection = openConnection(':memory:')
  connection.close()
  const here = () => readerOf(databaseOver(openConnection(file)), undefined, { looksMax: 300, isTimed: false })

  for (const [what, query] of Object.entries(DEAREST)) {
    it(`of ${what} is too dear for the thread that answers requests`, () => {
      assert.throws(() => readDocuments(here(), query, true), DEAR)
    })
  }

  for (const [what, query] of Object.entries(CHEAP)) {
    it(`of ${what} is read where it is asked for`, () => {
      assert.ok(readDocuments(here(), query, true).count > 0)
    })
  }

  it('is the same from another thread as from this one', async () => {
    const [threaded, alone] = [
      openSqlite(file, { reading: LIMITS }),
      openSqlite(file, { reading: { ...LIMITS, looksMax: USERS } }),
    ]
    for (const query of [...Object.values(DEAREST), ...Object.values(CHEAP)]) {
      assert.deepEqual(await threaded.users(query), await alone.users(query))
      const pages = await Promise.all([threaded, alone].map((store: Store) => store.documents(query, true)))
      const [a, b] = pages.map(({ documents, ...facts }) => [Buffer.concat(documents).toString(), facts])
      assert.deepEqual(a, b)
    }
    await Promise.all([threaded.close(), alone.close()])
  })

  it('shows what was committed before it was asked for', async () => {
    const store = openSqlite(file, { reading: LIMITS })
    const query = { ...DEAREST['a count of what no index has'], page: { kind: 'offset', offset: 0, limit: 1 } } as Query
    const { total } = await store.users(query)
    await write(store, newUser(USERS, { email: 'zero@example.org' }))
    const { revision, total: then } = await store.users(query)
    assert.deepEqual([then, revision], [Number(total) + 1, await store.revision()])
    await store.close()
  })
})

describe('a list that is read by another thread', () => {
  const dear = { query: DEAREST['any of patterns, sorted'] as Query, documents: null }

  it('is refused when it takes too long, and the next one is read', async () => {
    const threads = readingThreads(file, { ...LIMITS, timeMs: 0 })
    await assert.rejects(threads.read(dear), {
      code: 'unavailable',
      message: 'The query took longer than 0 s; narrow it.',
    })
    await threads.close()
  })

  it('is refused at once where too many wait, and read before all is closed', async () => {
    const threads = readingThreads(file, { ...LIMITS, threads: 1, waitingMax: 2 })
    const reads = Array.from({ length: 5 }, () => threads.read(dear))
    const outcomes = Promise.allSettled(reads)
    await threads.close()
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
    )
    await assert.rejects(reads[4] as Promise<unknown>, { code: 'unavailable', retryAfterS: 1 })
    await assert.rejects(threads.read(dear), { code: 'unavailable', message: 'The directory is closed.' })
  })

  it('is refused where its thread dies, and another thread reads the next one', async () => {
    const threads = readingThreads(join(folder, 'nowhere.db'), LIMITS)
    for (let round = 0; round < 2; round++) {
      await assert.rejects(threads.read(dear), { code: 'unavailable', message: 'The reading of this list broke off.' })
    }
    await threads.close()
  })

  it('is refused where its thread hangs, and another thread takes its place', async () => {
    // Opening a pipe that nobody writes to waits for ever, and nothing can end a thread that waits so.
    const pipe = join(folder, 'hangs.db')
    execFileSync('mkfifo', [pipe])
    const threads = readingThreads(pipe, { ...LIMITS, threads: 1, timeMs: 5000 })
    await assert.rejects(threads.read(dear), {
      code: 'unavailable',
      message: 'The query took longer than 5 s; narrow it.',
    })
    renameSync(pipe, `${pipe}.old`)
    copyFileSync(file, pipe)
    const page = await threads.read(dear)
    assert.equal('users' in page && page.users.length, 10)
    await threads.close()
    // Now somebody writes, and the thread ends.
    closeSync(openSync(`${pipe}.old`, 'r+'))
  })
})
