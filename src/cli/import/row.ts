import type { Cells, FileKind } from '../../dialects/rollcall/import/row.ts'

/** One user of a file as it stands there, and where. */
export interface Row extends Cells {
  /** The line it begins on, counting from 1. */
  readonly line: number
  /** What a file of refused rows has to repeat: the cells in the order of the file, or the JSON text. */
  readonly original: readonly string[] | string
}

/** An opened file of users: its columns, and its rows one after another. */
export interface Rows {
  readonly kind: FileKind
  /** The columns, or the members of the first rows. */
  readonly names: readonly string[]
  /** Between cells; CSV only. */
  readonly delimiter: string
  readonly rows: AsyncIterable<Row>
}

/** Characters of one row. */
export const ROW_LENGTH_MAX = 1_048_576
