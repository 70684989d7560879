import { DirectoryError } from '../../core/error.ts'
import { searchWords } from '../../core/search.ts'
import type { Change, Commit, Committed } from '../../core/store.ts'
import type { User } from '../../core/user.ts'
import { instantMs } from '../sql/instant.ts'
import { uuidBytes } from '../sql/uuid.ts'
import { counter, setCounter } from './counters.ts'
import { removeCustomer, writeCustomer } from './customers.ts'
import type { Database } from './database.ts'
import { writeReceipt } from './receipts.ts'
import { startTally, type Tally } from './tally.ts'
import { issueToken, revokeToken } from './tokens.ts'
import { writeUser } from './users.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Writes all changes of a commit and its receipt in one transaction, and gives the directory its next revision. */
export function writeCommit(database: Database, vocabulary: Vocabulary, commit: Commit): Committed {
  let settled = false
  try {
    const committed = database.write(() => write(database, vocabulary, commit))
    settled = true
    return committed
  } finally {
    vocabulary.settle(settled)
  }
}

function write(database: Database, vocabulary: Vocabulary, { changes, at, by, receipt }: Commit): Committed {
  const revision = counter(database, 'revision') + 1
  const tally = startTally(database)
  const results = changes.map((change, position) => {
    try {
      return writeChange(database, change, revision, tally)
    } catch (error) {
      throw placed(error, position)
    }
  })
  tally.flush()
  vocabulary.add(results.filter(isUser).flatMap(searchWords))
  const author = by === null ? null : uuidBytes(by)
  database.execute('INSERT INTO commits (revision, at, by) VALUES (?, ?, ?)', revision, instantMs(at), author)
  setCounter(database, 'revision', revision)
  const committed = { revision, results }
  if (receipt) writeReceipt(database, { ...receipt, answer: receipt.answer(committed) }, at)
  return committed
}

type Result = Committed['results'][number]

function writeChange(database: Database, change: Change, revision: number, tally: Tally): Result {
  switch (change.kind) {
    case 'user':
      return writeUser(database, change, revision, tally)
    case 'customer':
      return writeCustomer(database, change, revision)
    case 'remove-customer':
      return removeCustomer(database, change, revision)
    case 'issue-token':
      return issueToken(database, change)
    case 'revoke-token':
      return revokeToken(database, change)
  }
}

function isUser(result: Result): result is User {
  return result !== null && 'identifier' in result
}

// A refusal says which change it is about.
function placed(error: unknown, position: number): unknown {
  if (!(error instanceof DirectoryError)) return error
  const { code, message, reason, where, cause } = error
  return new DirectoryError(code, message, { ...(reason && { reason }), where: { ...where, position }, cause })
}
