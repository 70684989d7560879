import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openPostgres } from '../../src/storage/postgres/open.ts'
import { LIVE } from '../../src/core/filter.ts'
import { newCustomer, write } from '../model/sample.ts'
import { lendDatabase } from './stores.ts'
import { startWriter } from './writers.ts'

const USERS_PER_COMMIT = 7
const ROUNDS = 3

describe('a node that is killed while it commits', () => {
  it('loses nothing it was told is durable, leaves no part of a commit, and holds up no other', async () => {
    const database = await lendDatabase()
    const store = await openPostgres(database.url)
    await write(store, newCustomer(1))
    let newest = 1
    for (let round = 1; round <= ROUNDS; round++) {
      const writer = startWriter(database.url, round, USERS_PER_COMMIT)
      await writer.hasBeenTold(10 + round * 7)
      await writer.kill()
      // The next commit takes its turn behind whatever the dead one has left at the server.
      await write(store, newCustomer(round + 1))
      const revision = await store.revision()
      const told = Math.max(...writer.told)
      assert.ok(revision > told && told > newest, `revision ${revision} after ${told} was told`)
      newest = revision
      const page = { kind: 'offset', offset: 0, limit: 1 } as const
      // Asked with a search the total counts users, not what was counted with them.
      const all = { filter: LIVE, search: { terms: ['user'], idStart: null }, sort: [], page, total: true } as const
      const users = (revision - 1 - round) * USERS_PER_COMMIT
      assert.equal((await store.users(all)).total, users)
      assert.equal((await store.userCounts()).get(1)?.live, users)
    }
    await store.close()
    await database.drop()
  })
})
