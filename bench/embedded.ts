import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cases, type ListAnswer } from './cases.ts'
import type { Running } from './process.ts'
import { recallAt10 } from './recall.ts'
import { ask, askAll, fill, issueToken, KEEPING_BYTES, serve, startBare, type Place } from './rollcall.ts'
import { figure, inTurn, ratio, type Effort, type Outcome } from './rounds.ts'

/** The embedded engine with so many users, as a section of the report. */
export async function embedded(users: number, effort: Effort): Promise<string> {
  const place = dataset(users)
  const token = issueToken(place)
  const recall = await recallAt10(`sqlite:${join(place[1], 'rollcall.db')}`)
  // One server at a time may hold the folder, so each way of running takes its rounds as a whole.
  const plain = await serve(place, 0)
  const idle = plain.memory().nowMiB
  const get = async (path: string) => JSON.parse((await ask(plain, path, token)).toString()) as ListAnswer
  const questions: Question[] = []
  for (const { name, paths } of await cases(get, users)) {
    questions.push({ name, paths, pages: await askAll(plain, paths, token) })
  }
  const uncached = await againstBare(plain, questions, token, effort)
  const busy = plain.memory().highestMiB
  await plain.stop()
  const keeping = await serve(place, KEEPING_BYTES)
  const repeated = await againstBare(keeping, questions, token, effort)
  await keeping.stop()

  const rows = questions.map(({ name, pages }, at) => {
    const [slow, fast] = [uncached[at], repeated[at]]
    if (!slow || !fast) return ''
    const { p50Ms, p99Ms } = slow.latency('own')
    return (
      `| ${name} | ${((pages[0]?.length ?? 0) / 1000).toFixed(0)} | ${figure(slow.perSecond('bare'))} | ${figure(slow.perSecond('own'))} | ` +
      `**${ratio(slow.share('own', 'bare'))}** | ${figure(fast.perSecond('own'))} | **${ratio(fast.share('own', 'bare'))}** | ` +
      `${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)} |`
    )
  })
  return [
    `## Embedded engine, ${users.toLocaleString('en')} users`,
    '',
    '| question | kB | bare node:http /s | uncached /s | of bare | repeated /s | of bare | uncached p50 / p99 ms |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `Start to listening: ${Math.round(plain.startMs)} ms. Memory: ${idle} MiB idle, ${busy} MiB at its highest under this load.`,
    `Recall@10 of names with one wrong letter: ${recall.toFixed(2)}.`,
    '',
  ].join('\n')
}

/** A data folder with so many users, made once and used again. */
export function dataset(users: number): Place {
  const place: Place = ['--data', join(tmpdir(), `rollcall-bench-${users}`)]
  if (!existsSync(join(place[1], 'rollcall.db'))) fill(place, users)
  return place
}

interface Question {
  readonly name: string
  readonly paths: readonly string[]
  readonly pages: readonly Buffer[]
}

async function againstBare(
  server: Running,
  questions: readonly Question[],
  token: string,
  effort: Effort,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { paths, pages } of questions) {
    const bare = await startBare(pages)
    const sides = [
      { name: 'bare', url: bare.url, paths: ['/'], token },
      { name: 'own', url: server.url, paths, token },
    ]
    outcomes.push(await inTurn(sides, effort))
    await bare.stop()
  }
  return outcomes
}
