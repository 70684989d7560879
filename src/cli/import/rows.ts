import { CommandError } from '../command-error.ts'
import { csvRows } from './csv-rows.ts'
import { openText } from './file-text.ts'
import { jsonRows } from './json-rows.ts'
import type { Rows } from './row.ts'

/** A file of users, with how far it has been read. */
export interface OpenedRows extends Rows {
  /** Bytes in all; null for a pipe. */
  readonly size: number | null
  readonly read: () => number
  /** Reads no more. */
  readonly close: () => void
}

/** Opens a CSV, JSON Lines or JSON file of users, or standard input for `-`; what it is shows in how it begins. */
export async function openRows(path: string): Promise<OpenedRows> {
  const { chunks, size, read, close } = await openText(path)
  const iterator = chunks[Symbol.asyncIterator]()
  const rest: AsyncIterable<string> = { [Symbol.asyncIterator]: () => iterator }
  let beginning = ''
  while (beginning.trim() === '') {
    const next = await iterator.next()
    if (next.done === true) throw new CommandError(`${path === '-' ? 'Standard input' : path} is empty.`)
    beginning += next.value
  }
  const isJson = /^\s*[[{]/.test(beginning)
  const rows = isJson ? await jsonRows(beginning, rest) : await csvRows(beginning, rest)
  return { ...rows, size, read, close }
}
