import pg from 'pg'
import { DirectoryError } from '../../core/error.ts'

// SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
const CANCELED = '57014'
const LOCK_TIMEOUT = '55P03'
const DEADLOCK = '40P01'
const DISK_FULL = '53100'
/** A value that is too long for the index it is kept in. */
const INDEX_ROW_TOO_LONG = '54000'
/**
 * Connection exceptions, insufficient resources, operator intervention, an idle transaction that was ended, a server that
 * only reads: another try may find a server that works.
 */
const PASSING = /^(08|53|57P|25P03|25006|40001|58030|XX000)/

/** What the server says when it ends a connection. How severe that is, it says in the language of the server. */
const ENDING = /^(08|28|57P|25P03|53300)/

/** The connection failed: the server did not say why, or could not be asked. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'

  constructor(cause: unknown) {
    super('The connection to the database failed.', { cause })
  }
}

/** A server has not come to the revision that is asked for. */
export class BehindError extends Error {
  override readonly name = 'BehindError'

  constructor(revision: number) {
    super(`The directory is at revision ${revision}.`)
  }
}

/** A reading of many statements, none of which took too long, has taken too long. */
export class LongReadingError extends Error {
  override readonly name = 'LongReadingError'
}

/** What an error of the driver is to the directory. The server's own words stay in `cause`: they may quote SQL or values. */
export function storeError(error: unknown): DirectoryError {
  if (error instanceof DirectoryError) return error
  if (error instanceof ConnectionError) return unavailable('The database cannot be reached.', error)
  if (error instanceof BehindError) return unavailable(error.message, error)
  const state = sqlState(error) ?? ''
  if (isTimeout(error)) return unavailable('The database took too long to answer.', error)
  if (state === LOCK_TIMEOUT || state === DEADLOCK) return unavailable('The directory is busy.', error)
  if (state === DISK_FULL) return unavailable('There is no room left on the disk.', error, 'disk_full')
  if (state === INDEX_ROW_TOO_LONG) {
    return new DirectoryError('invalid', 'A text is too long to be found by.', { reason: 'range', cause: error })
  }
  if (PASSING.test(state)) return unavailable('The database is not ready.', error)
  return new DirectoryError('internal', 'The store failed.', { cause: error })
}

/** Whether a statement, or a reading, was ended for taking too long. */
export function isTimeout(error: unknown): boolean {
  return error instanceof LongReadingError || sqlState(error) === CANCELED
}

/** Whether an error says that a server is away or not ready, so that another one may answer instead. */
export function isPassing(error: unknown): boolean {
  if (error instanceof DirectoryError) return error.code === 'unavailable' && isPassing(error.cause)
  return error instanceof ConnectionError || PASSING.test(sqlState(error) ?? '')
}

/** Whether a server has not come to the revision that was asked for, so that another one may answer instead. */
export function isBehind(error: unknown): boolean {
  return error instanceof DirectoryError && error.cause instanceof BehindError
}

/** Whether a connection is as good as before after an error: it is there, and the server has not ended it. */
export function leavesConnection(error: unknown): boolean {
  return !(error instanceof ConnectionError) && !ENDING.test(sqlState(error) ?? '')
}

/** Whether the server said nothing for so long that it is out of reach, though nobody closed the connection. */
export function isSilence(error: unknown): boolean {
  // What the driver says when a statement took longer than the server itself allows.
  return (
    error instanceof ConnectionError && error.cause instanceof Error && error.cause.message === 'Query read timeout'
  )
}

/** What the server calls an error; undefined where it said nothing, as when it is away. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/** A failure that is over soon. */
export function unavailable(message: string, cause?: unknown, reason?: 'disk_full'): DirectoryError {
  return new DirectoryError('unavailable', message, { retryAfterS: 1, cause, ...(reason ? { reason } : {}) })
}
