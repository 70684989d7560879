import { parseArgs } from 'node:util'
import { dataset } from './embedded.ts'
import { ask, issueToken, serve, type Place } from './rollcall.ts'
import type { Running } from './process.ts'

// How long others wait while the dearest questions are read, against how long they wait when nothing is: both on one
// server, in one run. Kept answers are off.

const { values } = parseArgs({
  options: {
    // A data folder that is filled already.
    data: { type: 'string' },
    users: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '5' },
    // How many ask dear questions at once.
    askers: { type: 'string', default: '4' },
  },
})

const ASKED_EVERY_MS = 5

const filter = (text: string) => `filter=${encodeURIComponent(text)}`
const PROBES: Readonly<Record<string, string>> = {
  '/healthz': '/healthz',
  'first page': '/v1/users?limit=100',
  'first page by name': '/v1/users?limit=100&sort=familyName',
}
// A different text each time: nothing is remembered.
const DEAR: Readonly<Record<string, (n: number) => string>> = {
  'one letter, counted': (n) => `/v1/users?count=exact&search=${String.fromCharCode(97 + (n % 26))}`,
  'a pattern on tags': (n) => `/v1/users?limit=100&${filter(`tags.team co "${n % 10}z${n}"`)}`,
  'any of patterns, by e-mail': (n) =>
    `/v1/users?limit=100&sort=email&count=exact&${filter(`fullName co "an${n % 10}" or email co "9${n % 97}" or identifier co "o${n % 89}"`)}`,
  'a count of what no index has': (n) => `/v1/users?count=exact&${filter(`not (email co "${n}")`)}`,
}

interface Waits {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
}

async function waits(server: Running, token: string, seconds: number): Promise<ReadonlyMap<string, Waits>> {
  const all = new Map(Object.keys(PROBES).map((name) => [name, [] as number[]]))
  const endMs = performance.now() + seconds * 1000
  while (performance.now() < endMs) {
    for (const [name, path] of Object.entries(PROBES)) {
      const startMs = performance.now()
      await ask(server, path, token)
      all.get(name)?.push(performance.now() - startMs)
      await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS))
    }
  }
  return new Map([...all].map(([name, one]) => [name, summary(one)]))
}

function summary(all: readonly number[]): Waits {
  const sorted = all.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) }
}

/** Asks dear questions, one after another each, until it is told to stop. Gives how many were answered and refused. */
function askDear(server: Running, token: string, path: (n: number) => string, askers: number) {
  const outcome = { answered: 0, refused: 0 }
  let isOver = false
  let n = 0
  const asking = Array.from({ length: askers }, async () => {
    while (!isOver) {
      n += 1
      const answer = await fetch(server.url + path(n), { headers: { authorization: `Bearer ${token}` } })
      await answer.arrayBuffer()
      if (answer.ok) outcome.answered += 1
      else outcome.refused += 1
    }
  })
  return {
    async stop() {
      isOver = true
      await Promise.all(asking)
      return outcome
    },
  }
}

async function main(): Promise<void> {
  const place: Place = values.data === undefined ? dataset(Number(values.users)) : ['--data', values.data]
  const token = issueToken(place)
  const server = await serve(place, 0)
  const seconds = Number(values.seconds)
  try {
    await waits(server, token, 1)
    console.log(
      '| while | question | p50 ms | p99 ms | most ms | p50 to quiet | p99 to quiet |\n|---|---|---|---|---|---|---|',
    )
    for (const [name, path] of Object.entries(DEAR)) {
      const quiet = await waits(server, token, seconds)
      const dear = askDear(server, token, path, Number(values.askers))
      const busy = await waits(server, token, seconds)
      const { answered, refused } = await dear.stop()
      for (const [probe, { p50Ms, p99Ms, mostMs }] of busy) {
        const own = quiet.get(probe)
        const share = (a: number, b: number | undefined) => (a / (b ?? NaN)).toFixed(1)
        const cells = [name, probe, ...[p50Ms, p99Ms, mostMs].map((ms) => ms.toFixed(1))]
        console.log(`| ${[...cells, share(p50Ms, own?.p50Ms), share(p99Ms, own?.p99Ms)].join(' | ')} |`)
      }
      console.log(`| | ${answered} answered, ${refused} refused | | | | | |`)
    }
  } finally {
    await server.stop()
  }
}

await main()
