import type { ImportFormat } from '@rollcall/sdk'
import { csvRows } from './csv-rows.ts'
import { encodingOf, textOf, type Encoding, type FoundEncoding } from './file-text.ts'
import { jsonRows } from './json-rows.ts'
import type { SourceRow } from './source-row.ts'

/** An opened file of users. */
export interface Source {
  readonly format: ImportFormat
  /** The columns, or the members of the first objects. */
  readonly columns: readonly string[]
  /** Between cells; empty for JSON. */
  readonly delimiter: string
  readonly encoding: FoundEncoding
  readonly rows: AsyncIterable<SourceRow>
  /** Bytes read so far. */
  readonly read: () => number
}

const BEGINNING_BYTES = 4096

/** Opens a file; what it is shows in how it begins. Reads as far as it is asked for rows. Throws UnreadableFile. */
export async function openSource(file: Blob, chosen?: Encoding): Promise<Source> {
  const found = await encodingOf(file)
  const encoding: FoundEncoding = chosen === undefined ? found : { ...found, encoding: chosen }
  const format = await formatOf(file, encoding.encoding)
  let bytes = 0
  const text = textOf(file, encoding.encoding, (count) => (bytes += count))
  const common = { format, encoding, read: () => bytes }
  if (format === 'jsonl') return { ...common, delimiter: '', ...(await jsonRows(text)) }
  return { ...common, ...(await csvRows(text)) }
}

async function formatOf(file: Blob, encoding: Encoding): Promise<ImportFormat> {
  // Not fatal: the last character may be cut in two, and what is wrong is told where it is read.
  const beginning = new TextDecoder(encoding).decode(await file.slice(0, BEGINNING_BYTES).arrayBuffer())
  return /^\s*[[{]/.test(beginning) ? 'jsonl' : 'csv'
}

/** The first rows of a file. */
export async function firstRows(source: Source, count: number): Promise<readonly SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const row of source.rows) {
    rows.push(row)
    if (rows.length === count) break
  }
  return rows
}
