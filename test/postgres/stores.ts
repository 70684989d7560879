import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Store } from '../../src/core/store.ts'
import { migratePostgres, openPostgres, type PostgresOptions } from '../../src/storage/postgres/open.ts'
import { sharedServer } from './shared.ts'

/** The role Rollcall has in tests: it may do what it needs, and no more. */
const ROLE = 'rollcall'
/** A database with a Rollcall schema and nobody in it. */
const TEMPLATE = 'rollcall_template'
/** Taken while the role and the template are made, by whichever test file comes first. */
const LOCK = 7_265_199

/** A database that nobody else uses. */
export interface LentDatabase {
  readonly url: string
  /** The same, for who may do everything. */
  readonly superuserUrl: string
  readonly drop: () => Promise<void>
}

// Databases of this process that nobody uses just now: to empty one is a hundred times quicker than to make one.
const idle: LentDatabase[] = []

/** Lends an empty store until it is closed. */
export async function openTestStore(options?: PostgresOptions): Promise<Store> {
  const database = idle.pop() ?? (await lendDatabase())
  const store = await openPostgres(database.url, options)
  return {
    ...store,
    async close() {
      await store.close()
      await empty(database)
      idle.push(database)
    },
  }
}

async function empty({ url }: LentDatabase): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(EMPTY)
  await client.end()
}

const EMPTY = `
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      IF name NOT IN ('migrations', 'counters') THEN EXECUTE 'DELETE FROM ' || name; END IF;
    END LOOP;
    UPDATE counters SET value = 0;
  END $$`

/** Lends a database with an empty directory in it, one with nothing at all, or one in another encoding. */
export async function lendDatabase(kind: keyof typeof KINDS = 'directory'): Promise<LentDatabase> {
  const server = await sharedServer()
  await (prepared ??= prepare(server))
  const name = `t_${randomBytes(8).toString('hex')}`
  await asSuperuser(server, `CREATE DATABASE ${name} OWNER ${ROLE} ${KINDS[kind]}`)
  return {
    url: addressOf(server, ROLE, name),
    superuserUrl: addressOf(server, 'postgres', name),
    drop: () => asSuperuser(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

// Sorted by the rules of a language, so that whatever is to be in the order of bytes has to say so.
const PLAIN = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'"

const KINDS = {
  directory: `TEMPLATE ${TEMPLATE}`,
  plain: PLAIN,
  latin: "TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'",
} as const

let prepared: Promise<void> | undefined

async function prepare(server: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`)
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE])
    if (rowCount !== 0) return
    await client.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${passwordOf(server)}'`)
    await client.query(`CREATE DATABASE ${TEMPLATE}_new OWNER ${ROLE} ${PLAIN}`)
    await migratePostgres(addressOf(server, ROLE, `${TEMPLATE}_new`))
    await client.query(`ALTER DATABASE ${TEMPLATE}_new RENAME TO ${TEMPLATE}`)
  } finally {
    await client.end()
  }
}

let superuser: pg.Pool | undefined

// A database is made and dropped for every test: the connection for that stays a while.
async function asSuperuser(server: string, statement: string): Promise<void> {
  superuser ??= new pg.Pool({ connectionString: server, max: 1, allowExitOnIdle: true })
  await superuser.query(statement)
}

function addressOf(server: string, role: string, database: string): string {
  const url = new URL(server)
  url.username = role
  url.pathname = database
  return url.href
}

function passwordOf(server: string): string {
  return new URL(server).password
}
