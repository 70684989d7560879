import type pg from 'pg'

// Type numbers of PostgreSQL, which never change.
const BOOL = 16
const INT8 = 20
const INT2 = 21
const INT4 = 23
const FLOAT8 = 701

/** How values come from the server: numbers and booleans as such, everything else as its text. */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser: (type: number) => PARSERS.get(type) ?? ((text: string) => text),
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [BOOL, (text) => text === 't'],
  // Counts, revisions and milliseconds: none of them is ever larger than a number holds exactly.
  [INT8, Number],
  [INT2, Number],
  [INT4, Number],
  [FLOAT8, Number],
])
