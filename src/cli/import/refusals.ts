import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Json } from '../../core/user.ts'
import { isRecord } from '../../dialects/rollcall/import/cell.ts'
import { isRefusalColumn, REFUSAL_COLUMNS } from '../../dialects/rollcall/import/detection.ts'
import { CommandError, messageOf } from '../command-error.ts'
import type { Row, Rows } from './row.ts'

/** What is repeated of a row that is refused. */
export type RefusableRow = Pick<Row, 'line' | 'original'>

/** Keeps the rows that were refused, as they stand in the file, with line and reason: to be fixed and fed again. */
export interface Refusals {
  readonly add: (row: RefusableRow, reason: string) => Promise<void>
  /** The file they are in, once there is one. */
  readonly close: () => Promise<string | null>
}

/** Refused rows go to `<path>.refused.csv` or `.jsonl`, which is made with the first of them. */
export function openRefusals(path: string, { kind, names, delimiter }: Rows): Refusals {
  const file = `${path === '-' ? 'standard-input' : path}.refused.${kind === 'csv' ? 'csv' : 'jsonl'}`
  const kept = names.map((name, index) => ({ name, index })).filter(({ name }) => !isRefusalColumn(name))
  let stream: WriteStream | undefined
  let failure: Error | undefined
  const write = async (line: string) => {
    if (!stream) {
      stream = createWriteStream(file)
      stream.on('error', (error) => (failure = error))
      if (kind === 'csv') stream.write(csvLine([...REFUSAL_COLUMNS, ...kept.map(({ name }) => name)], delimiter))
    }
    if (!stream.write(line) && !failure) await Promise.race([once(stream, 'drain'), once(stream, 'close')])
    if (failure) throw new CommandError(`${file} cannot be written: ${messageOf(failure)}.`, undefined, failure)
  }
  return {
    async add(row, reason) {
      if (typeof row.original === 'string') return write(jsonLine(row.original, row.line, reason))
      const { original } = row
      // Which cell is whose cannot be told in a row that has too many or too few of them; refusals come first.
      const damaged = original.length !== names.length
      const cells = damaged
        ? original.slice(names.length - kept.length)
        : kept.map(({ index }) => original[index] ?? '')
      return write(csvLine([String(row.line), reason, ...cells], delimiter))
    },
    async close() {
      if (!stream) return null
      stream.end()
      await finished(stream)
      return file
    },
  }
}

function csvLine(cells: readonly string[], delimiter: string): string {
  const quoted = cells.map((cell) =>
    /["\r\n]|^\s|\s$/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell,
  )
  return `${quoted.join(delimiter)}\r\n`
}

// What is no JSON object stands in one member as the text it was.
function jsonLine(original: string, line: number, reason: string): string {
  const [lineName, reasonName] = REFUSAL_COLUMNS
  const facts = { [lineName]: line, [reasonName]: reason }
  try {
    const value = JSON.parse(original) as Json
    if (isRecord(value)) return `${JSON.stringify({ ...value, ...facts })}\n`
  } catch {
    // Not JSON, or nested too deep to be written out.
  }
  return `${JSON.stringify({ rollcall_text: original, ...facts })}\n`
}
