import { answerCommits } from '../sql/loading-thread.ts'
import { writeCommit } from './commit.ts'
import { DATABASE_LIMITS, openDatabase } from './database.ts'
import { storeError } from './errors.ts'
import { openKnownKeys } from './known-keys.ts'
import { openVocabulary } from './vocabulary.ts'

// A thread that writes commits of many users one after another, on a connection of its own.

// A thousand users are made ready within a transaction, which takes its time on a machine that has too much to do.
const LIMITS = { ...DATABASE_LIMITS, write: { ...DATABASE_LIMITS.write, idleTransactionTimeoutMs: 20_000 } }

answerCommits((url) => {
  const database = openDatabase(url, LIMITS)
  const vocabulary = openVocabulary()
  const known = openKnownKeys()
  return {
    write: (commit) =>
      writeCommit(database, vocabulary, commit, known).catch((error: unknown) => {
        throw storeError(error)
      }),
    close: () => database.close(),
  }
})
