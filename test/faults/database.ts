import pg from 'pg'
import { startServer, type Server } from '../postgres/server.ts'

/** A PostgreSQL server of the test's own that keeps what it has acknowledged, with an empty database on it. */
export interface Database extends Server {
  /** Asks as the superuser, on a connection of its own. Gives the rows. */
  readonly ask: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Lends a connection of the superuser, for what has to stay open. */
  readonly lend: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>
}

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const NAME = 'rollcall'

/** Starts a server with a database whose owner may do what Rollcall needs, and no more; `url` is that owner's. */
export async function startDatabase(): Promise<Database> {
  const server = await startServer(DURABLE)
  const password = new URL(server.url).password
  const lend = async <T>(work: (client: pg.Client) => Promise<T>, name = NAME): Promise<T> => {
    const client = new pg.Client(addressOf(server.url, 'postgres', name))
    client.on('error', () => undefined)
    try {
      await client.connect()
      return await work(client)
    } finally {
      await client.end()
    }
  }
  const ask = (text: string, name = NAME) =>
    lend(async (client) => (await client.query<Record<string, unknown>>(text)).rows, name)
  await ask(`CREATE ROLE ${NAME} LOGIN PASSWORD '${password}'`, 'postgres')
  await ask(`CREATE DATABASE ${NAME} OWNER ${NAME} ENCODING 'UTF8' TEMPLATE template0`, 'postgres')
  return { ...server, url: addressOf(server.url, NAME, NAME), ask, lend }
}

function addressOf(server: string, role: string, database: string): string {
  const url = new URL(server)
  url.username = role
  url.pathname = database
  return url.href
}

/** The parts of a condition on what Rollcall has going on in a server. */
export const OWN_SESSIONS = "FROM pg_stat_activity WHERE application_name = 'rollcall'"
