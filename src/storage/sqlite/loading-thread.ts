import { answerCommits } from '../sql/loading-thread.ts'
import { writeCommit } from './commit.ts'
import { databaseOver } from './database.ts'
import { storeError } from './errors.ts'
import { openConnection } from './open.ts'
import { vocabularyOf } from './vocabulary.ts'

// A thread that writes commits of many users one after another, on a connection of its own.

answerCommits((file) => {
  const database = databaseOver(openConnection(file))
  const writer = { database, vocabulary: vocabularyOf(database), isLoading: true }
  return {
    async write({ after, ...commit }) {
      await after
      try {
        return writeCommit(writer, commit)
      } catch (error) {
        throw storeError(error)
      }
    },
    close: () => database.close(),
  }
})
