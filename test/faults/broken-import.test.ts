import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, beforeEach, describe, it } from 'node:test'
import { gather, run, serve, start, tokenIn, workingFolder, type Outcome } from '../e2e/command.ts'
import { openProxy } from '../postgres/proxy.ts'
import { makeDatabase, type Database } from './database.ts'
import { within } from './deadline.ts'

const ROWS = 9_000
const WAIT_MS = 60_000
const SENTENCE =
  /^rollcall: .+\. The first (\d+) rows are written for sure \(created (\d+), updated 0, left unchanged 0, refused 0\); go on from line (\d+), rows from there on may be written too\. Run again with --match email, .+ makes no user twice\.$/m

let cwd: string
before(() => {
  cwd = workingFolder()
  const lines = Array.from({ length: ROWS }, (_, n) => `user-${n},user-${n}@example.com`)
  writeFileSync(join(cwd, 'users.csv'), `identifier,email\n${lines.join('\n')}\n`)
})

const IMPORT = ['import', 'users.csv', '--match', 'email']

describe('an import into PostgreSQL', () => {
  let database: Database
  beforeEach(async () => {
    database = await makeDatabase()
  })

  async function imported(): Promise<number> {
    const [made] = await database.ask("SELECT to_regclass('users') IS NOT NULL AS made")
    if (made?.['made'] !== true) return 0
    const [row] = await database.ask("SELECT count(*) AS count FROM users WHERE identifier LIKE 'user-%'")
    return Number(row?.['count'])
  }

  /** Starts a command and takes the network away once so many rows are there. */
  async function cutOff(args: readonly string[], rows: number, counted: () => Promise<number>): Promise<Outcome> {
    const proxy = await openProxy(database.url)
    const child = start([...args, '--database', proxy.through(database.url)], { cwd })
    const output = gather(child)
    const ended = once(child, 'close')
    await within(WAIT_MS, 'to come so far', async () => (await counted()) >= rows)
    proxy.close()
    const [code] = (await ended) as [number]
    return { code, ...output() }
  }

  it('that goes away tells how many rows are written for sure and where to go on, and makes no doubles then', async () => {
    const { code, stderr, stdout } = await cutOff(IMPORT, 2_000, imported)
    assert.deepEqual([code, stdout], [5, ''], stderr)
    const [, rows, created, line] = (SENTENCE.exec(stderr) ?? assert.fail(stderr)).map(Number)
    assert.ok(rows !== undefined && rows >= 1_000 && rows < ROWS)
    assert.deepEqual([created, line], [rows, rows + 2])
    const there = await imported()
    assert.ok(there >= rows, `${there} of ${rows}`)
    const again = await run([...IMPORT, '--database', database.url, '--json'], { cwd })
    assert.equal(again.code, 0, again.stderr)
    const counts = JSON.parse(again.stdout) as Record<string, number>
    assert.deepEqual([counts['created'], counts['unchanged']], [ROWS - there, there])
    assert.equal(await imported(), ROWS)
  })

  it('that takes its leave from a demo tells how many users are made, and that another directory is needed', async () => {
    const counted = async () => {
      const [made] = await database.ask("SELECT to_regclass('users') IS NOT NULL AS made")
      if (made?.['made'] !== true) return 0
      return Number((await database.ask('SELECT count(*) AS count FROM users'))[0]?.['count'])
    }
    const { code, stderr } = await cutOff(['demo', '--users', '9000'], 2_000, counted)
    assert.equal(code, 5, stderr)
    const made = Number(/ (\d+) users were made for sure; begin anew with an empty directory\.$/m.exec(stderr)?.[1])
    assert.ok(made >= 1_000 && made <= (await counted()), stderr)
  })
})

describe('an import through a server', () => {
  it('that is killed tells how many rows are written for sure and where to go on', async () => {
    const server = await serve([], { cwd })
    const token = tokenIn(server.stdout)
    const environment = { ROLLCALL_TOKEN: token }
    const child = start([...IMPORT, '--server', server.url], { cwd, environment })
    const output = gather(child)
    const ended = once(child, 'close')
    const total = async () => {
      const answer = await fetch(`${server.url}/v1/users?limit=1`, { headers: { authorization: `Bearer ${token}` } })
      return ((await answer.json()) as { readonly total: number }).total
    }
    await within(WAIT_MS, 'to come so far', async () => (await total()) >= 3_000)
    await server.stop('SIGKILL')
    const [code] = (await ended) as [number]
    const { stderr } = output()
    assert.equal(code, 5, stderr)
    const rows = Number((SENTENCE.exec(stderr) ?? assert.fail(stderr))[1])
    const again = await run([...IMPORT, '--json'], { cwd })
    assert.equal(again.code, 0, again.stderr)
    const counts = JSON.parse(again.stdout) as Record<string, number>
    assert.ok(Number(counts['unchanged']) >= rows && counts['refused'] === 0, again.stdout)
    assert.equal(Number(counts['created']) + Number(counts['unchanged']), ROWS)
  })
})
