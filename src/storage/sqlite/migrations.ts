import type { DatabaseSync } from 'node:sqlite'
import { DirectoryError } from '../../core/error.ts'
import { FIRST_SCHEMA } from './schema.ts'

/** What takes a file from one schema to the next, by number from 1. What has been released is never changed. */
const MIGRATIONS: readonly string[] = [FIRST_SCHEMA]

/** The schema this code knows. */
export const SCHEMA_NUMBER = MIGRATIONS.length

/** Brings a file to the newest schema, step by step, each in one transaction. Throws for a newer one than is known. */
export function migrate(connection: DatabaseSync): void {
  connection.exec('CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT')
  for (;;) {
    // Looked at anew within each transaction: another process may be migrating the same file.
    connection.exec('BEGIN IMMEDIATE')
    try {
      const done = appliedMigration(connection)
      assertKnown(done)
      const next = MIGRATIONS[done]
      if (next !== undefined) {
        connection.exec(next)
        connection.prepare("INSERT INTO migrations VALUES (?, datetime('now'))").run(done + 1)
      }
      connection.exec('COMMIT')
      if (next === undefined) return
    } catch (error) {
      if (connection.isTransaction) connection.exec('ROLLBACK')
      throw error
    }
  }
}

function appliedMigration(connection: DatabaseSync): number {
  return Number(connection.prepare('SELECT coalesce(max(number), 0) AS number FROM migrations').get()?.['number'])
}

function assertKnown(number: number): void {
  if (number <= SCHEMA_NUMBER) return
  throw new DirectoryError(
    'unavailable',
    `The directory was written by a newer Rollcall: its schema is ${number}, this one knows ${SCHEMA_NUMBER}.`,
  )
}
