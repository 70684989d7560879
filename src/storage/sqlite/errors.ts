import { DirectoryError } from '../../core/error.ts'

// Primary result codes, https://www.sqlite.org/rescode.html
const BUSY = 5
const LOCKED = 6
const FULL = 13
/** READONLY, IOERR, CORRUPT, CANTOPEN, PROTOCOL, NOTADB: the file is not usable now. */
const UNUSABLE = [8, 10, 11, 14, 15, 26]
const CONSTRAINT = 19

/**
 * What an error of the driver is to the directory. The engine's own words stay in `cause`: they may quote SQL or
 * values.
 */
export function storeError(error: unknown): DirectoryError {
  if (error instanceof DirectoryError) return error
  const code = resultCode(error)
  if (code === FULL) return unavailable('There is no room left on the disk.', error, 'disk_full')
  if (code === BUSY || code === LOCKED) return unavailable('The directory is busy.', error)
  if (code !== undefined && UNUSABLE.includes(code)) return unavailable('The directory cannot be read.', error)
  if (isSystemError(error)) return unavailable('The file of the directory cannot be opened.', error)
  if (isClosed(error)) return unavailable('The directory is closed.', error)
  return new DirectoryError('internal', 'The store failed.', { cause: error })
}

/** The column whose unique or primary key an error is about, as `users.email`; undefined for any other error. */
export function takenColumn(error: unknown): string | undefined {
  if (resultCode(error) !== CONSTRAINT) return undefined
  return /^UNIQUE constraint failed: (\w+\.\w+)/.exec((error as Error).message)?.[1]
}

function unavailable(message: string, cause: unknown, reason?: 'disk_full'): DirectoryError {
  return new DirectoryError('unavailable', message, { retryAfterS: 1, cause, ...(reason ? { reason } : {}) })
}

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  // Extended codes carry the primary one in the low byte.
  return error.errcode & 0xff
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE'
}

// What the operating system says: no such folder, no right to it.
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
