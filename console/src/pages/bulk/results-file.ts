import { csvLine } from '../../work/csv-line.ts'
import type { Row } from './change-many.ts'

const TYPE = { type: 'text/csv' }
/** Lines that are a text at once; then they are the browser's, which can put them on the disk. */
const PIECE_LINES = 2000

/** What became of each of these users as CSV, a line for each, in their order. */
export function resultsFile(...parts: readonly (readonly Row[])[]): Blob {
  const pieces = [new Blob([csvLine(['id', 'fullName', 'outcome', 'reason'])])]
  for (const rows of parts) {
    for (let at = 0; at < rows.length; at += PIECE_LINES) {
      const lines = rows
        .slice(at, at + PIECE_LINES)
        .map(({ id, name, outcome, reason = '' }) => csvLine([id, name, outcome, reason], ',', 'quote'))
      pieces.push(new Blob(lines))
    }
  }
  return new Blob(pieces, TYPE)
}
