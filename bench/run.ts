import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cases, type ListAnswer } from './cases.ts'
import { load, type Load } from './load.ts'
import { start, type Running } from './process.ts'

// Every figure is a ratio to a bare node:http server that sends the same bytes, taken in turn in the same run: absolute
// figures of a shared machine drift from hour to hour, the ratios hold.

const { values } = parseArgs({
  options: {
    users: { type: 'string', multiple: true, default: ['100000', '1000000'] },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'string' },
  },
})
const SECONDS = Number(values.seconds)
const ROUNDS = Number(values.rounds)
const BIN = join(import.meta.dirname, '../bin/rollcall.js')

async function main(): Promise<void> {
  const report = [heading()]
  for (const users of values.users.map(Number)) report.push(await measure(users))
  report.push(readFileSync(join(import.meta.dirname, 'peers.md'), 'utf8'))
  const text = report.join('\n')
  console.log(text)
  if (values.write !== undefined) writeFileSync(values.write, text)
}

function heading(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  return [
    '# What Rollcall was measured to do',
    '',
    'Every figure is a share of what a bare `node:http` server reaches that sends the same bytes, taken in turn with it in the',
    'same run. Permissions, rate limits, usage counters, logs, metrics and exact totals are on. *Uncached* runs without kept',
    'answers; *repeated* with 128 MiB of them. Pages have 100 users of the demo directory. Asked over `/v1/users`.',
    '',
    `Machine: ${machine}. Commit: ${commit}. Command: \`npm run bench\` (${ROUNDS} rounds of ${SECONDS} s per figure, interleaved, medians; 16 connections).`,
    '',
  ].join('\n')
}

async function measure(users: number): Promise<string> {
  const data = dataset(users)
  const token = issueToken(data)
  const serve = (cacheBytes: number) =>
    start([BIN, 'serve', '--data', data, '--port', '0'], {
      ROLLCALL_ANSWER_CACHE_BYTES: String(cacheBytes),
      ROLLCALL_REQUESTS_PER_MINUTE: '1000000000',
    })
  // One server at a time may hold the folder, so each way of running takes its rounds as a whole.
  const plain = await serve(0)
  const idle = plain.memory().nowMiB
  const get = async (path: string) => (await (await ask(plain, path, token)).json()) as ListAnswer
  const questions = await cases(get, users)
  const bodies = new Map<string, Buffer>()
  for (const { name, paths } of questions)
    bodies.set(name, Buffer.from(await (await ask(plain, paths[0] ?? '', token)).arrayBuffer()))
  const uncached = await rounds(plain, questions, bodies, token)
  const busy = plain.memory().highestMiB
  await plain.stop()
  const caching = await serve(128 * 2 ** 20)
  const repeated = await rounds(caching, questions, bodies, token)
  await caching.stop()

  const rows = questions.map(({ name }): string => {
    const [slow, fast] = [uncached.get(name), repeated.get(name)]
    if (!slow || !fast) return ''
    const kB = (bodies.get(name)?.length ?? 0) / 1000
    return `| ${name} | ${kB.toFixed(0)} | ${figure(slow.bare)} | ${figure(slow.own)} | **${ratio(slow)}** | ${figure(fast.own)} | **${ratio(fast)}** | ${slow.p50Ms.toFixed(1)} / ${slow.p99Ms.toFixed(1)} |`
  })
  return [
    `## ${users.toLocaleString('en')} users`,
    '',
    '| question | kB | bare node:http /s | uncached /s | of bare | repeated /s | of bare | uncached p50 / p99 ms |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `Start to listening: ${Math.round(plain.startMs)} ms. Memory: ${idle} MiB idle, ${busy} MiB at its highest under this load.`,
    '',
  ].join('\n')
}

interface Figure {
  readonly bare: number
  readonly own: number
  readonly ratios: readonly number[]
  readonly p50Ms: number
  readonly p99Ms: number
}

async function rounds(
  server: Running,
  questions: readonly { readonly name: string; readonly paths: readonly string[] }[],
  bodies: ReadonlyMap<string, Buffer>,
  token: string,
): Promise<ReadonlyMap<string, Figure>> {
  const figures = new Map<string, Figure>()
  for (const { name, paths } of questions) {
    const bare = await startBare(bodies.get(name) ?? Buffer.alloc(0))
    const pairs: { readonly bare: Load; readonly own: Load }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      pairs.push({
        bare: await load(bare.url, ['/'], token, SECONDS),
        own: await load(server.url, paths, token, SECONDS),
      })
    }
    await bare.stop()
    const refused = pairs.reduce((sum, { own }) => sum + own.refused, 0)
    if (refused > 0) throw new Error(`${name}: ${refused} answers were no success.`)
    figures.set(name, {
      bare: median(pairs.map((pair) => pair.bare.perSecond)),
      own: median(pairs.map((pair) => pair.own.perSecond)),
      ratios: pairs.map((pair) => pair.own.perSecond / pair.bare.perSecond),
      p50Ms: median(pairs.map((pair) => pair.own.p50Ms)),
      p99Ms: median(pairs.map((pair) => pair.own.p99Ms)),
    })
  }
  return figures
}

function startBare(body: Buffer): Promise<Running> {
  const file = join(mkdtempSync(join(tmpdir(), 'rollcall-bare-')), 'body')
  writeFileSync(file, body)
  return start([join(import.meta.dirname, 'bare.ts'), file])
}

function dataset(users: number): string {
  const data = join(tmpdir(), `rollcall-bench-${users}`)
  if (!existsSync(join(data, 'rollcall.db'))) {
    execFileSync(process.execPath, [BIN, 'demo', '--users', String(users), '--data', data], { stdio: 'inherit' })
  }
  return data
}

function issueToken(data: string): string {
  const args = [
    BIN,
    'token',
    'create',
    '--data',
    data,
    '--user',
    'admin',
    '--name',
    'bench',
    '--permissions',
    'users:read',
    '--json',
  ]
  const { secret } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    readonly secret: string
  }
  return secret
}

async function ask(server: Running, path: string, token: string): Promise<Response> {
  const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer
}

function figure(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en')
}

function ratio({ ratios }: Figure): string {
  return median(ratios).toFixed(2)
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN
}

await main()
