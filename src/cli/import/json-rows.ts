import type { Json } from '../../core/user.ts'
import { isRecord } from '../../dialects/rollcall/import/cell.ts'
import { COLUMNS_MAX, objectCells } from '../../dialects/rollcall/import/row.ts'
import { CommandError } from '../command-error.ts'
import { ROW_LENGTH_MAX, type Row, type Rows } from './row.ts'

/** Rows looked at before what the members mean is settled. */
const SAMPLE_SIZE = 100

/** One JSON value of the text, before it is parsed. */
interface JsonText {
  readonly line: number
  readonly text: string
}

/** The rows of JSON Lines, or of one JSON array of objects. */
export async function jsonRows(beginning: string, rest: AsyncIterable<string>): Promise<Rows> {
  const chunks = joined(beginning, rest)
  const texts = beginning.trimStart().startsWith('[') ? arrayItems(chunks) : lines(chunks)
  const rows = rowsOf(texts)
  const sample: Row[] = []
  for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
    sample.push(next.value)
    if (sample.length === SAMPLE_SIZE) break
  }
  const names = namesOf(sample)
  if (names.length === 0)
    throw new CommandError('The file has no JSON objects; one per line, or a list of them, is needed.')
  if (names.length > COLUMNS_MAX)
    throw new CommandError(`The objects have more than ${COLUMNS_MAX} members in all; at most that many are read.`)
  return { kind: 'json', names, delimiter: '', rows: replayed(sample, rows) }
}

async function* joined(beginning: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield beginning
  yield* rest
}

async function* replayed(sample: readonly Row[], rest: AsyncGenerator<Row>): AsyncGenerator<Row> {
  yield* sample
  yield* rest
}

function namesOf(rows: readonly Row[]): readonly string[] {
  const names = new Set<string>()
  for (const { cells } of rows) {
    for (const [name, value] of cells) {
      names.add(name)
      if (isRecord(value)) for (const entry of Object.keys(value)) names.add(`${name}.${entry}`)
    }
  }
  return [...names]
}

async function* rowsOf(texts: AsyncIterable<JsonText>): AsyncGenerator<Row> {
  for await (const { line, text } of texts) {
    let value: Json
    try {
      value = JSON.parse(text) as Json
    } catch {
      yield { line, cells: new Map(), fault: 'The line is not well-formed JSON.', original: text }
      continue
    }
    if (isRecord(value)) yield { line, ...objectCells(value), original: text }
    else yield { line, cells: new Map(), fault: 'The line is not a JSON object.', original: text }
  }
}

async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<JsonText> {
  let line = 1
  let open = ''
  for await (const chunk of chunks) {
    const parts = (open + chunk).split('\n')
    open = parts.pop() ?? ''
    for (const text of parts) {
      if (text.trim() !== '') yield { line, text: text.trim() }
      line += 1
    }
    assertShort(open, line)
  }
  if (open.trim() !== '') yield { line, text: open.trim() }
}

// Finds where each item of a list ends without parsing it, so that a list of any length is read item by item.
async function* arrayItems(chunks: AsyncIterable<string>): AsyncGenerator<JsonText> {
  let line = 1
  let begun = 1
  let open = ''
  let depth = 0
  let quoted = false
  let escaped = false
  for await (const chunk of chunks) {
    for (const char of chunk) {
      if (char === '\n') line += 1
      if (depth === 0 && char !== '[') {
        if (char.trim() === '') continue
        throw new CommandError(`Line ${line}: there is something beside the list of users.`)
      }
      const ends = !quoted && depth === 1 && (char === ',' || char === ']')
      if (ends && open.trim() !== '') yield { line: begun, text: open.trim() }
      if (quoted) {
        if (escaped) escaped = false
        else if (char === '\\') escaped = true
        else if (char === '"') quoted = false
      } else if (char === '"') quoted = true
      else if (char === '[' || char === '{') depth += 1
      else if (char === ']' || char === '}') depth -= 1
      if (ends || (depth === 1 && char === '[' && open === '')) open = ''
      else if (open !== '' || char.trim() !== '') {
        if (open === '') begun = line
        open += char
      }
    }
    assertShort(open, begun)
  }
  if (depth > 0) throw new CommandError(`Line ${line}: the list of users does not end; its last item was not read.`)
}

function assertShort(open: string, line: number): void {
  if (open.length > ROW_LENGTH_MAX)
    throw new CommandError(`Line ${line} is longer than ${ROW_LENGTH_MAX} characters; this is no list of users.`)
}
