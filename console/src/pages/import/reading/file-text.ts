/** How the bytes of a file become text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** The encoding of a file, and how it is known. */
export interface FoundEncoding {
  readonly encoding: Encoding
  /** By its byte order mark; since all of its beginning is UTF-8; since it is not, and windows-1252 is likely. */
  readonly by: 'mark' | 'reading' | 'guess'
}

/** A file that cannot be read as what it is taken for; the message says why, and what to do. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

const BYTE_ORDER_MARKS = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const

const ARCHIVES = [
  { name: 'gzip; unpack it first', bytes: [0x1f, 0x8b] },
  { name: 'zip; unpack it first. A workbook (.xlsx) is one, too: save it as CSV', bytes: [0x50, 0x4b, 0x03, 0x04] },
] as const

const BEGINNING_BYTES = 1024 * 1024
/** Read at once: the browser's own stream may bring far more, and then nobody could tell how far the rows are. */
const PIECE_BYTES = 32 * 1024

/** Looks at the first megabyte of a file. Throws UnreadableFile for what is no text. */
export async function encodingOf(file: Blob): Promise<FoundEncoding> {
  const bytes = new Uint8Array(await contentOf(file.slice(0, BEGINNING_BYTES)))
  const begins = (mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte)
  const archive = ARCHIVES.find((one) => begins(one.bytes))
  if (archive !== undefined) throw new UnreadableFile(`The file is packed with ${archive.name}.`)
  const mark = BYTE_ORDER_MARKS.find((one) => begins(one.bytes))
  if (mark !== undefined) return { encoding: mark.encoding, by: 'mark' }
  if (bytes.includes(0))
    throw new UnreadableFile('The file is no text that can be read here. Save it as CSV or JSON Lines in UTF-8.')
  try {
    // The last character may be cut in two.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return { encoding: 'utf-8', by: 'reading' }
  } catch {
    return { encoding: 'windows-1252', by: 'guess' }
  }
}

async function contentOf(part: Blob): Promise<ArrayBuffer> {
  try {
    return await part.arrayBuffer()
  } catch (cause) {
    throw new UnreadableFile('The file can no longer be read. Has it been changed or moved? Choose it again.', {
      cause,
    })
  }
}

/** A file as text, piece by piece and without its mark; `onRead` is told how many bytes came. Throws UnreadableFile. */
export async function* textOf(
  file: Blob,
  encoding: Encoding,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const bytes = await contentOf(file.slice(at, at + PIECE_BYTES))
    onRead(bytes.byteLength)
    const isLast = at + PIECE_BYTES >= file.size
    let text: string
    try {
      text = decoder.decode(bytes, { stream: !isLast })
    } catch {
      throw new UnreadableFile(`The file is not ${encoding.toUpperCase()} beyond byte ${at}. Choose another encoding.`)
    }
    yield text
  }
}
