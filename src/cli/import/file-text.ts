import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { CommandError } from '../command-error.ts'

/** A file, or standard input, as text. */
export interface FileText {
  readonly chunks: AsyncIterable<string>
  /** Bytes in all; null for a pipe. */
  readonly size: number | null
  /** Bytes read so far. */
  readonly read: () => number
  /** Reads no more; a pipe that stays open would keep the process. */
  readonly close: () => void
}

const BYTE_ORDER_MARKS = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const

const ARCHIVES = [
  { name: 'gzip', bytes: [0x1f, 0x8b] },
  { name: 'zip (an .xlsx workbook is one, too: export it as CSV)', bytes: [0x50, 0x4b, 0x03, 0x04] },
] as const

/** Opens a file, or standard input for `-`. UTF-8 unless a byte order mark says UTF-16. */
export async function openText(path: string): Promise<FileText> {
  const size = path === '-' ? null : await sizeOf(path)
  const source = path === '-' ? process.stdin : createReadStream(path)
  let read = 0
  let closed = false
  const close = () => {
    closed = true
    source.destroy()
  }
  const count = (bytes: number) => (read += bytes)
  return { chunks: decode(source, path, count, () => closed), size, read: () => read, close }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    throw new CommandError(`${path} cannot be read: ${reasonOf(error)}.`, undefined, error)
  })
  if (found.isDirectory()) throw new CommandError(`${path} is a folder, not a file.`)
  return found.size
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'permission is denied'
  return typeof code === 'string' ? code : 'it fails'
}

async function* decode(
  source: AsyncIterable<Uint8Array>,
  path: string,
  count: (bytes: number) => void,
  isClosed: () => boolean,
): AsyncGenerator<string> {
  const name = path === '-' ? 'Standard input' : path
  let decoder: TextDecoder | undefined
  try {
    for await (const bytes of source) {
      count(bytes.length)
      decoder ??= decoderOf(bytes, name)
      yield decoder.decode(bytes, { stream: true })
    }
    if (decoder) yield decoder.decode()
  } catch (error) {
    // What was being read when it was closed is of no interest.
    if (isClosed()) return
    if (error instanceof CommandError) throw error
    if (error instanceof TypeError)
      throw new CommandError(`${name} is not text in UTF-8; save it as UTF-8 and try again.`)
    throw new CommandError(`${name} cannot be read: ${reasonOf(error)}.`, undefined, error)
  }
}

function decoderOf(bytes: Uint8Array, name: string): TextDecoder {
  const begins = (mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte)
  const archive = ARCHIVES.find((one) => begins(one.bytes))
  if (archive) throw new CommandError(`${name} is packed with ${archive.name}; unpack it first.`)
  const { encoding } = BYTE_ORDER_MARKS.find((mark) => begins(mark.bytes)) ?? { encoding: 'utf-8' }
  return new TextDecoder(encoding, { fatal: true })
}
