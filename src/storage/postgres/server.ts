import pg from 'pg'
import { DirectoryError } from '../../core/error.ts'
import { raw } from '../sql/fragment.ts'
import { ask, connectionConfig, CONNECT_TIMEOUT_MS, heard } from './connection.ts'
import { ConnectionError, isPassing, sqlState, storeError } from './errors.ts'

/** The oldest PostgreSQL with all that is asked for here. */
const OLDEST_VERSION = 15

/** What a server has to be. */
interface ServerNeeds {
  /** The oldest version that will do. */
  readonly oldest?: number
  /** Whether it may be a replica. */
  readonly mayFollow?: boolean
}

/**
 * Lends a connection to the server at a URL, once that is known to be one Rollcall can use. Throws one sentence that says
 * what to do, as `invalid`: never with the password of the URL in it.
 */
export async function onServer<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
  { oldest = OLDEST_VERSION, mayFollow = false }: ServerNeeds = {},
): Promise<T> {
  const client = clientFor(url)
  // Whoever waits for an answer is told; nobody else is.
  client.on('error', () => undefined)
  try {
    await heard(client.connect())
    await assertUsable(client, oldest, mayFollow)
    return await work(client)
  } catch (error) {
    throw refusal(error, client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function clientFor(url: string): pg.Client {
  try {
    return new pg.Client({ ...connectionConfig(url), pipeline: true })
  } catch {
    // What cannot be read is not quoted: it may hold a password.
    throw unusable('The address of the database is not a URL like postgres://user:password@host:5432/database.')
  }
}

/**
 * Throws, as `onServer`, for a replica that can never be used. One that only does not answer may do so later. Gives the place
 * its address names, without the password.
 */
export async function assertReplica(url: string): Promise<string> {
  const place = placeOf(clientFor(url))
  try {
    await onServer(url, () => Promise.resolve(), { mayFollow: true })
  } catch (error) {
    if (!(error instanceof DirectoryError && isPassing(error.cause))) throw error
  }
  return place
}

async function assertUsable(client: pg.Client, oldest: number, mayFollow: boolean): Promise<void> {
  const { rows } = await ask(client, raw(ABOUT))
  const [version, versionText, encoding, isFollowing, schema] = rows[0] ?? []
  if (Number(version) < oldest * 10_000) {
    const needed = `Rollcall needs version ${oldest} or newer`
    throw unusable(`The server at ${placeOf(client)} is PostgreSQL ${String(versionText)}; ${needed}.`)
  }
  if (encoding !== 'UTF8') {
    const what = `The database ${client.database ?? ''} is in the encoding ${String(encoding)}`
    throw unusable(`${what}; give Rollcall one that was created with ENCODING 'UTF8'.`)
  }
  if (isFollowing === true && !mayFollow) {
    throw unusable(
      `The server at ${placeOf(client)} is a replica, which takes no writes; give the address of its primary.`,
    )
  }
  if (schema === null) {
    throw unusable(`The search_path of ${client.user ?? ''} names no schema there is; create one, or correct it.`)
  }
}

const ABOUT = `
  SELECT current_setting('server_version_num')::integer, current_setting('server_version'), pg_encoding_to_char(encoding),
    pg_is_in_recovery(), current_schema()
  FROM pg_database WHERE datname = current_database()`

function refusal(error: unknown, client: pg.Client): unknown {
  if (error instanceof DirectoryError) return error
  const sentence = error instanceof ConnectionError ? connectionFault(error, client) : serverFault(error, client)
  return sentence === undefined ? storeError(error) : unusable(sentence, error)
}

// What kept the server from being reached at all.
function connectionFault({ cause }: ConnectionError, client: pg.Client): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const message = cause instanceof Error ? cause.message : ''
  const place = placeOf(client)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `There is no host ${client.host}; correct the address of the database.`
  if (code === 'ECONNREFUSED' || code === 'ENOENT')
    return `Nothing answers at ${place}; start PostgreSQL there, or correct the address.`
  // What the driver says that has none, or that the server does not know it by.
  if (message.startsWith('SASL'))
    return `PostgreSQL at ${place} wants the password of the user ${client.user ?? ''}; add it to the address, or correct it there.`
  if (message.includes('does not support SSL'))
    return `The server at ${place} takes no TLS; leave sslmode out of the address.`
  if (/CERT|SELF_SIGNED|ALTNAME/.test(code)) {
    return `The certificate of the server at ${place} is not trusted (${code}); name the one that signed it with sslrootcert in the address.`
  }
  const seconds = CONNECT_TIMEOUT_MS / 1000
  return `PostgreSQL at ${place} does not answer within ${seconds} seconds; correct the address, or look at the network in between.`
}

// What the server refused.
function serverFault(error: unknown, client: pg.Client): string | undefined {
  const { user = '', database = '' } = client
  const place = placeOf(client)
  switch (sqlState(error)) {
    case '28P01':
      return `PostgreSQL at ${place} refuses the password of the user ${user}; correct it in the address.`
    case '28000':
      return `PostgreSQL at ${place} does not let the user ${user} in; create the role, or allow it in pg_hba.conf, over TLS with sslmode=verify-full in the address.`
    case '3D000':
      return `There is no database ${database} at ${place}; create it with CREATE DATABASE ${database} ENCODING 'UTF8' TEMPLATE template0.`
    case '42501':
      return `The user ${user} may not create tables in the database ${database}, or not use those that are there; let it own the database, or grant it CREATE on the schema and all rights on the tables.`
    case '25006':
      return `The server at ${place} takes no writes; give the address of its primary.`
    case '53300':
      return `PostgreSQL at ${place} has no connection left; raise max_connections, or let fewer nodes use it.`
    case '57P03':
      return `PostgreSQL at ${place} is starting or stopping; try again in a moment.`
    default:
      return undefined
  }
}

function placeOf({ host, port }: pg.Client): string {
  return host.startsWith('/') ? host : `${host}:${port}`
}

/** The error of a database that cannot be used, in one sentence that says what to do. */
export function unusable(sentence: string, cause?: unknown): DirectoryError {
  return new DirectoryError('invalid', sentence, { reason: 'value', where: { name: 'store' }, cause })
}
