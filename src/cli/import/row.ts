import type { Json } from '../../core/user.ts'

/** One user of a file as it stands there. */
export interface Row {
  /** The line it begins on, counting from 1. */
  readonly line: number
  /** Its cells by column; none where the row is damaged. */
  readonly cells: ReadonlyMap<string, Json>
  /** What is wrong with the row itself, where it cannot be read. */
  readonly fault?: string
  /** What a file of refused rows has to repeat: the cells in the order of the file, or the JSON text. */
  readonly original: readonly string[] | string
}

/** An opened file of users: its columns, and its rows one after another. */
export interface Rows {
  readonly kind: 'csv' | 'json'
  /** The columns, or the members of the first rows. */
  readonly names: readonly string[]
  /** Between cells; CSV only. */
  readonly delimiter: string
  readonly rows: AsyncIterable<Row>
}

// Far more than any directory export has, far less than would hurt.
export const COLUMNS_MAX = 1000
/** Characters of one row. */
export const ROW_LENGTH_MAX = 1_048_576
