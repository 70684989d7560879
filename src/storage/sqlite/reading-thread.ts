import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { databaseOver } from './database.ts'
import { storeError } from './errors.ts'
import { defineFunctions, defineTime } from './functions.ts'
import { readDocuments, readUsers } from './page.ts'
import { readerOf } from './reader.ts'
import { received, type ThreadAnswer, type ThreadQuestion } from './thread-messages.ts'

// A thread that answers lists one after another from a connection of its own, which cannot write. What it remembers is
// its own too: answers hold for their revision, whoever found them.

/** Memory a thread may keep pages in. */
const CACHE_KIB = 32 * 1024
const BUSY_TIMEOUT_MS = 5000

let endMs = Infinity
const isOver = () => performance.now() > endMs

const connection = new DatabaseSync((workerData as { readonly file: string }).file, { readOnly: true })
connection.exec(`
  PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
  PRAGMA trusted_schema = OFF;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -${CACHE_KIB};
  PRAGMA mmap_size = 0;
`)
defineFunctions(connection)
defineTime(connection, isOver)
const reader = readerOf(databaseOver(connection), undefined, { looksMax: Infinity, isTimed: true })

function answer({ question, timeMs }: ThreadQuestion): ThreadAnswer {
  endMs = performance.now() + timeMs
  try {
    const { query, documents } = received(question)
    return { page: documents ? readDocuments(reader, query, documents.metadata) : readUsers(reader, query) }
  } catch (error) {
    if (isOver()) return { isOver: true }
    const { code, message, reason, retryAfterS } = storeError(error)
    return { error: { code, message, reason, retryAfterS } }
  }
}

parentPort?.on('message', (question: ThreadQuestion) => {
  const said = answer(question)
  // Documents are handed over, not copied.
  const pieces = 'page' in said && 'documents' in said.page ? said.page.documents : []
  const buffers = pieces.map(({ buffer }) => buffer).filter((buffer) => buffer.byteLength > SMALL_BYTES)
  parentPort?.postMessage(said, buffers as ArrayBuffer[])
})

/** Below it a copy costs less; the brace that ends every page is among these. */
const SMALL_BYTES = 64
