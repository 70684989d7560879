import { DirectoryError } from '../../core/error.ts'
import type { Change, Commit, Committed } from '../../core/store.ts'
import { instantMs } from '../sql/instant.ts'
import { uuidBytes } from '../sql/uuid.ts'
import { counter, setCounter } from './counters.ts'
import { removeCustomer, writeCustomer } from './customers.ts'
import type { Database } from './database.ts'
import { writeReceipt } from './receipts.ts'
import { startTally, type Tally } from './tally.ts'
import { issueToken, revokeToken } from './tokens.ts'
import { writeUser } from './users.ts'

/** Writes all changes of a commit and its receipt in one transaction, and gives the directory its next revision. */
export function writeCommit(database: Database, { changes, at, by, receipt }: Commit): Committed {
  return database.write(() => {
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
    database.execute(
      'INSERT INTO commits (revision, at, by) VALUES (?, ?, ?)',
      revision,
      instantMs(at),
      by === null ? null : uuidBytes(by),
    )
    setCounter(database, 'revision', revision)
    const committed = { revision, results }
    if (receipt) writeReceipt(database, { ...receipt, answer: receipt.answer(committed) }, at)
    return committed
  })
}

function writeChange(database: Database, change: Change, revision: number, tally: Tally): Committed['results'][number] {
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

// A refusal says which change it is about.
function placed(error: unknown, position: number): unknown {
  if (!(error instanceof DirectoryError)) return error
  const { code, message, reason, where } = error
  return new DirectoryError(code, message, {
    ...(reason && { reason }),
    where: { ...where, position },
    cause: error.cause,
  })
}
