import { load, type Load } from './load.ts'

/** A server, and what it is asked for in turn. */
export interface Side {
  readonly name: string
  readonly url: string
  readonly paths: readonly string[]
  readonly token: string
}

/** How long and how often every side is asked. */
export interface Effort {
  readonly seconds: number
  readonly rounds: number
}

/** What the sides of one question reached, as medians of the rounds. */
export interface Outcome {
  perSecond(side: string): number
  /** The share of one side in what another reached, taken round by round. */
  share(side: string, of: string): number
  latency(side: string): { readonly p50Ms: number; readonly p99Ms: number }
}

/**
 * How long each side is asked before it counts, the first time and later: a server runs for months, its compiler is busy for the first
 * seconds, and on PostgreSQL, where a second has fewer requests, for ten.
 */
const FIRST_WARMING_S = 10
const WARMING_S = 3
const warm = new Set<string>()

/** Asks the sides one after another, round by round: what else the machine does meets all of them. */
export async function inTurn(sides: readonly Side[], { seconds, rounds }: Effort): Promise<Outcome> {
  const loads = new Map(sides.map(({ name }) => [name, [] as Load[]]))
  for (const { url, paths, token } of sides) {
    await load(url, paths, token, warm.has(url) ? WARMING_S : FIRST_WARMING_S)
    warm.add(url)
  }
  for (let round = 0; round < rounds; round++) {
    for (const { name, url, paths, token } of sides) {
      const one = await load(url, paths, token, seconds)
      if (one.refused > 0) throw new Error(`${name}: ${one.refused} answers were no success.`)
      loads.get(name)?.push(one)
    }
  }
  const of = (side: string) => loads.get(side) ?? []
  return {
    perSecond: (side) => median(of(side).map(({ perSecond }) => perSecond)),
    share: (side, other) =>
      median(of(side).map(({ perSecond }, round) => perSecond / (of(other)[round]?.perSecond ?? NaN))),
    latency: (side) => ({
      p50Ms: median(of(side).map(({ p50Ms }) => p50Ms)),
      p99Ms: median(of(side).map(({ p99Ms }) => p99Ms)),
    }),
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN
}

/** Requests per second as they stand in a table. */
export function figure(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en')
}

/** A share as it stands in a table; a dash where the other side came to no answer at all. */
export function ratio(share: number): string {
  if (!Number.isFinite(share)) return '–'
  return share < 10 ? share.toFixed(2) : share.toFixed(0)
}
