import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newCustomer, newUser, NOON, write } from '../../../test/model/sample.ts'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import type { Change } from '../../core/store.ts'
import { writeCommit } from './commit.ts'
import { openDatabase, type Database } from './database.ts'
import { KEYS, openKnownKeys, type IsNew } from './known-keys.ts'
import { openPostgres } from './open.ts'
import { openVocabulary } from './vocabulary.ts'

let lent: LentDatabase
let database: Database
before(async () => {
  lent = await lendDatabase()
  const store = await openPostgres(lent.url)
  await write(store, newCustomer(1), newUser(0))
  await store.close()
  database = openDatabase(lent.url)
})
after(async () => {
  await database.close()
  await lent.drop()
})

const commitOf = (...changes: Change[]) => ({ changes, at: NOON, by: null })

describe('what a writer knows of keys', () => {
  it('is what is there and what it has written, until somebody else writes', async () => {
    const vocabulary = openVocabulary()
    const known = openKnownKeys()
    const revision = async () => {
      const row = await database.brief.first({ text: "SELECT value FROM counters WHERE name = 'revision'", values: [] })
      return Number(row?.[0])
    }
    const asked = async (...keys: string[]) => {
      const next = (await revision()) + 1
      const isNew: IsNew = await database.rehearse((transaction) => known.during(transaction, next))
      return keys.map(isNew)
    }
    const named = (n: number) => [KEYS.identifier(`user-${n}`), KEYS.word(4, 'user')]
    assert.deepEqual(await asked(...named(0), KEYS.identifier('nobody')), [false, false, true])
    await writeCommit(database, vocabulary, commitOf(newUser(1)), known)
    assert.deepEqual(await asked(...named(1), KEYS.identifier('no one')), [false, false, true])
    await writeCommit(database, vocabulary, commitOf(newUser(2)))
    assert.deepEqual(await asked(...named(2), KEYS.identifier('not one')), [false, false, false])
    await writeCommit(database, vocabulary, commitOf(newUser(3)), known)
    assert.deepEqual(await asked(KEYS.identifier('none')), [false])
  })

  it('never lets two users have the same, whoever wrote the first', async () => {
    const vocabulary = openVocabulary()
    const known = openKnownKeys()
    const taken = { code: 'conflict', reason: 'taken' }
    await writeCommit(database, vocabulary, commitOf(newUser(10)), known)
    await assert.rejects(
      writeCommit(database, vocabulary, commitOf(newUser(11, { identifier: 'user-0' })), known),
      taken,
    )
    await assert.rejects(
      writeCommit(database, vocabulary, commitOf(newUser(11, { identifier: 'user-10' })), known),
      taken,
    )
    await writeCommit(database, vocabulary, commitOf(newUser(12)))
    await assert.rejects(
      writeCommit(database, vocabulary, commitOf(newUser(13, { identifier: 'user-12' })), known),
      taken,
    )
    await writeCommit(database, vocabulary, commitOf(newUser(13)), known)
  })
})
