import { Socket } from 'node:net'
import pg from 'pg'
import { DirectoryError } from '../../core/error.ts'
import { keepAtHand } from './at-hand.ts'
import { ByteClient } from './byte-client.ts'
import { connectionConfig, heard } from './connection.ts'
import { isSilence, leavesConnection, unavailable } from './errors.ts'

/** How much later than the server's the client's own timeout ends a statement: only then is the server out of reach. */
const GRACE_MS = 1_000
/** A transaction in which nothing is asked for so long is ended by the server: its node is gone. */
const IDLE_TRANSACTION_TIMEOUT_MS = 5_000
/** An unused connection is closed after this. */
const IDLE_TIMEOUT_MS = 30_000

/** How long what is under way may take when its lane is closed: whoever closes it waits for nothing any more. */
const CLOSE_GRACE_MS = 1_000

/** How many connections there are for one kind of work, and how long each piece of it may take. */
export interface LaneLimits {
  readonly connections: number
  /** How long one statement may take. */
  readonly statementTimeoutMs: number
  /** How long all statements of one reading may take; as long as they want where it is not said. */
  readonly readingTimeoutMs?: number
  /** How long nothing may be asked in a transaction; where it is not said, as long as it may take, and 5 s at most. */
  readonly idleTransactionTimeoutMs?: number
  /** How many may wait for a connection, and for how long. */
  readonly waitingMax: number
  readonly waitTimeoutMs: number
  /** How long a statement may wait for a row that another transaction has. */
  readonly lockTimeoutMs?: number
}

/** Connections for one kind of work. What waits for them does not hold up any other lane. */
export interface Lane {
  /**
   * Lends a connection. Throws `unavailable` where there is none in time. It is closed after an error that makes it
   * doubtful, and anything left open on it is rolled back by the server.
   */
  use<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>
  /** Lets what is under way finish, for a moment; what takes longer is cut off. */
  close(): Promise<void>
}

/** How often a server has been found silent. All its lanes share it. */
export interface Silences {
  count: number
}

/**
 * Opens a lane. Its connections are made when they are needed; none that was there when the server was found silent is
 * lent again, as each would only be found silent too.
 */
export function openLane(
  url: string,
  limits: LaneLimits,
  silences: Silences,
  settings: Readonly<Record<string, string>> = {},
): Lane {
  const { connections, statementTimeoutMs, waitingMax, waitTimeoutMs, readingTimeoutMs = 0, lockTimeoutMs = 0 } = limits
  const idleTransactionTimeoutMs =
    limits.idleTransactionTimeoutMs ??
    Math.min(Math.max(statementTimeoutMs, readingTimeoutMs), IDLE_TRANSACTION_TIMEOUT_MS)
  const sockets = new Set<Socket>()
  const pool = new pg.Pool({
    Client: ByteClient as unknown as new () => pg.ClientBase,
    // To compile a plan takes longer than anything here should.
    ...connectionConfig(url, { jit: 'off', ...settings }),
    max: connections,
    // The pool has one timeout for waiting and for connecting.
    connectionTimeoutMillis: waitTimeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + GRACE_MS,
    lock_timeout: lockTimeoutMs,
    // A node with much to do may take its time between two statements.
    idle_in_transaction_session_timeout: idleTransactionTimeoutMs,
    pipeline: true,
    stream: () => {
      const socket = new Socket()
      sockets.add(socket)
      return socket.once('close', () => sockets.delete(socket))
    },
  })
  // Each connection with the silences there had been when it was made.
  const made = new Map<pg.ClientBase, number>()
  const isOfNow = (client: pg.ClientBase): boolean => made.get(client) === silences.count
  const broken = new WeakSet<pg.ClientBase>()
  const atHand = keepAtHand()
  // A connection that breaks while nobody uses it is replaced; one that breaks in use fails what uses it.
  pool.on('error', ignore)
  pool.on('connect', (client) => {
    const lose = (): void => {
      broken.add(client)
      if (atHand.drop(client)) client.release(true)
    }
    client.on('error', lose).on('end', lose)
    made.set(client, silences.count)
  })
  pool.on('remove', (client) => made.delete(client))
  let isClosed = false

  const taken = () => {
    const client = atHand.take()
    if (client === null || isOfNow(client)) return client
    client.release(true)
    return null
  }

  const giveBack = (client: pg.PoolClient, isDoubtful: boolean): void => {
    const isWanted = pool.waitingCount > 0
    if (isDoubtful || isWanted || broken.has(client) || !atHand.keep(client)) client.release(isDoubtful)
  }

  const borrowed = async () => {
    if (isClosed) throw new DirectoryError('unavailable', 'The directory is closed.')
    if (pool.waitingCount >= waitingMax) throw unavailable('The database has too much to do.')
    const before = silences.count
    try {
      for (;;) {
        const client = await heard(pool.connect())
        if (isOfNow(client)) return client
        client.release(true)
      }
    } catch (error) {
      // What the pool says when its connections are all in use; unless those who use them have found the server silent.
      const isBusy =
        silences.count === before &&
        error instanceof Error &&
        error.cause instanceof Error &&
        /^timeout exceeded/.test(error.cause.message)
      throw isBusy ? unavailable('The database has too much to do.', error.cause) : error
    }
  }

  return {
    async use(work) {
      const client = taken() ?? (await borrowed())
      let isDoubtful = true
      try {
        const result = await work(client)
        isDoubtful = false
        return result
      } catch (error) {
        isDoubtful = !leavesConnection(error)
        if (isSilence(error) && isOfNow(client)) silences.count += 1
        throw error
      } finally {
        giveBack(client, isDoubtful)
      }
    },
    async close() {
      isClosed = true
      // What is asked of a server that does not answer keeps its connection for as long as a statement may take.
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy()
      }, CLOSE_GRACE_MS)
      atHand.close()
      await pool.end()
      clearTimeout(cut)
      // A server that is silent does not answer the goodbye either; the process need not stay for that.
      for (const client of made.keys()) (client as pg.ClientBase & { readonly unref: () => void }).unref()
    },
  }
}

function ignore(): void {
  // Said by the statement that fails.
}
