import type { Json } from '@rollcall/sdk'
import { isObject } from '../../json-object.ts'
import { csvLine } from '../../work/csv-line.ts'
import type { Source } from './reading/source.ts'
import type { SourceRow } from './reading/source-row.ts'

/** A row that was refused, and why. */
export interface RefusedRow {
  readonly line: number
  readonly reason: string
  readonly column?: string
}

/** Keeps refused rows as they stand in the file, with line and reason: to be mended and fed again. */
export interface RefusedRows {
  readonly add: (row: SourceRow, reason: string) => void
  /** The file of them. */
  readonly file: () => Blob
}

/** Columns that mean nothing when such a file is fed again; as in the files of `rollcall import`. */
const LINE = 'rollcall_line'
const REASON = 'rollcall_reason'

/** Lines kept as texts; more are given to the browser, which can put them on the disk. */
const OPEN_MAX = 2000

/** Opens an empty collection for the rows of a file. */
export function openRefusedRows({
  format,
  columns,
  delimiter,
}: Pick<Source, 'format' | 'columns' | 'delimiter'>): RefusedRows {
  const kept = columns.map((name, index) => ({ name, index })).filter(({ name }) => name !== LINE && name !== REASON)
  const type = format === 'csv' ? 'text/csv' : 'application/jsonl'
  let closed: Blob[] = []
  let open: string[] = format === 'csv' ? [csvLine([LINE, REASON, ...kept.map(({ name }) => name)], delimiter)] : []
  return {
    add({ line, original }, reason) {
      if (typeof original === 'string') open.push(jsonLine(original, line, reason))
      else {
        // Which cell is whose cannot be told in a row that has too many or too few of them; refusals come first.
        const isDamaged = original.length !== columns.length
        const cells = isDamaged
          ? original.slice(columns.length - kept.length)
          : kept.map(({ index }) => original[index] ?? '')
        open.push(csvLine([String(line), reason, ...cells], delimiter))
      }
      if (open.length < OPEN_MAX) return
      closed = [...closed, new Blob(open, { type })]
      open = []
    },
    file: () => new Blob([...closed, ...open], { type }),
  }
}

// What is no JSON object stands in one member as the text it was.
function jsonLine(original: string, line: number, reason: string): string {
  const facts = { [LINE]: line, [REASON]: reason }
  try {
    const value = JSON.parse(original) as Json
    if (isObject(value)) return `${JSON.stringify({ ...value, ...facts })}\n`
  } catch {
    // Not JSON.
  }
  return `${JSON.stringify({ rollcall_text: original, ...facts })}\n`
}
