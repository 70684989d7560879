import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, it } from 'node:test'
import { gather, run, serve, start, tokenIn, workingFolder } from '../e2e/command.ts'
import { bearer } from '../nodes/nodes.ts'
import { sender } from '../request.ts'
import { postgresSchema } from '../schema/postgres.ts'
import { assertRevisionsWhole } from './created.ts'
import { makeDatabase, type Database } from './database.ts'
import { within } from './deadline.ts'

const SCHEMA = readFileSync(join(import.meta.dirname, '../schema/postgres.sql'), 'utf8')
const ROWS = 9_000
const WAIT_MS = 60_000

let database: Database
let cwd: string
beforeEach(async () => {
  database = await makeDatabase()
  cwd = workingFolder()
})

function writeRows(name: string, rows = ROWS): string {
  const lines = Array.from({ length: rows }, (_, n) => `${name}-${n},${name}-${n}@example.com,Family ${n % 50}`)
  writeFileSync(join(cwd, `${name}.csv`), `identifier,email,familyName\n${lines.join('\n')}\n`)
  return `${name}.csv`
}

const importing = (file: string) => start(['import', file, '--database', database.url], { cwd })

async function count(from: string): Promise<number> {
  const [made] = await database.ask("SELECT to_regclass('deferred_indexes') IS NOT NULL AS made")
  if (made?.['made'] !== true) return 0
  const [row] = await database.ask(`SELECT count(*) AS count FROM ${from}`)
  return Number(row?.['count'])
}
const left = () => count('deferred_indexes')
const imported = (name: string) => count(`users WHERE identifier LIKE '${name}-%'`)

async function killed(file: string, when: () => Promise<boolean>): Promise<void> {
  const child = importing(file)
  gather(child)
  await within(WAIT_MS, 'to come so far', when)
  child.kill('SIGKILL')
  await once(child, 'close')
}

async function assertSound(): Promise<void> {
  assert.equal(await postgresSchema(database.url), SCHEMA)
  await assertRevisionsWhole(database)
}

describe('a load into PostgreSQL that is killed', () => {
  it('leaves its indexes to a node that runs, which answers right all the time', async () => {
    const node = await serve(['--database', database.url, '--log-level', 'error'], { cwd })
    const requests = sender(node.url)
    const read = async () => {
      const path = '/v1/users?sort=familyName&limit=1&filter=familyName%20eq%20%22family%207%22'
      const { status, text } = await requests.send({ path, method: 'GET', headers: bearer(tokenIn(node.stdout)) })
      assert.equal(status, 200, text)
      const { total, users } = JSON.parse(text) as { total: number; users: readonly { familyName: string }[] }
      if (total > 0) assert.equal(users[0]?.familyName, 'Family 7')
      return total
    }
    const file = writeRows('node')
    await killed(file, async () => (await imported('node')) >= 2000)
    assert.ok((await left()) > 30, 'nothing was left out')
    const rows = await imported('node')
    assert.equal(rows % 1000, 0)
    assert.equal(await read(), rows / 50)
    await within(WAIT_MS, 'to build', async () => (await left()) === 0)
    assert.equal(await read(), rows / 50)
    await assertSound()
    requests.close()
    assert.equal((await node.stop()).code, 0)
    const { code, stdout } = await run(['import', file, '--database', database.url], { cwd })
    assert.deepEqual([code, await imported('node')], [0, ROWS], stdout)
    await assertSound()
  })

  it('leaves its indexes to rollcall migrate, which says so before, also where it was building them', async () => {
    const file = writeRows('build', 3_000)
    await database.lend(async (client) => {
      let isHeld = false
      await killed(file, async () => {
        // Lets nobody build the indexes of this table, and commits be.
        if (!isHeld && (await left()) > 0) {
          await client.query('BEGIN; LOCK TABLE user_marks IN ROW EXCLUSIVE MODE')
          isHeld = true
        }
        return (await imported('build')) === 3_000 && (await left()) === 2
      })
      await client.query('COMMIT')
    })
    await assertRevisionsWhole(database)
    const check = await run(['migrate', '--check', '--database', database.url], { cwd })
    assert.deepEqual([check.code, /^The schema is up to date\.\nAfter a load \d+ index/.test(check.stdout)], [1, true])
    const built = await run(['migrate', '--json', '--database', database.url], { cwd })
    assert.deepEqual([built.code, JSON.parse(built.stdout)], [0, { applied: [], unbuilt: 0 }])
    await assertSound()
  })

  it('leaves its indexes to the next load', async () => {
    const file = writeRows('next')
    await killed(file, async () => (await imported('next')) >= 1000)
    const { code, stdout } = await run(['import', file, '--database', database.url], { cwd })
    assert.deepEqual([code, await imported('next')], [0, ROWS], stdout)
    await assertSound()
  })
})

describe('two loads into one database', () => {
  it('write all of their rows, and the last one to end builds the indexes', async () => {
    const [long, short] = [writeRows('long'), writeRows('short', 3_000)]
    const options = { cwd }
    const [one, other] = await Promise.all([
      run(['import', long, '--database', database.url], options),
      run(['import', short, '--database', database.url], options),
    ])
    assert.deepEqual([one.code, other.code], [0, 0], one.stderr + other.stderr)
    assert.deepEqual([await imported('long'), await imported('short')], [ROWS, 3_000])
    await assertSound()
  })
})
