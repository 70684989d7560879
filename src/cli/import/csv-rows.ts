import { pipeline, Readable } from 'node:stream'
import { CsvError, parse, type Info } from 'csv-parse'
import { CommandError } from '../command-error.ts'
import { COLUMNS_MAX, ROW_LENGTH_MAX, type Row, type Rows } from './row.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const

/** A record as the parser gives it. */
interface CsvRecord {
  readonly record: readonly string[]
  readonly info: Info
}

/**
 * The rows of a CSV text (RFC 4180) with a header: cells apart by comma, semicolon, tab or bar, whichever the header has
 * most of; a quote in the middle of a cell is a quote. A row with more or fewer cells than the header is damaged.
 */
export async function csvRows(beginning: string, rest: AsyncIterable<string>): Promise<Rows> {
  const text = restartable(beginning, rest)
  const header = await text.firstLine()
  const delimiter = delimiterOf(header)
  const parser = parse({
    delimiter,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: ROW_LENGTH_MAX,
  })
  // A failure of the source reaches whoever reads the parser.
  pipeline(Readable.from(text.all()), parser, () => undefined)
  const records: AsyncIterator<CsvRecord> = parser[Symbol.asyncIterator]() as AsyncIterator<CsvRecord>
  const first = await records.next()
  if (first.done === true) throw new CommandError('The file is empty; a header row is needed.')
  const names = headerOf(first.value.record)
  return { kind: 'csv', names, delimiter, rows: rowsOf(records, names, first.value.info.lines) }
}

async function* rowsOf(
  records: AsyncIterator<CsvRecord>,
  names: readonly string[],
  headerEnd: number,
): AsyncGenerator<Row> {
  let end = headerEnd
  for (;;) {
    let next: IteratorResult<CsvRecord>
    try {
      next = await records.next()
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
      yield { line: end + 1, cells: new Map(), fault: damage(error), original: [] }
      return
    }
    if (next.done === true) return
    const { record, info } = next.value
    end = info.lines
    const line = end - record.reduce((sum, cell) => sum + lineBreaks(cell), 0)
    yield { line, ...cellsOf(record, names), original: record }
  }
}

function cellsOf(record: readonly string[], names: readonly string[]): Pick<Row, 'cells' | 'fault'> {
  if (record.length !== names.length) {
    return {
      cells: new Map(),
      fault: `The row has ${record.length} cells, and the header ${names.length}; is a delimiter not quoted?`,
    }
  }
  return { cells: new Map(names.map((name, index) => [name, record[index] ?? ''])) }
}

function damage(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return 'A quote that opens here is never closed; nothing after it was read.'
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `The row is longer than ${ROW_LENGTH_MAX} bytes; is a quote not closed? Nothing after it was read.`
  return 'The row is not CSV; nothing after it was read.'
}

function headerOf(record: readonly string[]): readonly string[] {
  if (record.length > COLUMNS_MAX)
    throw new CommandError(`The header has ${record.length} columns; at most ${COLUMNS_MAX} are read.`)
  const names = record.map((cell, index) => cell.trim() || `column ${index + 1}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new CommandError(`The header names the column ${JSON.stringify(twice)} twice; rename one.`)
  return names
}

function delimiterOf(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

function lineBreaks(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\n|\r/g)?.length ?? 0) : 0
}

// The header is looked at before the parser can be made, and then parsed with everything else.
function restartable(beginning: string, rest: AsyncIterable<string>) {
  const iterator = rest[Symbol.asyncIterator]()
  let read = beginning
  return {
    async firstLine(): Promise<string> {
      for (;;) {
        const line = /^\s*([^\r\n]+)[\r\n]/.exec(read)?.[1]
        if (line !== undefined) return line
        const next = await iterator.next()
        if (next.done === true) return read
        read += next.value
        if (read.length > ROW_LENGTH_MAX)
          throw new CommandError(`The first line is longer than ${ROW_LENGTH_MAX} characters; this is no CSV of users.`)
      }
    },
    async *all(): AsyncGenerator<string> {
      yield read
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
    },
  }
}
