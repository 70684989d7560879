import pg from 'pg'
import { startServer, type Server } from '../postgres/server.ts'
import { within } from './deadline.ts'

/** An empty database on a server that keeps what it has acknowledged, and that this test file has for itself. */
export interface Database extends Pick<Server, 'start' | 'stop'> {
  /** Its address for a role that owns it, and may do no more. */
  readonly url: string
  /** Asks as the superuser, on a connection of its own. Gives the rows. */
  readonly ask: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Lends a connection of the superuser, for what has to stay open. */
  readonly lend: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>
}

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const ROLE = 'rollcall'
const HOLD_MS = 5_000

/** What Rollcall has going on in the database that is asked. */
export const OWN_SESSIONS = "FROM pg_stat_activity WHERE application_name = 'rollcall' AND datname = current_database()"

let server: Promise<Server> | undefined
let databases = 0

/** Makes a database. Its server is started with the first one, and ends with this process. */
export async function makeDatabase(): Promise<Database> {
  const { url, start, stop } = await (server ??= prepared())
  const name = `faults_${++databases}`
  await lendConnection(url, (client) =>
    client.query(`CREATE DATABASE ${name} OWNER ${ROLE} ENCODING 'UTF8' TEMPLATE template0`),
  )
  const address = new URL(url)
  address.pathname = name
  const superuserUrl = address.href
  address.username = ROLE
  const lend: Database['lend'] = (work) => lendConnection(superuserUrl, work)
  const ask: Database['ask'] = (text) =>
    lend(async (client) => (await client.query<Record<string, unknown>>(text)).rows)
  return { url: address.href, start, stop, ask, lend }
}

async function prepared(): Promise<Server> {
  const started = await startServer(DURABLE)
  const { password } = new URL(started.url)
  await lendConnection(started.url, (client) => client.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${password}'`))
  return started
}

async function lendConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  // Whoever asks is told.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Holds back what would be said of commits, as if they had to reach a replica first, and waits for the first one: whoever
 * is cut off then has been committed, and does not know.
 */
export async function holdCommits({ ask }: Database): Promise<void> {
  await ask("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
  await ask('SELECT pg_reload_conf()')
  await within(HOLD_MS, 'to hold a commit', async () => {
    return (await ask(`SELECT pid ${OWN_SESSIONS} AND wait_event = 'SyncRep'`)).length > 0
  })
}

/** Lets commits be acknowledged again, those too that wait for it. */
export async function releaseCommits({ ask }: Database): Promise<void> {
  await ask('ALTER SYSTEM RESET synchronous_standby_names')
  await ask('SELECT pg_reload_conf()')
}
