import { EventEmitter } from 'node:events'
import pg from 'pg'

/** A column of this name comes as the bytes the server sent, and in a row that is alone in having one. */
export const BYTES = 'bytes'

/** What of a connection of the driver is not in its types: where it begins to take in messages, and what it makes of them. */
interface Receiving extends EventEmitter {
  attachListeners(stream: EventEmitter): void
}

/**
 * A client that can give a column as bytes. The driver makes a string of every field; for a page of a hundred users that goes
 * out as it came in, to and fro takes longer than everything else a node does for it.
 */
export class ByteClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    const { connection } = this as unknown as { readonly connection: Receiving }
    const attach = connection.attachListeners.bind(connection)
    connection.attachListeners = (stream) => {
      attach(besidesRows(stream, connection))
    }
  }
}

// Message formats of the protocol (PostgreSQL documentation, 55.7): a code, and a length that counts itself.
const HEADER_BYTES = 5
const ROW_DESCRIPTION = 0x54
const DATA_ROW = 0x44

/** Memory for rows that a connection keeps. */
const KEPT_BYTES_MAX = 256 * 1024
const NOTHING: Buffer = Buffer.alloc(0)

interface Described {
  readonly fields: readonly { readonly name: string }[]
}

// The messages of a stream but for rows with bytes: these are made here, in their place among the others.
function besidesRows(stream: EventEmitter, connection: Receiving): EventEmitter {
  const others = new EventEmitter()
  let bytesAt = -1
  connection.on('rowDescription', ({ fields }: Described) => {
    bytesAt = fields.findIndex(({ name }) => name === BYTES)
  })

  /** What has arrived of a head that is not whole. */
  let head: Buffer | null = null
  /** What is still to come of a message that is not looked into. */
  let passing = 0
  /** Whether columns are described in what is not passed on yet. */
  let isDescribed = false
  /** The row that is coming, in memory that the next one takes over. */
  let row = NOTHING
  let rowBytes = 0
  let rowLength = 0

  const pass = (chunk: Buffer): void => {
    if (chunk.length > 0) others.emit('data', chunk)
  }

  // Takes in what belongs to the row, and gives how much that was.
  const gather = (chunk: Buffer): number => {
    const taken = chunk.copy(row, rowBytes, 0, Math.min(chunk.length, rowLength - rowBytes))
    rowBytes += taken
    if (rowBytes === rowLength) {
      const fields = fieldsOf(row.subarray(HEADER_BYTES, rowLength), bytesAt)
      rowLength = 0
      if (row.length > KEPT_BYTES_MAX) row = NOTHING
      connection.emit('dataRow', { name: 'dataRow', length: rowBytes - 1, fields })
    }
    return taken
  }

  const begin = (length: number): void => {
    if (row.length < length) row = Buffer.allocUnsafeSlow(Math.max(length, KEPT_BYTES_MAX))
    rowBytes = 0
    rowLength = length
  }

  const take = (arrived: Buffer): void => {
    let chunk = head === null ? arrived : Buffer.concat([head, arrived])
    head = null
    if (rowLength > 0) chunk = chunk.subarray(gather(chunk))
    let at = Math.min(passing, chunk.length)
    passing -= at
    while (at + HEADER_BYTES <= chunk.length) {
      const code = chunk[at]
      const length = 1 + chunk.readUInt32BE(at + 1)
      if (code === DATA_ROW && isDescribed) {
        pass(chunk.subarray(0, at))
        chunk = chunk.subarray(at)
        at = 0
        isDescribed = false
      }
      if (code === DATA_ROW && bytesAt >= 0) {
        pass(chunk.subarray(0, at))
        begin(length)
        chunk = chunk.subarray(at)
        chunk = chunk.subarray(gather(chunk))
        at = 0
        continue
      }
      if (code === ROW_DESCRIPTION) isDescribed = true
      passing = Math.max(0, at + length - chunk.length)
      at = Math.min(at + length, chunk.length)
    }
    if (at < chunk.length) head = chunk.subarray(at)
    pass(chunk.subarray(0, at))
  }

  stream.on('data', take)
  return others
}

// DataRow: a count, and for each field its length, -1 for null, and the field.
function fieldsOf(body: Buffer, bytesAt: number): readonly (string | Buffer | null)[] {
  let at = 2
  return Array.from({ length: body.readUInt16BE(0) }, (_, index) => {
    const length = body.readInt32BE(at)
    at += 4
    if (length < 0) return null
    const field = body.subarray(at, at + length)
    at += length
    return index === bytesAt ? owned(field) : field.toString('utf8')
  })
}

// In memory of its own, which can be given back.
function owned(field: Buffer): Buffer {
  const bytes = Buffer.allocUnsafeSlow(field.length)
  field.copy(bytes)
  return bytes
}
