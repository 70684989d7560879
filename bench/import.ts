import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setInterval } from 'node:timers'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { crowdUser } from '../src/cli/demo/crowd.ts'
import { startServer } from '../test/postgres/server.ts'
import { BIN, type Place } from './rollcall.ts'

// Rows a second of `rollcall import` into an empty directory and of `rollcall demo`, with the building of indexes, and as a
// share of what the engine reaches when it writes the same rows as JSON to one table with one key, a thousand per commit, in
// the same run; and the memory the import takes at most. PostgreSQL is a server of this run's own that loses nothing in a crash.

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '1' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
})

const COLUMNS = [
  'identifier', 'givenName', 'familyName', 'fullName', 'displayName', 'email', 'phones', 'language', 'country',
  'timeZone', 'description', 'userType', 'role', 'permissions', 'group', 'status', 'statusReason', 'message', 'deviceId',
  'adminDevices', 'validFrom', 'expiresAt', 'lastLoginAt', 'externalId',
] as const // prettier-ignore

const BATCH_SIZE = 1000

function cell(value: string | number | readonly string[] | null | undefined): string {
  const text = Array.isArray(value) ? value.join(';') : String(value ?? '')
  return /[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function writeFile(file: string, users: number): Promise<void> {
  const stream = createWriteStream(file)
  stream.write(`${COLUMNS.join(',')}\n`)
  for (let n = 0; n < users; n++) {
    const { status, ...user } = crowdUser(n)
    const live = { ...user, status: status === 'deleted' ? 'inactive' : status }
    const line = COLUMNS.map((name) => cell(live[name])).join(',')
    if (!stream.write(`${line}\n`)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}

async function perSecond(users: number, work: () => void | Promise<void>): Promise<number> {
  const startMs = performance.now()
  await work()
  return users / ((performance.now() - startMs) / 1000)
}

/** Runs the program to its end. Gives the memory it took at most, in MiB; 0 where the system does not tell. */
async function rollcall(...args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'ignore', 'ignore'] })
  let kib = 0
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
      kib = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? kib)
    } catch {
      // Not told here, or over.
    }
  }, LOOK_MS)
  const [code] = (await once(child, 'close')) as [number | null]
  clearInterval(look)
  if (code !== 0) throw new Error(`rollcall ${args.join(' ')} ended with ${String(code)}.`)
  return Math.round(kib / 1024)
}

const LOOK_MS = 100

function* batches(users: number): Generator<readonly [identifiers: string[], documents: string[]]> {
  for (let at = 0; at < users; at += BATCH_SIZE) {
    const some = Array.from({ length: Math.min(BATCH_SIZE, users - at) }, (_, n) => crowdUser(at + n))
    yield [some.map(({ identifier }) => identifier), some.map((user) => JSON.stringify(user))]
  }
}

/** An engine: empty places to write to, and the same rows in one table. */
interface Engine {
  readonly place: () => Promise<Place>
  readonly writeBare: (users: number) => Promise<void>
  readonly close: () => Promise<void>
}

function openSqlite(folder: string): Engine {
  let places = 0
  const next = () => join(folder, `place-${++places}`)
  return {
    place: () => Promise.resolve(['--data', next()]),
    writeBare(users) {
      const connection = new DatabaseSync(next())
      connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      connection.exec('CREATE TABLE users (identifier TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT')
      const insert = connection.prepare('INSERT INTO users VALUES (?, ?)')
      for (const [identifiers, documents] of batches(users)) {
        connection.exec('BEGIN')
        for (const [n, identifier] of identifiers.entries()) insert.run(identifier, documents[n] ?? '')
        connection.exec('COMMIT')
      }
      connection.close()
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
}

async function openPostgres(): Promise<Engine> {
  const server = await startServer({ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' })
  const client = new pg.Client(server.url)
  await client.connect()
  let places = 0
  return {
    async place() {
      const name = `place_${++places}`
      await client.query(`CREATE DATABASE ${name}`)
      await client.query('CHECKPOINT')
      const url = new URL(server.url)
      url.pathname = name
      return ['--database', url.href]
    },
    async writeBare(users) {
      await client.query('CREATE TABLE bare (identifier text PRIMARY KEY, document text NOT NULL)')
      for (const batch of batches(users)) {
        await client.query('INSERT INTO bare SELECT * FROM unnest($1::text[], $2::text[])', [...batch])
      }
      await client.query('DROP TABLE bare')
    },
    async close() {
      await client.end()
      await server.close()
    },
  }
}

async function measure(name: string, engine: Engine, file: string): Promise<void> {
  const users = Number(values.users)
  for (let round = 1; round <= Number(values.rounds); round++) {
    const [one, other] = [await engine.place(), await engine.place()]
    const bare = await perSecond(users, () => engine.writeBare(users))
    let mebibytes = 0
    const imported = await perSecond(users, async () => {
      mebibytes = await rollcall('import', file, ...one)
    })
    const demo = await perSecond(users, async () => {
      await rollcall('demo', '--users', String(users), ...other)
    })
    const cells = [imported, demo, bare].map((figure) => Math.round(figure).toLocaleString('en'))
    const ratios = [imported, demo].map((figure) => (figure / bare).toFixed(2))
    console.log(`| ${[name, round, ...cells, ...ratios, mebibytes].join(' | ')} |`)
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-import-'))
  try {
    const file = join(folder, 'users.csv')
    await writeFile(file, Number(values.users))
    const heads = ['import rows/s', 'demo rows/s', 'bare rows/s', 'import to bare', 'demo to bare', 'import MiB']
    console.log(`| ${['engine', 'round', ...heads].join(' | ')} |\n|${'---|'.repeat(heads.length + 2)}`)
    for (const name of values.engine) {
      const engine = name === 'postgres' ? await openPostgres() : openSqlite(folder)
      await measure(name, engine, file).finally(engine.close)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await main()
