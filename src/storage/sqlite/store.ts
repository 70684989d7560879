import { availableParallelism } from 'node:os'
import type { Query } from '../../core/query.ts'
import type { Commit, Store } from '../../core/store.ts'
import { raw } from '../sql/fragment.ts'
import { isForThread, loadingWriter } from '../sql/loading-writer.ts'
import { writeCommit } from './commit.ts'
import { counter } from './counters.ts'
import { customerReader, readUserCounts } from './customers.ts'
import type { Database } from './database.ts'
import { buildDeferred, isLookUp, type BuildingProgress } from './deferral.ts'
import { storeError } from './errors.ts'
import { readHistory } from './history.ts'
import { listsOver } from './lists.ts'
import { readPasswordHash, readUserByKey, readUsersById } from './lookup.ts'
import { readerOf, type PlanLimits } from './reader.ts'
import { READING_LIMITS, readingThreads, type ReadingLimits } from './reading-threads.ts'
import { forgetReceipts, readReceipt } from './receipts.ts'
import { readSavedView, readSavedViews } from './saved-views.ts'
import { readSecret } from './secrets.ts'
import { readToken, readTokens, readTokenStretch } from './tokens.ts'
import { addUsage, forgetTokenUsage, readTokenUsage, readUsage } from './usage.ts'
import { vocabularyOf } from './vocabulary.ts'

export interface SqliteOptions {
  /** For tests that want every kind of plan from few users. */
  readonly limits?: PlanLimits
  /**
   * Many users are about to be written by this process alone, and few lists will be asked for: the first large commit to
   * an almost empty directory defers what only lists read until the first list, or until the store is closed.
   */
  readonly isLoading?: boolean
  /** No other process writes to the file while it is open: what is asked of it again and again is then remembered. */
  readonly isAlone?: boolean
  readonly building?: BuildingProgress | undefined
  /** The file, for threads that read beside this one; none are without it. */
  readonly file?: string | null
  readonly reading?: ReadingLimits
}

/** The store kept by an open database. The engine works at once; that its methods return promises is the port's. */
export function storeOver(
  database: Database,
  { limits, isLoading = false, building, file = null, reading = READING_LIMITS }: SqliteOptions = {},
): Store {
  const looksMax = file === null ? Infinity : reading.looksMax
  const reader = readerOf(database, limits, { looksMax, isTimed: false })
  const writer = { database, vocabulary: vocabularyOf(database), isLoading }
  const threads = file === null ? null : readingThreads(file, reading)
  const lists = listsOver(reader, threads)
  const loading = isLoading && file !== null && availableParallelism() > 1 ? loadingWriter(LOADING_THREAD, file) : null
  const buildHere = answering(() => buildDeferred(database, building))
  const build = async () => {
    await loading?.idle()
    await buildHere()
  }
  const built =
    <More extends readonly unknown[], T>(list: (query: Query, ...more: More) => Promise<T>) =>
    async (query: Query, ...more: More) => {
      if (!isLookUp(query)) await build()
      return list(query, ...more)
    }
  const closed = answering(() => {
    try {
      if (isLoading) buildDeferred(database, building)
    } finally {
      database.close()
    }
  })
  const customers = customerReader(database)
  const write = answering((commit: Commit) => writeCommit(writer, commit))
  return {
    engine: 'sqlite',
    revision: answering(() => counter(database, 'revision')),
    customers: answering(customers),
    users: isLoading ? built(lists.users) : lists.users,
    documents: isLoading ? built(lists.documents) : lists.documents,
    user: answering((key) => readUserByKey(database, key)),
    passwordHash: answering((userId) => readPasswordHash(database, userId)),
    usersById: answering((ids) => readUsersById(database, ids)),
    history: answering((id, stretch) => readHistory(database, id, stretch)),
    userCounts: answering(() => readUserCounts(database)),
    commit: async (commit) => {
      if (loading && isForThread(commit)) return loading.write(commit)
      await commit.after
      await loading?.idle()
      return write(commit)
    },
    receipt: answering((scope, key) => readReceipt(database, scope, key)),
    forgetReceipts: answering((before) => database.write(() => forgetReceipts(database, before))),
    token: answering((key) => readToken(database, key)),
    tokens: answering((which) => readTokens(database, which)),
    tokenStretch: answering((stretch, which) => readTokenStretch(database, stretch, which)),
    usage: answering((userId, day) => readUsage(database, userId, day)),
    addUsage: answering((deltas) => database.write(() => addUsage(database, deltas))),
    tokenUsage: answering((from, to) => readTokenUsage(database, from, to)),
    forgetTokenUsage: answering((before) => database.write(() => forgetTokenUsage(database, before))),
    savedViews: answering((userId) => readSavedViews(database, userId)),
    savedView: answering((id) => readSavedView(database, id)),
    secret: answering((name, fresh) => readSecret(database, name, fresh)),
    check: answering(() => void database.first(raw('SELECT 1'))),
    async close() {
      await threads?.close()
      await loading?.close()
      await closed()
    },
  }
}

// The same file before and after the build.
const LOADING_THREAD = new URL(`./loading-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

// Every failure of the driver leaves as the directory's own error.
function answering<Args extends readonly unknown[], T>(answer: (...args: Args) => T): (...args: Args) => Promise<T> {
  return (...args) => {
    try {
      return Promise.resolve(answer(...args))
    } catch (error) {
      return Promise.reject(storeError(error))
    }
  }
}
