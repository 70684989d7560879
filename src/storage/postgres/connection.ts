import pg from 'pg'
import { numbered, type Fragment } from '../sql/fragment.ts'
import { ConnectionError } from './errors.ts'
import { rowTypes } from './types.ts'

/** How long it may take to reach the server. */
export const CONNECT_TIMEOUT_MS = 3_000
const KEEP_ALIVE_DELAY_MS = 10_000

/** Numbers for smallint, integer, bigint and float8, booleans, bytes for documents (`ByteClient`), and texts for everything else. */
export type Row = readonly (string | number | boolean | Buffer | null)[]

/** A statement. With a name the server keeps it ready on each connection: a name stands for one text for ever. */
export interface Statement extends Fragment {
  readonly name?: string
}

/** What a statement gave: its rows, and how many it read or changed. */
export interface Answer {
  readonly rows: readonly Row[]
  readonly count: number
}

/** Runs a statement on a connection. Throws the server's error, or ConnectionError where the server said nothing. */
export async function ask(client: pg.ClientBase, statement: Statement): Promise<Answer> {
  const { name, values } = statement
  const query = { text: numbered(statement), values: [...values], rowMode: 'array' as const }
  const { rows, rowCount } = await heard(client.query<Row & unknown[]>(name === undefined ? query : { ...query, name }))
  return { rows, count: rowCount ?? 0 }
}

/** Begins or ends a transaction. What was to be committed and was not is an error too. */
export async function say(client: pg.ClientBase, text: string): Promise<void> {
  const { command } = await heard(client.query(text))
  if (!text.startsWith(command)) throw new Error(`The server answered ${text} with ${command}.`)
}

/** What the driver promises, with whatever is no word of the server as ConnectionError. */
export async function heard<T>(promised: Promise<T>): Promise<T> {
  try {
    return await promised
  } catch (error) {
    throw error instanceof pg.DatabaseError ? error : new ConnectionError(error)
  }
}

/**
 * What a connection is made with. `settings` are the server's, by name; what the URL itself says of them goes first.
 * Throws for what is no URL.
 */
export function connectionConfig(url: string, settings: Readonly<Record<string, string>> = {}): pg.ClientConfig {
  const address = new URL(url)
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const own = address.searchParams.get('options')
  // The driver takes what a URL says for more than what it is told beside it.
  address.searchParams.set('options', [...options, ...(own === null ? [] : [own])].join(' '))
  return {
    connectionString: address.href,
    application_name: 'rollcall',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    types: rowTypes,
  }
}
