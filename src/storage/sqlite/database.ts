import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Fragment, SqlValue } from '../sql/fragment.ts'
import { storeError } from './errors.ts'

/** Statements kept ready, by their text. */
const STATEMENTS_MAX = 500

export type Row = readonly (string | number | Uint8Array | null)[]

/** What is known of a directory while it stays as it is. */
export interface Known {
  /** Numbers of the directory, by name. */
  counters?: ReadonlyMap<string, number>
}

/** One connection. Rows are arrays in the order of the columns asked for. */
export interface Database {
  first(query: Fragment): Row | undefined
  rows(query: Fragment): readonly Row[]
  /** Runs a statement and gives the number of rows it changed. */
  run(statement: Fragment): number
  /** Like `run` for statements that are run again and again: the text is the key, the values come apart. */
  execute(text: string, ...values: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number }
  /** Runs a reading in one snapshot, so that all of it shows one revision. */
  read<T>(reading: () => T): T
  /** What is known within a reading, or, where nobody else writes, from one writing to the next; undefined where nothing stays. */
  readonly known: Known | undefined
  /** Runs a writing in one transaction: all of it is durable when this returns, or nothing has happened. */
  write<T>(writing: () => T): T
  /** Runs a writing and takes all of it back. */
  rehearse<T>(writing: () => T): T
  close(): void
}

/** The operations of a store on an open connection; `isAlone` where no other writes to the same file for as long as it is open. */
export function databaseOver(connection: DatabaseSync, isAlone = false): Database {
  const statements = new Map<string, StatementSync>()

  const prepared = (text: string): StatementSync => {
    const known = statements.get(text)
    if (known) return known
    if (statements.size >= STATEMENTS_MAX) {
      // The oldest goes; what is used often is soon back.
      for (const oldest of statements.keys()) {
        statements.delete(oldest)
        break
      }
    }
    const statement = connection.prepare(text, { returnArrays: true })
    statements.set(text, statement)
    return statement
  }

  const transaction = <T>(begin: string, body: () => T, end = 'COMMIT'): T => {
    try {
      prepared(begin).run()
      try {
        const result = body()
        prepared(end).run()
        return result
      } catch (error) {
        // Some failures, a full disk among them, have rolled back already.
        if (connection.isTransaction) prepared('ROLLBACK').run()
        throw error
      }
    } catch (error) {
      throw storeError(error)
    }
  }

  let known: Known | undefined = isAlone ? {} : undefined
  const read = <T>(body: () => T): T => {
    known ??= {}
    try {
      return transaction('BEGIN', body)
    } finally {
      if (!isAlone) known = undefined
    }
  }
  const write = <T>(body: () => T, end?: 'ROLLBACK'): T => {
    known = undefined
    try {
      return transaction('BEGIN IMMEDIATE', body, end)
    } finally {
      if (isAlone) known = {}
    }
  }

  return {
    get known() {
      return known
    },
    read,
    first: ({ text, values }) => prepared(text).get(...values) as unknown as Row | undefined,
    rows: ({ text, values }) => prepared(text).all(...values) as unknown as Row[],
    run: ({ text, values }) => Number(prepared(text).run(...values).changes),
    execute: (text, ...values) => prepared(text).run(...values) as { changes: number; lastInsertRowid: number },
    write: (writing) => write(writing),
    rehearse: (writing) => write(writing, 'ROLLBACK'),
    close() {
      known = undefined
      statements.clear()
      connection.close()
    },
  }
}
