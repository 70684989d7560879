import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startServer } from '../test/postgres/server.ts'
import { cases, type ListAnswer } from './cases.ts'
import { dataset } from './embedded.ts'
import { start, type Running } from './process.ts'
import { prepared, statementsOf, type Statement } from './prototype.ts'
import { recallAt10 } from './recall.ts'
import { ask, askAll, fill, issueToken, KEEPING_BYTES, serve, startBare, type Place } from './rollcall.ts'
import { figure, inTurn, ratio, type Effort, type Side } from './rounds.ts'

/** A server with memory as for real use, that keeps what it acknowledged. */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '1GB',
  max_wal_size: '4GB',
  random_page_cost: '1.1',
  effective_cache_size: '8GB',
}

/**
 * PostgreSQL with so many users, as a section of the report: against a bare server, the embedded engine, the bare
 * statement through the same driver, and the statements of the prototype that was measured before Rollcall was written.
 */
export async function onPostgres(users: number, effort: Effort, database?: string): Promise<string> {
  const server = database === undefined ? await startServer(SETTINGS) : undefined
  const place: Place = ['--database', database ?? server?.url ?? '']
  try {
    const began = performance.now()
    if (server) fill(place, users)
    const fillS = (performance.now() - began) / 1000
    await settle(place[1])
    const recall = await recallAt10(place[1])
    const rows = await measured(place, users, effort)
    return [
      `## PostgreSQL, ${users.toLocaleString('en')} users`,
      '',
      'Beside a bare `node:http` server: *embedded* is the embedded engine with the same users; *statement* the plainest statement for',
      'the same users through the same driver, joined and sent by node:http without total, permissions or limits; *prototype* the',
      'statement of the prototype that was measured before the first line. A dash stands where that side came to no answer within a',
      'round, so that there is nothing to divide by; a cell is empty where that side has no statement for the question.',
      '',
      '| question | bare /s | uncached /s | of bare | repeated /s | of bare | of embedded | of statement | of prototype |',
      '|---|---|---|---|---|---|---|---|---|',
      ...rows,
      '',
      `Recall@10 of names with one wrong letter: ${recall.toFixed(2)}.`,
      ...(server ? [`Filling it took ${Math.round(fillS)} s: ${figure(users / fillS)} users a second.`, ''] : []),
    ].join('\n')
  } finally {
    await server?.close()
  }
}

async function measured(place: Place, users: number, effort: Effort): Promise<readonly string[]> {
  const folder = dataset(users)
  const [token, engineToken] = [issueToken(place), issueToken(folder)]
  const [plain, keeping, engine] = await Promise.all([serve(place, 0), serve(place, KEEPING_BYTES), serve(folder, 0)])
  const askFor = (node: Running, secret: string) => async (path: string) =>
    JSON.parse((await ask(node, path, secret)).toString()) as ListAnswer
  const [questions, engineQuestions] = [
    await cases(askFor(plain, token), users),
    await cases(askFor(engine, engineToken), users),
  ]
  const rows: string[] = []
  for (const [at, { name, paths }] of questions.entries()) {
    const bare = await startBare(await askAll(plain, paths, token))
    const statements = statementsOf(name, users)
    const statement = statements.plain && (await startQuery(place[1], statements.plain))
    const prototype = statements.prototype && (await startQuery(place[1], statements.prototype))
    const sides: Side[] = [
      { name: 'bare', url: bare.url, paths: ['/'], token },
      { name: 'own', url: plain.url, paths, token },
      { name: 'kept', url: keeping.url, paths, token },
      { name: 'embedded', url: engine.url, paths: engineQuestions[at]?.paths ?? [], token: engineToken },
      ...(statement ? [{ name: 'statement', url: statement.url, paths: ['/'], token }] : []),
      ...(prototype ? [{ name: 'prototype', url: prototype.url, paths: ['/'], token }] : []),
    ]
    const outcome = await inTurn(sides, effort)
    const share = (other: string) =>
      sides.some((side) => side.name === other) ? `**${ratio(outcome.share('own', other))}**` : ''
    rows.push(
      `| ${name} | ${figure(outcome.perSecond('bare'))} | ${figure(outcome.perSecond('own'))} | ${share('bare')} | ` +
        `${figure(outcome.perSecond('kept'))} | **${ratio(outcome.share('kept', 'bare'))}** | ${share('embedded')} | ` +
        `${share('statement')} | ${share('prototype')} |`,
    )
    for (const other of [bare, statement, prototype]) await other?.stop()
  }
  await Promise.all([plain, keeping, engine].map((node) => node.stop()))
  return rows
}

function startQuery(url: string, statement: Statement): Promise<Running> {
  const file = join(mkdtempSync(join(tmpdir(), 'rollcall-query-')), 'statement.json')
  writeFileSync(file, JSON.stringify(statement))
  return start([join(import.meta.dirname, 'query-server.ts'), url, file])
}

// Vacuumed and counted, as its own upkeep would have it after a while, and with the prototype's table beside ours.
async function settle(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await prepared(client)
    await client.query('VACUUM ANALYZE')
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
  }
}
