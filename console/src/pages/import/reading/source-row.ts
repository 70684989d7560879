import type { Json } from '@rollcall/sdk'

/** One user of a file as it stands there. */
export interface SourceRow {
  /** The line it begins on, counting from 1. */
  readonly line: number
  /** Cells in the order of the columns, or a JSON object. */
  readonly values: readonly string[] | Readonly<Record<string, Json>>
  /** What a file of refused rows has to repeat: the cells, or the JSON text. */
  readonly original: readonly string[] | string
  /** What is wrong with the row itself, where it cannot be read. */
  readonly fault?: string
}

/** Characters of one row: far more than any export has. */
export const ROW_LENGTH_MAX = 1_048_576
/** Columns of one file: more are no file of users. */
export const COLUMNS_MAX = 1000
