import { EventEmitter } from 'node:events'
import pg from 'pg'

/**
 * A column of this name holds documents, in rows that have nothing else: objects in JSON without the brace that closes them.
 * They come as one more row at the end, in which it has all of them as bytes, closed and with commas between.
 */
export const DOCUMENTS = 'documents'

/** What of a connection of the driver is not in its types: where it begins to take in messages, and what it makes of them. */
interface Receiving extends EventEmitter {
  attachListeners(stream: EventEmitter): void
}

/**
 * A client that gathers documents as bytes. The driver makes an array of every row and a string of every field; for a page of
 * a hundred users that goes out as it came in, this takes longer than everything else a node does for it. To have the
 * server glue them together takes it twice as long as to send them one by one.
 */
export class ByteClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    const { connection } = this as unknown as { readonly connection: Receiving }
    const attach = connection.attachListeners.bind(connection)
    connection.attachListeners = (stream) => {
      attach(besidesDocuments(stream, connection))
    }
  }
}

// Message formats of the protocol (PostgreSQL documentation, 55.7): a code, and a length that counts itself.
const HEADER_BYTES = 5
const ROW_DESCRIPTION = 0x54
const DATA_ROW = 0x44
/** NoticeResponse, ParameterStatus and NotificationResponse: they may come between any two others (55.2.7), and end nothing. */
const ASIDES: readonly (number | undefined)[] = [0x4e, 0x53, 0x41]

const NOTHING: Buffer = Buffer.alloc(0)

interface Described {
  readonly fields: readonly { readonly name: string }[]
}

// The messages of a stream but for rows of a result with documents: these are made here, in their place among the others.
function besidesDocuments(stream: EventEmitter, connection: Receiving): EventEmitter {
  const others = new EventEmitter()
  const row = growing()
  const documents = growing()
  let documentsAt = -1
  let columns = 0
  connection.on('rowDescription', ({ fields }: Described) => {
    documentsAt = fields.findIndex(({ name }) => name === DOCUMENTS)
    columns = fields.length
  })

  /** What has arrived of a head that is not whole. */
  let head: Buffer | null = null
  /** What is still to come of a message that is not looked into. */
  let passing = 0
  /** What is still to come of a row. */
  let missing = 0
  /** Whether columns are described in what is not passed on yet. */
  let isDescribed = false

  const pass = (chunk: Buffer): void => {
    if (chunk.length > 0) others.emit('data', chunk)
  }

  const give = (fields: readonly (string | Buffer | null)[]): void => {
    connection.emit('dataRow', { name: 'dataRow', length: 0, fields })
  }

  const take = (body: Buffer): void => {
    const document = fieldOf(body, documentsAt)
    if (document === null) give(fieldsOf(body))
    else documents.add(document, JOINT)
  }

  // A row that is not whole in what has arrived. Gives how much of it is.
  const gather = (chunk: Buffer): number => {
    const piece = chunk.subarray(0, missing)
    row.add(piece)
    missing -= piece.length
    if (missing === 0) take(row.taken())
    return piece.length
  }

  // All rows of a result have come.
  const conclude = (): void => {
    const at = documentsAt
    // What comes next may have been described long ago, and not be again.
    documentsAt = -1
    const joined = documents.taken()
    if (joined.length === 0) return
    give(Array.from({ length: columns }, (_, column) => (column === at ? owned(joined.subarray(0, -1)) : null)))
  }

  const receive = (arrived: Buffer): void => {
    const chunk = head === null ? arrived : Buffer.concat([head, arrived])
    head = null
    let at = missing > 0 ? gather(chunk) : 0
    /** Up to where nothing is left to be passed on. */
    let done = at
    const passTo = (end: number): void => {
      pass(chunk.subarray(done, end))
      done = end
    }
    const skipped = Math.min(passing, chunk.length - at)
    passing -= skipped
    at += skipped
    while (at + HEADER_BYTES <= chunk.length) {
      const end = at + 1 + chunk.readUInt32BE(at + 1)
      const isRow = chunk[at] === DATA_ROW
      // Told before whatever ends its result, or it would stand for the next one, which need not be described.
      if (isDescribed) {
        passTo(at)
        isDescribed = false
      }
      if (isRow && documentsAt >= 0) {
        passTo(at)
        if (end <= chunk.length) take(chunk.subarray(at + HEADER_BYTES, end))
        else {
          missing = end - at - HEADER_BYTES
          gather(chunk.subarray(at + HEADER_BYTES))
        }
        at = Math.min(end, chunk.length)
        done = at
        continue
      }
      if (chunk[at] === ROW_DESCRIPTION) isDescribed = true
      if (!ASIDES.includes(chunk[at])) conclude()
      passing = Math.max(0, end - chunk.length)
      at = Math.min(end, chunk.length)
    }
    passTo(at)
    if (at < chunk.length) head = chunk.subarray(at)
  }

  stream.on('data', receive)
  return others
}

const JOINT = Buffer.from('},')

/** Memory that what comes after takes over. */
interface Growing {
  add(...pieces: readonly Buffer[]): void
  /** All that was added: good until more is. */
  taken(): Buffer
}

/** Memory that is kept. */
const KEPT_BYTES_MAX = 256 * 1024

function growing(): Growing {
  let memory = NOTHING
  let length = 0
  return {
    add(...pieces) {
      for (const piece of pieces) {
        if (length + piece.length > memory.length) {
          const more = Buffer.allocUnsafeSlow(Math.max(2 * memory.length, length + piece.length, KEPT_BYTES_MAX))
          memory.copy(more, 0, 0, length)
          memory = more
        }
        length += piece.copy(memory, length)
      }
    },
    taken() {
      const all = memory.subarray(0, length)
      length = 0
      if (memory.length > KEPT_BYTES_MAX) memory = NOTHING
      return all
    },
  }
}

// DataRow: a count, and for each field its length, -1 for null, and the field.
function fieldsOf(body: Buffer): readonly (string | null)[] {
  let at = 2
  return Array.from({ length: body.readUInt16BE(0) }, () => {
    const length = body.readInt32BE(at)
    at += 4 + Math.max(0, length)
    return length < 0 ? null : body.toString('utf8', at - length, at)
  })
}

function fieldOf(body: Buffer, index: number): Buffer | null {
  let at = 2
  for (let passed = 0; passed < index; passed++) at += 4 + Math.max(0, body.readInt32BE(at))
  const length = body.readInt32BE(at)
  return length < 0 ? null : body.subarray(at + 4, at + 4 + length)
}

// In memory of its own, which can be given back.
function owned(field: Buffer): Buffer {
  const bytes = Buffer.allocUnsafeSlow(field.length)
  field.copy(bytes)
  return bytes
}
