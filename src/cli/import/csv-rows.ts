import { CsvError, parse, type Parser } from 'csv-parse'
import { COLUMNS_MAX, recordCells } from '../../dialects/rollcall/import/row.ts'
import { CommandError } from '../command-error.ts'
import { ROW_LENGTH_MAX, type Row, type Rows } from './row.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const

/** A record as the parser gives it, or what it could not go on after. */
type CsvRecord =
  | {
      readonly cells: readonly string[]
      readonly endLine: number
      /** Line breaks within its cells. */
      readonly breaks: number
    }
  | { readonly damage: CsvError }

/**
 * The rows of a CSV text (RFC 4180) with a header: cells apart by comma, semicolon, tab or bar, whichever the header has
 * most of; a quote in the middle of a cell is a quote. A row with more or fewer cells than the header is damaged.
 */
export async function csvRows(beginning: string, rest: AsyncIterable<string>): Promise<Rows> {
  const text = restartable(beginning, rest)
  const header = await text.firstLine()
  const delimiter = delimiterOf(header)
  const records = recordsOf(text.all(), delimiter)
  const first = await records.next()
  if (first.done === true) throw new CommandError('The file is empty; a header row is needed.')
  if ('damage' in first.value) throw new CommandError(`Line 1: ${damage(first.value.damage)}`)
  const names = headerOf(first.value.cells)
  return { kind: 'csv', names, delimiter, rows: rowsOf(records, names, first.value.endLine) }
}

async function* rowsOf(
  records: AsyncIterable<CsvRecord>,
  names: readonly string[],
  headerEnd: number,
): AsyncGenerator<Row> {
  let end = headerEnd
  for await (const record of records) {
    if ('damage' in record) {
      yield { line: end + 1, cells: new Map(), fault: damage(record.damage), original: [] }
      return
    }
    const { cells, endLine, breaks } = record
    end = endLine
    yield { line: end - breaks, ...recordCells(cells, names), original: cells }
  }
}

// Records are taken from the parser as it finds them: what it has read stays when it fails on what comes next.
async function* recordsOf(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  let found: CsvRecord[] = []
  let overcounted = 0
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: ROW_LENGTH_MAX,
    on_record: (cells: string[], { lines }) => {
      const broken = cells.filter(hasBreak)
      // The parser takes CRLF within quotes for two line breaks.
      overcounted += countAll(broken, CRLF)
      found.push({ cells, endLine: lines - overcounted, breaks: countAll(broken, LINE_BREAK) })
      return null
    },
  })
  // Nobody else listens; a failure reaches whoever feeds the parser.
  parser.on('error', () => undefined)
  parser.resume()
  const feed = async (chunk: string | null) => {
    const error = await fed(parser, chunk)
    if (error instanceof CsvError) found.push({ damage: error })
    else if (error) throw error
    const ready = found
    found = []
    return ready
  }
  for await (const chunk of chunks) {
    for (const record of await feed(chunk)) {
      yield record
      if ('damage' in record) return
    }
  }
  yield* await feed(null)
}

function fed(parser: Parser, chunk: string | null): Promise<Error | null | undefined> {
  return new Promise((resolve) => {
    if (chunk !== null) parser.write(chunk, (error) => resolve(error))
    else {
      parser.once('error', resolve)
      parser.end(() => resolve(null))
    }
  })
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

const CRLF = /\r\n/g
const LINE_BREAK = /\r\n|\n|\r/g

// Few cells have any, and to look for patterns in all of them takes several times as long.
function hasBreak(cell: string): boolean {
  return cell.includes('\n') || cell.includes('\r')
}

function countAll(cells: readonly string[], what: RegExp): number {
  return cells.reduce((sum, cell) => sum + (cell.match(what)?.length ?? 0), 0)
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
