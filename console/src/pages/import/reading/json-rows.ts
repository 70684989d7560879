import type { Json } from '@rollcall/sdk'
import { isObject } from '../../../json-object.ts'
import { UnreadableFile } from './file-text.ts'
import { COLUMNS_MAX, ROW_LENGTH_MAX, type SourceRow } from './source-row.ts'

/** Rows looked at for the names of members. */
const SAMPLE_SIZE = 100

/** The members of the objects of a JSON text, and its rows as they are read. */
export interface JsonRows {
  /** Members of the first rows; those of an object as `profile.login`, beside `profile`. */
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<SourceRow>
}

/** The rows of JSON Lines, or of one JSON list of objects. Throws UnreadableFile. */
export async function jsonRows(text: AsyncIterable<string>): Promise<JsonRows> {
  const chunks = text[Symbol.asyncIterator]() as AsyncIterator<string, undefined>
  let beginning = ''
  while (beginning.trim() === '') {
    const next = await chunks.next()
    if (next.done === true) throw new UnreadableFile('The file is empty.')
    beginning += next.value
  }
  const pieces = joined(beginning, { [Symbol.asyncIterator]: () => chunks })
  const rows = rowsOf(beginning.trimStart().startsWith('[') ? listItems(pieces) : lines(pieces))
  const sample: SourceRow[] = []
  for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
    sample.push(next.value)
    if (sample.length === SAMPLE_SIZE) break
  }
  const columns = columnsOf(sample)
  if (columns.length === 0)
    throw new UnreadableFile('The file has no JSON objects; one per line, or a list of them, is needed.')
  if (columns.length > COLUMNS_MAX)
    throw new UnreadableFile(`The objects have more than ${COLUMNS_MAX} members in all; at most that many are read.`)
  return { columns, rows: joined(sample, rows) }
}

async function* joined<T>(first: string | readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  if (typeof first === 'string') yield first as T
  else yield* first
  yield* rest
}

function columnsOf(rows: readonly SourceRow[]): readonly string[] {
  const names = new Set<string>()
  for (const { values, fault } of rows) {
    if (fault !== undefined) continue
    for (const [name, value] of Object.entries(values)) {
      names.add(name)
      if (isObject(value)) for (const entry of Object.keys(value)) names.add(`${name}.${entry}`)
    }
  }
  return [...names]
}

interface JsonText {
  readonly line: number
  readonly text: string
}

async function* rowsOf(texts: AsyncIterable<JsonText>): AsyncGenerator<SourceRow> {
  for await (const { line, text } of texts) {
    const row = { line, values: {}, original: text }
    let value: Json
    try {
      value = JSON.parse(text) as Json
    } catch {
      yield { ...row, fault: 'The line is not well-formed JSON.' }
      continue
    }
    if (isObject(value)) yield { ...row, values: value }
    else yield { ...row, fault: 'The line is not a JSON object.' }
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
async function* listItems(chunks: AsyncIterable<string>): AsyncGenerator<JsonText> {
  let [line, begun, depth] = [1, 1, 0]
  let open = ''
  let [isQuoted, isEscaped] = [false, false]
  for await (const chunk of chunks) {
    for (const char of chunk) {
      if (char === '\n') line += 1
      if (depth === 0 && char !== '[') {
        if (char.trim() === '') continue
        throw new UnreadableFile(`Line ${line}: there is something beside the list of users.`)
      }
      const ends = !isQuoted && depth === 1 && (char === ',' || char === ']')
      if (ends && open.trim() !== '') yield { line: begun, text: open.trim() }
      if (isQuoted) {
        if (isEscaped) isEscaped = false
        else if (char === '\\') isEscaped = true
        else if (char === '"') isQuoted = false
      } else if (char === '"') isQuoted = true
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
  if (depth > 0) throw new UnreadableFile(`Line ${line}: the list of users does not end; its last item was not read.`)
}

function assertShort(open: string, line: number): void {
  if (open.length > ROW_LENGTH_MAX)
    throw new UnreadableFile(`Line ${line} is longer than ${ROW_LENGTH_MAX} characters; this is no list of users.`)
}
