import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { embedded } from './embedded.ts'
import { onPostgres } from './postgres.ts'
import type { Effort } from './rounds.ts'

// Every figure is a ratio to another server that is taken in turn with it in the same run: absolute figures of a shared
// machine drift from hour to hour, the ratios hold.

const { values } = parseArgs({
  options: {
    users: { type: 'string', multiple: true, default: ['100000', '1000000'] },
    postgres: { type: 'string', multiple: true, default: ['1000000'] },
    // A database that is filled already, instead of a server of this run's own.
    database: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'string' },
  },
})

async function main(): Promise<void> {
  const effort: Effort = { seconds: Number(values.seconds), rounds: Number(values.rounds) }
  const report = [heading(effort)]
  for (const users of sizes(values.users)) report.push(await embedded(users, effort))
  for (const users of sizes(values.postgres)) report.push(await onPostgres(users, effort, values.database))
  report.push(readFileSync(join(import.meta.dirname, 'peers.md'), 'utf8'))
  const text = report.join('\n')
  console.log(text)
  if (values.write !== undefined) writeFileSync(values.write, text)
}

// `--users 0` leaves a part out.
function sizes(texts: readonly string[]): readonly number[] {
  return texts.map(Number).filter((users) => users > 0)
}

function heading({ seconds, rounds }: Effort): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  return [
    '# What Rollcall was measured to do',
    '',
    'Every figure is a share of what another server reaches that is taken in turn with it in the same run: a bare `node:http`',
    'server that sends the same pages, or what a table names. Permissions, rate limits, usage counters, logs, metrics and exact',
    'totals are on. *Uncached* runs without kept answers; *repeated* with 128 MiB of them. Pages have 100 users of the demo',
    'directory. Asked over `/v1/users`.',
    '',
    `Machine: ${machine}. Commit: ${commit}. Command: \`npm run bench\` (${rounds} rounds of ${seconds} s per figure, after ten at first and three later that do not count, interleaved, medians; 16 connections).`,
    '',
  ].join('\n')
}

await main()
