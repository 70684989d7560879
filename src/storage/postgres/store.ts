import type { Store } from '../../core/store.ts'
import { raw } from '../sql/fragment.ts'
import { isForThread } from '../sql/loading-writer.ts'
import { customerReader } from './customers.ts'
import type { Asking, Database } from './database.ts'
import { storeError } from './errors.ts'
import type { IndexWatch } from './index-watch.ts'
import { readHistory } from './history.ts'
import type { Load } from './load.ts'
import { readPasswordHash, readUserByKey, readUsersById } from './lookup.ts'
import { forgetReceipts, readReceipt } from './receipts.ts'
import type { SpreadLists } from './replicas.ts'
import { gathered } from './gathered.ts'
import { readRevision } from './revision.ts'
import { readSavedView, readSavedViews } from './saved-views.ts'
import { readSecret } from './secrets.ts'
import { readToken, readTokens, readTokenStretch } from './tokens.ts'
import { addUsage, forgetTokenUsage, readTokenUsage, readUsage } from './usage.ts'
import { readUserCounts } from './user-counts.ts'
import { openVocabulary } from './vocabulary.ts'
import { writeCommit } from './commit.ts'
import { windowCounter } from './windows.ts'

/** What goes on beside a store: the load it is opened for, or else a look after the indexes that loads left out. */
export interface Beside {
  readonly load: Load | null
  readonly watch: IndexWatch | null
}

/** The store kept by a server, with the lists over it. */
export function storeOver(database: Database, lists: SpreadLists, { load, watch }: Beside): Store {
  const vocabulary = openVocabulary()
  return {
    engine: 'postgres',
    // Said once for all who share a question.
    revision: gathered(answering(() => readRevision(database))),
    customers: answering(customerReader(database)),
    users: answering((query) => lists.users(query)),
    documents: answering((query, metadata) => lists.documents(query, metadata)),
    user: answering((key) => readUserByKey(database, key)),
    passwordHash: answering((userId) => readPasswordHash(database, userId)),
    usersById: answering((ids) => readUsersById(database, ids)),
    history: answering((id, stretch) => readHistory(database, id, stretch)),
    userCounts: answering(() => readUserCounts(database)),
    commit: answering(async (commit) => {
      if (commit.isRehearsal !== true) await load?.begin(commit.changes.length)
      if (load?.writer && isForThread(commit)) return load.writer.write(commit)
      return writeCommit(database, vocabulary, commit)
    }),
    receipt: answering((scope, key) => readReceipt(database, scope, key)),
    forgetReceipts: answering((before) => forgetReceipts(database, before)),
    token: answering((key) => readToken(database.brief, key)),
    tokens: answering((which) => readTokens(database, which)),
    tokenStretch: answering((stretch, which) => readTokenStretch(database, stretch, which)),
    usage: answering((userId, day) => readUsage(database, userId, day)),
    addUsage: answering((deltas) => database.write((transaction) => addUsage(transaction, deltas))),
    tokenUsage: answering((from, to) => readTokenUsage(database, from, to)),
    forgetTokenUsage: answering((before) => forgetTokenUsage(database, before)),
    savedViews: answering((userId) => readSavedViews(database, userId)),
    savedView: answering((id) => readSavedView(database, id)),
    secret: answering((name, fresh) => readSecret(database, name, fresh)),
    countInWindow: answering(windowCounter(database.brief)),
    check: answering(() => assertAnswering(database.brief)),
    close: answering(async () => {
      watch?.close()
      await Promise.all([database.close(), lists.close()])
      await load?.end()
    }),
  }
}

async function assertAnswering(asking: Asking): Promise<void> {
  await asking.first(raw('SELECT 1'))
}

// Every failure leaves as the directory's own error.
function answering<Args extends readonly unknown[], T>(
  answer: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  return async (...args) => {
    try {
      return await answer(...args)
    } catch (error) {
      throw storeError(error)
    }
  }
}
