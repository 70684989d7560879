import type pg from 'pg'
import { memory } from '../sql/memory.ts'
import { ask, say, type Row, type Statement } from './connection.ts'
import { isTimeout, LongReadingError, storeError } from './errors.ts'
import { openLane, type Lane, type LaneLimits } from './lane.ts'
import { askStanding, type StandingQuestion } from './standing-question.ts'

/** Asks questions. Those asked without waiting for the answer of the one before travel together. */
export interface Asking {
  first(query: Statement): Promise<Row | undefined>
  rows(query: Statement): Promise<readonly Row[]>
}

/** Asks what takes no time. */
export interface Brief extends Asking {
  /** The one field of the answer, as the server writes it. */
  standing(question: StandingQuestion): Promise<string | null>
}

/** A transaction that writes. */
export interface Transaction extends Asking {
  /** Runs a statement and gives the number of rows it changed. */
  run(statement: Statement): Promise<number>
}

/**
 * A server. What is read goes to the quick lane first and, where it takes longer than that lane allows, once more to the
 * slow one: nothing cheap ever waits behind something dear.
 */
export interface Database extends Asking {
  /** Asks what every request does, on connections of its own: it waits for no list, however many there are. */
  readonly brief: Brief
  /** Asks for lists of a shape: where those have lately been too slow for the quick lane, they begin in the slow one. */
  ofShape(shape: string): Asking
  /**
   * Runs a reading in one snapshot, so that all of it shows one revision. It may be run twice; where readings of its shape
   * have lately been too slow for the quick lane, it begins in the slow one.
   */
  read<T>(reading: (snapshot: Asking) => Promise<T>, shape?: string): Promise<T>
  /** Runs a writing in one transaction: all of it is durable when this is over, or, unless it is `unavailable`, nothing has happened. */
  write<T>(writing: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Runs a writing and takes all of it back. */
  rehearse<T>(writing: (transaction: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The lanes of one server. */
export interface DatabaseLimits {
  /** What every request asks. Many questions share a connection, and none takes long. */
  readonly brief: LaneLimits
  readonly quick: LaneLimits
  readonly slow: LaneLimits
  /** Commits wait for each other: more connections would only wait in the database instead of here. */
  readonly write: LaneLimits
}

export const DATABASE_LIMITS: DatabaseLimits = {
  brief: { connections: 2, statementTimeoutMs: 500, waitingMax: 10_000, waitTimeoutMs: 3_000 },
  quick: { connections: 10, statementTimeoutMs: 500, readingTimeoutMs: 2_000, waitingMax: 1_000, waitTimeoutMs: 3_000 },
  slow: { connections: 3, statementTimeoutMs: 15_000, readingTimeoutMs: 15_000, waitingMax: 30, waitTimeoutMs: 15_000 },
  write: { connections: 3, statementTimeoutMs: 10_000, waitingMax: 500, waitTimeoutMs: 5_000, lockTimeoutMs: 5_000 },
}

/**
 * A statement may stay planned while its table grows from nothing to millions: what is quick to read through at first must
 * be found by an index even then.
 */
const INDEXED = { enable_seqscan: 'off' }

/** How long a shape of readings is taken for slow once one of it was, and how many are remembered. */
const SLOW_MS = 30_000
const SLOW_SHAPES_MAX = 500

/** Opens the lanes to a server. Connections are made when they are needed. */
export function openDatabase(url: string, limits: DatabaseLimits = DATABASE_LIMITS): Database {
  const silences = { count: 0 }
  const brief = openLane(url, limits.brief, silences, INDEXED)
  const quick = openLane(url, limits.quick, silences, INDEXED)
  const slow = openLane(url, limits.slow, silences)
  const write = openLane(url, limits.write, silences, INDEXED)

  const slowUntilMs = memory<number>(SLOW_SHAPES_MAX)

  type Work<T> = (client: pg.ClientBase, limits: LaneLimits) => Promise<T>
  const inQuick = <T>(work: Work<T>) => quick.use((client) => work(client, limits.quick))
  const inSlow = <T>(work: Work<T>) => slow.use((client) => work(client, limits.slow))

  const inBrief = async <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> => {
    try {
      return await brief.use(work)
    } catch (error) {
      throw storeError(error)
    }
  }

  const patiently = async <T>(work: Work<T>, shape?: string): Promise<T> => {
    try {
      const isSlow = shape !== undefined && (slowUntilMs.get(shape) ?? 0) > Date.now()
      if (isSlow) return await inSlow(work)
      try {
        return await inQuick(work)
      } catch (error) {
        if (!isTimeout(error)) throw error
        if (shape !== undefined) slowUntilMs.set(shape, Date.now() + SLOW_MS)
        return await inSlow(work)
      }
    } catch (error) {
      throw storeError(error)
    }
  }
  const ofShape = (shape?: string) =>
    askingBy((query) => patiently(async (client) => (await ask(client, query)).rows, shape))

  return {
    ...ofShape(),
    ofShape,
    brief: {
      ...askingBy((query) => inBrief(async (client) => (await ask(client, query)).rows)),
      standing: (question) => inBrief((client) => askStanding(client, question)),
    },
    read: (reading, shape) =>
      patiently((client, { readingTimeoutMs }) => {
        return inTransaction(client, BEGIN_SNAPSHOT, reading, 'COMMIT', readingTimeoutMs)
      }, shape),
    write: (writing) => transact(write, writing, 'COMMIT'),
    rehearse: (writing) => transact(write, writing, 'ROLLBACK'),
    async close() {
      await Promise.all([brief.close(), quick.close(), slow.close(), write.close()])
    },
  }
}

function askingBy(rows: Asking['rows']): Asking {
  return { rows, first: async (query) => (await rows(query))[0] }
}

const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'
// Each statement sees what was committed before it began: after the wait for the revision that is all of it.
const BEGIN_WRITING = 'BEGIN ISOLATION LEVEL READ COMMITTED'

async function transact<T>(lane: Lane, writing: (transaction: Transaction) => Promise<T>, end: 'COMMIT' | 'ROLLBACK') {
  try {
    return await lane.use((client) => inTransaction(client, BEGIN_WRITING, writing, end))
  } catch (error) {
    throw storeError(error)
  }
}

async function inTransaction<T>(
  client: pg.ClientBase,
  begin: string,
  body: (transaction: Transaction) => Promise<T>,
  end: 'COMMIT' | 'ROLLBACK',
  timeoutMs = Infinity,
): Promise<T> {
  // Nothing is sent before this is answered: what follows a failed beginning would be a transaction of its own.
  await say(client, begin)
  const { transaction, close } = transactionOn(client, performance.now() + timeoutMs)
  try {
    const result = await body(transaction)
    close()
    await say(client, end)
    return result
  } catch (error) {
    close()
    await say(client, 'ROLLBACK')
    throw error
  }
}

// A transaction in which nothing is asked any more after a moment, or when it is closed.
//
// Of several things that are done side by side one may fail while another waits for an answer: what that one would go on
// to say is not heard any more. After the end of the transaction it would be a transaction of its own.
function transactionOn(
  client: pg.ClientBase,
  untilMs: number,
): { readonly transaction: Transaction; readonly close: () => void } {
  let isOpen = true
  const heard = async (query: Statement) => {
    if (!isOpen) throw new Error('The transaction is over.')
    if (performance.now() > untilMs) throw new LongReadingError()
    return ask(client, query)
  }
  const rows = async (query: Statement) => (await heard(query)).rows
  const transaction = {
    rows,
    first: async (query: Statement) => (await rows(query))[0],
    run: async (statement: Statement) => (await heard(statement)).count,
  }
  return { transaction, close: () => void (isOpen = false) }
}
