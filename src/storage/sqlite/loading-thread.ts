import { parentPort, workerData } from 'node:worker_threads'
import type { Change } from '../../core/store.ts'
import { writeCommit } from './commit.ts'
import { databaseOver } from './database.ts'
import { storeError } from './errors.ts'
import { openConnection } from './open.ts'
import type { LoadingAnswer, LoadingCommit } from './loading-writer.ts'
import { vocabularyOf } from './vocabulary.ts'

// A thread that writes commits of many users one after another, on a connection of its own.

const database = databaseOver(openConnection((workerData as { readonly file: string }).file))
const writer = { database, vocabulary: vocabularyOf(database), isLoading: true }

function answer({ changes, at, by }: LoadingCommit): LoadingAnswer {
  try {
    const { revision, results } = writeCommit(writer, { changes: JSON.parse(changes) as Change[], at, by })
    return { revision, numbers: results.map((result) => (result && 'number' in result ? result.number : 0)) }
  } catch (error) {
    const { code, message, reason, where, retryAfterS } = storeError(error)
    return { error: { code, message, reason, where, retryAfterS } }
  }
}

parentPort?.on('message', (commit: LoadingCommit | 'close') => {
  if (commit !== 'close') parentPort?.postMessage(answer(commit))
  else {
    database.close()
    parentPort?.close()
  }
})
