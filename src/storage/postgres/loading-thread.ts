import { answerCommits } from '../sql/loading-thread.ts'
import { writeCommit } from './commit.ts'
import { openDatabase } from './database.ts'
import { storeError } from './errors.ts'
import { openKnownKeys } from './known-keys.ts'
import { openVocabulary } from './vocabulary.ts'

// A thread that writes commits of many users one after another, on a connection of its own.

answerCommits((url) => {
  const database = openDatabase(url)
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
