import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { gather, run, serve, start, tokenIn } from '../e2e/command.ts'
import { bearer } from '../nodes/nodes.ts'
import { sender } from '../request.ts'
import { assertRevisionsWhole } from './created.ts'
import { ENGINES, type Kept } from './engines.ts'
import { within } from './deadline.ts'

const ROUNDS = 3
const BATCH_SIZE = 20
const BATCHES = 2
const SINGLES = 4
const BEGIN_MS = 30_000
const IMPORTED = 12_000

for (const [engine, open] of Object.entries(ENGINES)) {
  describe(`a node on ${engine} that is killed in the middle of commits`, () => {
    let kept: Kept
    before(async () => {
      kept = await open()
    })

    it('has kept all it has answered for and no half of a batch, and the next one starts without help', async () => {
      const known = new Set<string>()
      let token: string | undefined
      for (let round = 0; round < ROUNDS; round++) {
        const node = await serve([...kept.args, '--requests-per-minute', '0', '--log-level', 'error'], kept)
        token ??= tokenIn(node.stdout)
        const writers = startWriters(node.url, token, `${round}`)
        const enough = 15 + round * 17
        await within(BEGIN_MS, 'to write', () => writers.acknowledged.size > enough * 4)
        assert.equal((await node.stop('SIGKILL')).code, null)
        await writers.ended
        for (const identifier of writers.acknowledged) known.add(identifier)
        await assertKept(kept, known)
      }
      const last = await serve(kept.args, kept)
      await assertKept(kept, known)
      assert.equal((await last.stop()).code, 0)
    })
  })
}

/** Clients that create users one by one and in atomic batches until the node is gone. */
function startWriters(url: string, token: string, round: string) {
  const requests = sender(url)
  const headers = { ...bearer(token), 'content-type': 'application/json' }
  const acknowledged = new Set<string>()
  const repeat = async (write: (turn: number) => Promise<readonly string[]>) => {
    for (let turn = 0; ; turn++) {
      try {
        for (const identifier of await write(turn)) acknowledged.add(identifier)
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error
        return
      }
    }
  }
  const post = async (path: string, body: unknown, status: number) => {
    const answer = await requests.send({ method: 'POST', path, headers, body: JSON.stringify(body) })
    assert.equal(answer.status, status, answer.text)
  }
  const singles = Array.from({ length: SINGLES }, (_, writer) =>
    repeat(async (turn) => {
      const identifier = `single-${round}-${writer}-${turn}`
      await post('/v1/users', { identifier }, 201)
      return [identifier]
    }),
  )
  const batches = Array.from({ length: BATCHES }, (_, writer) =>
    repeat(async (turn) => {
      const identifiers = Array.from({ length: BATCH_SIZE }, (_, index) => `batch-${round}-${writer}-${turn}-${index}`)
      const operations = identifiers.map((identifier) => ({ op: 'create', user: { identifier } }))
      await post('/v1/users/batch', { atomic: true, operations }, 200)
      return identifiers
    }),
  )
  return { acknowledged, ended: Promise.all([...singles, ...batches]).finally(() => requests.close()) }
}

async function assertKept(kept: Kept, known: ReadonlySet<string>): Promise<void> {
  const rows = await kept.ask('SELECT identifier, revision FROM users WHERE live')
  const revisions = new Map(rows.map(({ identifier, revision }) => [String(identifier), Number(revision)]))
  assert.deepEqual(
    [...known].filter((identifier) => !revisions.has(identifier)),
    [],
  )
  const inBatches = new Map<string, number[]>()
  for (const [identifier, revision] of revisions) {
    const batch = /^(batch-.*)-\d+$/.exec(identifier)?.[1]
    if (batch !== undefined) inBatches.set(batch, [...(inBatches.get(batch) ?? []), revision])
  }
  for (const [batch, of] of inBatches) {
    assert.equal(of.length, BATCH_SIZE, batch)
    assert.equal(new Set(of).size, 1, batch)
  }
  await assertRevisionsWhole(kept)
}

describe('an import into a database that is killed', () => {
  let kept: Kept
  before(async () => {
    kept = await ENGINES.postgres()
  })

  const imported = async () => {
    const tables = await kept.ask("SELECT to_regclass('users') IS NOT NULL AS made")
    if (tables[0]?.['made'] !== true) return []
    return kept.ask("SELECT identifier, revision FROM users WHERE identifier LIKE 'row-%' ORDER BY number")
  }

  it('has written whole batches from the beginning, and goes on from there without doubles', async () => {
    const lines = Array.from({ length: IMPORTED }, (_, index) => `row-${index},row-${index}@example.com`)
    writeFileSync(join(kept.cwd, 'users.csv'), `identifier,email\n${lines.join('\n')}\n`)
    const args = ['import', 'users.csv', ...kept.args]
    let before = 0
    for (let round = 0; round < ROUNDS; round++) {
      const child = start(args, kept)
      gather(child)
      await within(BEGIN_MS, 'to import', async () => (await imported()).length > before)
      child.kill('SIGKILL')
      await once(child, 'close')
      const rows = await imported()
      assert.ok(rows.length < IMPORTED, 'the import was over before it was killed')
      assert.deepEqual(
        rows.map(({ identifier }) => identifier),
        Array.from(rows, (_, index) => `row-${index}`),
      )
      const sizes = new Map<unknown, number>()
      for (const { revision } of rows) sizes.set(revision, (sizes.get(revision) ?? 0) + 1)
      assert.equal(new Set(sizes.values()).size, 1, 'a batch was cut')
      await assertRevisionsWhole(kept)
      before = rows.length
    }
    const { code, stdout } = await run(args, kept)
    assert.equal(code, 0)
    assert.match(stdout, new RegExp(`^Created ${IMPORTED - before}, updated 0, left unchanged ${before}, refused 0 of`))
    assert.equal((await imported()).length, IMPORTED)
    await assertRevisionsWhole(kept)
  })
})
