import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { crowdUser } from '../src/cli/demo/crowd.ts'
import { BIN } from './rollcall.ts'

// Rows a second of `rollcall import` into an empty directory and of `rollcall demo`, and as a share of what the engine
// reaches when it writes the same rows as JSON to one table with one key, a thousand per commit, in the same run.

const { values } = parseArgs({
  options: { users: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '1' } },
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

function perSecond(users: number, work: () => void): number {
  const startMs = performance.now()
  work()
  return users / ((performance.now() - startMs) / 1000)
}

function writeBare(file: string, users: number): void {
  const connection = new DatabaseSync(file)
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  connection.exec('CREATE TABLE users (identifier TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT')
  const insert = connection.prepare('INSERT INTO users VALUES (?, ?)')
  for (let at = 0; at < users; at += BATCH_SIZE) {
    connection.exec('BEGIN')
    for (let n = at; n < Math.min(at + BATCH_SIZE, users); n++) {
      const user = crowdUser(n)
      insert.run(user.identifier, JSON.stringify(user))
    }
    connection.exec('COMMIT')
  }
  connection.close()
}

async function main(): Promise<void> {
  const users = Number(values.users)
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-import-'))
  const rollcall = (...args: readonly string[]) =>
    execFileSync(process.execPath, [BIN, ...args], { stdio: ['ignore', 'ignore', 'ignore'] })
  try {
    const file = join(folder, 'users.csv')
    await writeFile(file, users)
    console.log(
      '| round | import rows/s | demo rows/s | bare rows/s | import to bare | demo to bare |\n|---|---|---|---|---|---|',
    )
    for (let round = 1; round <= Number(values.rounds); round++) {
      const at = (name: string) => join(folder, `${name}-${round}`)
      const bare = perSecond(users, () => writeBare(at('bare'), users))
      const imported = perSecond(users, () => rollcall('import', file, '--data', at('import')))
      const demo = perSecond(users, () => rollcall('demo', '--users', String(users), '--data', at('demo')))
      const cells = [imported, demo, bare].map((figure) => Math.round(figure).toLocaleString('en'))
      console.log(`| ${[round, ...cells, (imported / bare).toFixed(2), (demo / bare).toFixed(2)].join(' | ')} |`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await main()
