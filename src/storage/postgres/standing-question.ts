import pg from 'pg'
import { heard } from './connection.ts'

/** A question that is asked again and again: the answer is one row with one field. Its name stands for one text for ever. */
export interface StandingQuestion {
  readonly name: string
  readonly text: string
  /** What asks it where it has been prepared. */
  readonly message: Buffer
}

export function standingQuestion(name: string, text: string): StandingQuestion {
  return { name, text, message: messageFor(name) }
}

/**
 * Asks a standing question; the field as the server writes it, null for NULL and where there is no row. Where the connection knows the
 * question, one message made long ago asks it, without Describe: the driver's usual way takes three times as long as the server.
 */
export function askStanding(client: pg.ClientBase, question: StandingQuestion): Promise<string | null> {
  return heard(
    new Promise((resolve, reject) => {
      client.query(new StandingQuery(question, (error, field) => (error ? reject(error) : resolve(field))))
    }),
  )
}

/** What of the driver's query is not in its types. */
interface DriverQuery extends pg.Submittable {
  name: string
  hasBeenParsed(connection: pg.Connection): boolean
  submit(connection: pg.Connection): Error | null
}
const DriverQuery = pg.Query as unknown as new (text: string, done: (error: Error | null) => void) => DriverQuery

class StandingQuery extends DriverQuery {
  readonly #question: StandingQuestion
  #field: string | null = null

  constructor(question: StandingQuestion, done: (error: Error | null, field: string | null) => void) {
    // Of whatever is more than a text the driver makes a copy first, which takes longer than all the rest.
    super(question.text, (error) => done(error, this.#field))
    this.name = question.name
    this.#question = question
  }

  override submit(connection: pg.Connection): Error | null {
    if (!this.hasBeenParsed(connection)) return super.submit(connection)
    if (connection.stream.writable) connection.stream.write(this.#question.message)
    return null
  }

  handleRowDescription(): void {
    // Only told the first time; fields are taken as they are written.
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#field = fields[0] ?? null
  }

  handleCommandComplete(): void {
    // There is one command, and how many rows it gave is known.
  }
}

// Bind without parameters, Execute, Sync (PostgreSQL documentation, 55.7). Strings end with a zero byte; portals have no name.
function messageFor(name: string): Buffer {
  const noFormatsNorValues = Buffer.alloc(6)
  const allRows = Buffer.alloc(4)
  return Buffer.concat([
    framed('B', Buffer.from(`\0${name}\0`), noFormatsNorValues),
    framed('E', Buffer.from('\0'), allRows),
    framed('S'),
  ])
}

function framed(code: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(code, 'latin1')
  head.writeInt32BE(4 + body.length, 1)
  return Buffer.concat([head, body])
}
