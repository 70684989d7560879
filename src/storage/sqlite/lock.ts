import { DatabaseSync } from 'node:sqlite'
import { storeError } from './errors.ts'

/** Whoever has it may use a data folder; nobody else may until it is closed or its process ends, however it ends. */
export interface Lock {
  readonly close: () => void
}

// SQLITE_BUSY: another connection has the lock.
const BUSY = 5

/**
 * Takes the lock kept in a file of its own; undefined while another process has it. The system releases it with the
 * process, so that none is ever left behind.
 */
export function openLock(file: string): Lock | undefined {
  let connection: DatabaseSync | undefined
  try {
    connection = new DatabaseSync(file, { timeout: 0 })
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection?.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return undefined
    throw storeError(error)
  }
  const held = connection
  return { close: () => held.close() }
}
