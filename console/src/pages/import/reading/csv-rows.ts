import { UnreadableFile } from './file-text.ts'
import { COLUMNS_MAX, ROW_LENGTH_MAX, type SourceRow } from './source-row.ts'

/** A record of a CSV text, or a fault after which nothing more can be read. */
interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault?: string
}

/** The columns of a CSV text, and its rows as they are read. */
export interface CsvRows {
  readonly columns: readonly string[]
  readonly delimiter: string
  readonly rows: AsyncIterable<SourceRow>
}

const DELIMITERS = [',', ';', '\t', '|'] as const

/**
 * The rows of a CSV text (RFC 4180) with a header. Cells are apart by comma, semicolon, tab or bar, whichever the header has
 * most of; a quote in the middle of a cell is a quote; lines may end in any of the three ways, even in one file, and each
 * row knows the line it begins on. A row with more or fewer cells than the header has a fault. Throws UnreadableFile.
 */
export async function csvRows(text: AsyncIterable<string>): Promise<CsvRows> {
  const { beginning, rest } = await begun(text)
  const delimiter = delimiterOf(beginning)
  const records = recordsOf(beginning, rest, delimiter)
  const first = await records.next()
  if (first.done === true) throw new UnreadableFile('The file is empty; it needs a row with the names of its columns.')
  if (first.value.fault !== undefined) throw new UnreadableFile(`Line ${first.value.line}: ${first.value.fault}`)
  const columns = columnsOf(first.value.cells)
  return { columns, delimiter, rows: rowsOf(records, columns.length) }
}

async function* rowsOf(records: AsyncIterable<CsvRecord>, width: number): AsyncGenerator<SourceRow> {
  for await (const { line, cells, fault } of records) {
    const row = { line, values: cells, original: cells }
    if (fault !== undefined) yield { ...row, fault }
    else if (cells.length === width) yield row
    else
      yield {
        ...row,
        fault: `The row has ${cells.length} cells, and the header ${width}; is a delimiter not quoted?`,
      }
  }
}

// The header is needed before the delimiter is known.
async function begun(text: AsyncIterable<string>) {
  const rest = text[Symbol.asyncIterator]() as AsyncIterator<string, undefined>
  let beginning = ''
  while (!/^\s*\S[^\r\n]*[\r\n]/.test(beginning)) {
    if (beginning.length > ROW_LENGTH_MAX)
      throw new UnreadableFile(`The first line is longer than ${ROW_LENGTH_MAX} characters; this is no CSV of users.`)
    const next = await rest.next()
    if (next.done === true) break
    beginning += next.value
  }
  return { beginning, rest: { [Symbol.asyncIterator]: () => rest } }
}

function delimiterOf(beginning: string): string {
  const header = /^[\r\n ]*([^\r\n]*)/.exec(beginning)?.[1] ?? ''
  const bare = header.replace(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

function columnsOf(cells: readonly string[]): readonly string[] {
  if (cells.length > COLUMNS_MAX)
    throw new UnreadableFile(`The header has ${cells.length} columns; at most ${COLUMNS_MAX} are read.`)
  const names = cells.map((cell, index) => cell.trim() || `column ${index + 1}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new UnreadableFile(`The header names the column ${JSON.stringify(twice)} twice; rename one.`)
  return names
}

async function* recordsOf(
  beginning: string,
  rest: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  const record = scannerOf(delimiter)
  let open = beginning
  let line = 1
  let isEnd = false
  const chunks = rest[Symbol.asyncIterator]() as AsyncIterator<string, undefined>
  while (!isEnd || open !== '') {
    let from = 0
    for (;;) {
      const found = from === open.length ? null : record(open, from, isEnd)
      if (found === null) break
      if (found.next === undefined) {
        yield { line, cells: [], fault: 'A quote that opens here is never closed; nothing after it was read.' }
        return
      }
      if (found.cells.some((cell) => cell.trim() !== '')) yield { line, cells: found.cells }
      line += found.breaks
      from = found.next
    }
    open = open.slice(from)
    if (isEnd) return
    if (open.length > ROW_LENGTH_MAX) {
      const fault = `The row is longer than ${ROW_LENGTH_MAX} characters; is a quote not closed? Nothing after it was read.`
      yield { line, cells: [], fault }
      return
    }
    const next = await chunks.next()
    if (next.done === true) isEnd = true
    else open += next.value
  }
}

interface Scanned {
  readonly cells: readonly string[]
  /** Where the next record begins; undefined where a quote is never closed. */
  readonly next: number | undefined
  /** Line breaks within it and after it. */
  readonly breaks: number
}

// Finds one record; null where the text may go on. Every cell is found by a search, not character by character.
function scannerOf(delimiter: string): (text: string, from: number, isEnd: boolean) => Scanned | null {
  const cellEnd = new RegExp(`[${delimiter === '|' ? '\\|' : delimiter}\\r\\n]`, 'g')
  const endFrom = (text: string, from: number) => {
    cellEnd.lastIndex = from
    return cellEnd.exec(text)?.index ?? text.length
  }
  return (text, from, isEnd) => {
    const cells: string[] = []
    let breaks = 1
    let at = from
    for (;;) {
      let cell = ''
      if (text[at] === '"') {
        const quoted = quotedCell(text, at + 1, isEnd)
        if (quoted === null) return null
        if (quoted.end === undefined) return { cells, next: undefined, breaks }
        breaks += quoted.cell.match(LINE_BREAK)?.length ?? 0
        cell = quoted.cell
        at = quoted.end
      }
      const end = endFrom(text, at)
      if (end === text.length && !isEnd) return null
      cells.push(cell + text.slice(at, end))
      if (end === text.length) return { cells, next: end, breaks }
      at = end + 1
      if (text[end] === delimiter) continue
      if (text[end] === '\r' && at === text.length && !isEnd) return null
      return { cells, next: text[end] === '\r' && text[at] === '\n' ? at + 1 : at, breaks }
    }
  }
}

const LINE_BREAK = /\r\n|\n|\r/g

function quotedCell(text: string, from: number, isEnd: boolean) {
  let cell = ''
  for (let at = from; ;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return isEnd ? { cell, end: undefined } : null
    if (text[quote + 1] !== '"') return { cell: cell + text.slice(at, quote), end: quote + 1 }
    cell += text.slice(at, quote + 1)
    at = quote + 2
  }
}
