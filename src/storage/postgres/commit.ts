import { DirectoryError } from '../../core/error.ts'
import type { Change, Commit, Committed } from '../../core/store.ts'
import type { NewUser } from '../../core/user.ts'
import { sql } from '../sql/fragment.ts'
import { instantMs } from '../sql/instant.ts'
import { startCustomers, type CustomersUnderWay } from './customer-writes.ts'
import type { Database, Transaction } from './database.ts'
import { derivedFrom, type Derived } from './derived.ts'
import type { KnownKeys } from './known-keys.ts'
import { writeReceipt } from './receipts.ts'
import { startSavedViews, type SavedViewsUnderWay } from './saved-views.ts'
import { startTally, type Tally } from './tally.ts'
import { startTokens, type TokensUnderWay } from './tokens.ts'
import { startUsers, type UsersUnderWay } from './users.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * Writes all changes of a commit and its receipt in one transaction, and gives the directory its next revision. Whoever writes
 * many hands in what is `known`.
 */
export async function writeCommit(
  database: Database,
  vocabulary: Vocabulary,
  commit: Commit,
  known?: KnownKeys,
): Promise<Committed> {
  const derived = new Map(
    commit.changes.flatMap((one) => (one.kind === 'user' ? [[one.user, derivedFrom(one.user)] as const] : [])),
  )
  await commit.after
  const writing = (transaction: Transaction) => write(transaction, vocabulary, commit, derived, known)
  if (commit.isRehearsal) return database.rehearse(writing)
  const committed = await database.write(writing)
  known?.keep(committed.revision)
  return committed
}

interface UnderWay {
  readonly users: UsersUnderWay
  readonly customers: CustomersUnderWay
  readonly tokens: TokensUnderWay
  readonly savedViews: SavedViewsUnderWay
  readonly tally: Tally
}

async function write(
  transaction: Transaction,
  vocabulary: Vocabulary,
  { changes, at, by, receipt }: Commit,
  derived: ReadonlyMap<NewUser, Derived>,
  known: KnownKeys | undefined,
): Promise<Committed> {
  const newest = takeRevision(transaction)
  const isNew = known && newest.then((revision) => known.during(transaction, revision))
  // Sent right behind, and answered once the revision is ours.
  const [revision, tally, customers, users, tokens, savedViews] = await Promise.all([
    newest,
    startTally(transaction, newest),
    startCustomers(transaction, newest, changes),
    startUsers(transaction, vocabulary, newest, changes, derived, isNew),
    startTokens(transaction, changes),
    startSavedViews(transaction, changes),
  ])
  const results = changes.map((change, position) => {
    try {
      return writeChange({ users, customers, tokens, savedViews, tally }, change, revision)
    } catch (error) {
      throw placed(error, position)
    }
  })
  const committed = { revision, results }
  const kept = receipt && { ...receipt, answer: receipt.answer(committed) }
  await Promise.all([
    transaction.run(sql`INSERT INTO commits (revision, at, by) VALUES (${revision}, ${instantMs(at)}, ${by})`),
    tally.flush(),
    customers.flush(),
    users.flush(),
    tokens.flush(),
    savedViews.flush(),
    kept && writeReceipt(transaction, kept, at),
  ])
  return committed
}

// Nobody else gets a revision before this transaction is over: revisions are in the order of commits, and all that is read
// from here on stays as it is.
async function takeRevision(transaction: Transaction): Promise<number> {
  const row = await transaction.first({
    ...sql`UPDATE counters SET value = value + 1 WHERE name = 'revision' RETURNING value`,
    name: 'take revision',
  })
  return Number(row?.[0])
}

function writeChange(
  { users, customers, tokens, savedViews, tally }: UnderWay,
  change: Change,
  revision: number,
): Committed['results'][number] {
  switch (change.kind) {
    case 'user':
      return users.write(change, (id) => customers.has(id), tally)
    case 'customer':
      return customers.write(change, tally)
    case 'remove-customer':
      return customers.remove(change, tally)
    case 'issue-token':
      return tokens.issue(change, (id) => users.has(id))
    case 'revoke-token':
      return tokens.revoke(change)
    case 'end-sessions':
      return tokens.end(change)
    case 'forget-sessions':
      return tokens.forget(change)
    case 'saved-view':
      return savedViews.write(change, revision)
    case 'remove-saved-view':
      return savedViews.remove(change)
  }
}

// A refusal says which change it is about.
function placed(error: unknown, position: number): unknown {
  if (!(error instanceof DirectoryError)) return error
  const { code, message, reason, where, cause } = error
  return new DirectoryError(code, message, { ...(reason && { reason }), where: { ...where, position }, cause })
}
