import { DirectoryError } from '../../core/error.ts'
import type { Change, Commit, Committed } from '../../core/store.ts'
import { instantMs } from '../sql/instant.ts'
import { uuidBytes } from '../sql/uuid.ts'
import { counter, setCounter } from './counters.ts'
import { removeCustomer, writeCustomer } from './customers.ts'
import type { Database } from './database.ts'
import { defer, isDeferred } from './deferral.ts'
import { startFullTexts } from './full-texts.ts'
import { writeReceipt } from './receipts.ts'
import { removeSavedView, writeSavedView } from './saved-views.ts'
import { startTally } from './tally.ts'
import { endSessions, forgetSessions, issueToken, revokeToken } from './tokens.ts'
import { writeUser, type UserWriting } from './users.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a commit is written to. */
export interface Writer {
  readonly database: Database
  readonly vocabulary: Vocabulary
  /** Whether a commit of many users may defer what only lists read. */
  readonly isLoading: boolean
}

/** Writes all changes of a commit and its receipt in one transaction, and gives the directory its next revision. */
export function writeCommit(writer: Writer, commit: Commit): Committed {
  const { database, vocabulary, isLoading } = writer
  let isDurable = false
  try {
    if (commit.isRehearsal) return database.rehearse(() => write(writer, commit))
    const committed = database.write(() => {
      if (isLoading && !isDeferred(database)) defer(database, commit.changes.length)
      return write(writer, commit)
    })
    isDurable = true
    return committed
  } finally {
    vocabulary.settle(isDurable)
  }
}

function write({ database, vocabulary }: Writer, { changes, at, by, receipt }: Commit): Committed {
  const revision = counter(database, 'revision') + 1
  const writing = {
    database,
    revision,
    tally: startTally(database),
    texts: startFullTexts(database, vocabulary),
    isDeferred: isDeferred(database),
  }
  const results = changes.map((change, position) => {
    try {
      return writeChange(writing, change)
    } catch (error) {
      throw placed(error, position)
    }
  })
  writing.tally.flush()
  writing.texts.flush()
  const author = by === null ? null : uuidBytes(by)
  database.execute('INSERT INTO commits (revision, at, by) VALUES (?, ?, ?)', revision, instantMs(at), author)
  setCounter(database, 'revision', revision)
  const committed = { revision, results }
  if (receipt) writeReceipt(database, { ...receipt, answer: receipt.answer(committed) }, at)
  return committed
}

function writeChange(writing: UserWriting, change: Change): Committed['results'][number] {
  const { database, revision } = writing
  switch (change.kind) {
    case 'user':
      return writeUser(writing, change)
    case 'customer':
      return writeCustomer(database, change, revision)
    case 'remove-customer':
      return removeCustomer(database, change, revision)
    case 'issue-token':
      return issueToken(database, change)
    case 'revoke-token':
      return revokeToken(database, change)
    case 'end-sessions':
      return endSessions(database, change)
    case 'forget-sessions':
      return forgetSessions(database, change)
    case 'saved-view':
      return writeSavedView(database, change, revision)
    case 'remove-saved-view':
      return removeSavedView(database, change)
  }
}

// A refusal says which change it is about.
function placed(error: unknown, position: number): unknown {
  if (!(error instanceof DirectoryError)) return error
  const { code, message, reason, where, cause } = error
  return new DirectoryError(code, message, { ...(reason && { reason }), where: { ...where, position }, cause })
}
