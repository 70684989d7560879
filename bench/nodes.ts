import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServer } from '../test/postgres/server.ts'
import { load } from './load.ts'
import type { Running } from './process.ts'
import { ask, fill, issueToken, KEEPING_BYTES, serve, type Place } from './rollcall.ts'
import { figure, ratio } from './rounds.ts'

// What a second node adds. Both nodes, PostgreSQL and the load share this machine, so each node is held to a share of one
// core (a quota of the kernel's, cgroups version 1): the rest of the machine is then never the limit.

const { values } = parseArgs({
  options: {
    // A database that is filled already, instead of a server of this run's own.
    database: { type: 'string' },
    users: { type: 'string', default: '100000' },
    // Share of a core each node is held to.
    share: { type: 'string', default: '0.2' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
  },
})

const GROUPS = '/sys/fs/cgroup/cpu'
const PERIOD_US = 20_000
const QUESTIONS = {
  'first page, uncached': { path: '/v1/users?limit=100', keptBytes: 0 },
  'first page, repeated': { path: '/v1/users?limit=100', keptBytes: KEEPING_BYTES },
}

/** Holds a process to a share of one core until it has ended. Needs the right to make control groups. */
function hold({ processId }: Running, share: number): () => void {
  const group = join(GROUPS, `rollcall-bench-${processId}`)
  mkdirSync(group)
  writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US))
  writeFileSync(join(group, 'cpu.cfs_quota_us'), String(Math.round(PERIOD_US * share)))
  writeFileSync(join(group, 'cgroup.procs'), String(processId))
  return () => rmdirSync(group)
}

async function compare(place: Place, token: string, { path, keptBytes }: { path: string; keptBytes: number }) {
  const nodes = await Promise.all([serve(place, keptBytes), serve(place, keptBytes)])
  for (const node of nodes) await ask(node, path, token)
  const letGo = nodes.map((node) => hold(node, Number(values.share)))
  const loadOn = async (some: readonly Running[]) => {
    const loads = await Promise.all(some.map(({ url }) => load(url, [path], token, Number(values.seconds))))
    if (loads.some(({ refused }) => refused > 0)) throw new Error('Some answers were no success.')
    return loads.reduce((sum, { perSecond }) => sum + perSecond, 0)
  }
  try {
    const rounds: { readonly one: number; readonly two: number }[] = []
    for (let round = 0; round < Number(values.rounds); round++) {
      rounds.push({ one: await loadOn(nodes.slice(round % 2, (round % 2) + 1)), two: await loadOn(nodes) })
    }
    return rounds.toSorted((a, b) => a.two / a.one - b.two / b.one)[Math.floor(rounds.length / 2)]
  } finally {
    await Promise.all(nodes.map((node) => node.stop()))
    for (const free of letGo) free()
  }
}

async function main(): Promise<void> {
  const server = values.database === undefined ? await startServer() : undefined
  const place: Place = ['--database', values.database ?? server?.url ?? '']
  try {
    if (server) fill(place, Number(values.users))
    const token = issueToken(place)
    console.log('| question | one node /s | two nodes /s | two to one |\n|---|---|---|---|')
    for (const [name, question] of Object.entries(QUESTIONS)) {
      const { one, two } = (await compare(place, token, question)) ?? { one: NaN, two: NaN }
      console.log(`| ${name} | ${figure(one)} | ${figure(two)} | ${ratio(two / one)} |`)
    }
  } finally {
    await server?.close()
  }
}

await main()
