import type { DatabaseSync } from 'node:sqlite'
import { DirectoryError } from '../../core/error.ts'
import { FIRST_SCHEMA, NAMES_SCHEMA, SAVED_VIEWS_SCHEMA, TOKEN_USES_SCHEMA } from './schema.ts'

/** What takes a file from one schema to the next, by number from 1. What has been released is never changed. */
export const MIGRATIONS: readonly string[] = [FIRST_SCHEMA, TOKEN_USES_SCHEMA, SAVED_VIEWS_SCHEMA, NAMES_SCHEMA]

/**
 * Brings a file to the newest schema, step by step, each in one transaction. Throws `unavailable` for a newer schema
 * than is known, and for a file of something else.
 */
export function migrate(connection: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  // Reading first: where nothing is to be done, a process that writes need not be waited for.
  while (appliedIn(connection, migrations.length) < migrations.length) {
    connection.exec('BEGIN IMMEDIATE')
    try {
      applyNext(connection, migrations)
      connection.exec('COMMIT')
    } catch (error) {
      if (connection.isTransaction) connection.exec('ROLLBACK')
      throw error
    }
  }
}

/** The numbers of the steps a file lacks. Throws like `migrate`, and changes nothing. */
export function pendingIn(connection: DatabaseSync, migrations: readonly string[] = MIGRATIONS): readonly number[] {
  return migrations.map((_, index) => index + 1).slice(appliedIn(connection, migrations.length))
}

// Looked at anew within the transaction: another process may have migrated the same file meanwhile.
function applyNext(connection: DatabaseSync, migrations: readonly string[]): void {
  const applied = appliedIn(connection, migrations.length)
  const next = migrations[applied]
  if (next === undefined) return
  connection.exec('CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT')
  connection.exec(next)
  connection.prepare("INSERT INTO migrations (number, at) VALUES (?, datetime('now'))").run(applied + 1)
}

function appliedIn(connection: DatabaseSync, known: number): number {
  const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  if (tables.length === 0) return 0
  if (!tables.some(({ name }) => name === 'migrations')) {
    throw new DirectoryError('unavailable', 'The file holds something else than a Rollcall directory.')
  }
  const applied = Number(connection.prepare('SELECT max(number) AS number FROM migrations').get()?.['number'] ?? 0)
  if (applied > known) {
    throw new DirectoryError(
      'unavailable',
      `The directory was written by a newer Rollcall: its schema is ${applied}, this one knows ${known}.`,
    )
  }
  return applied
}
