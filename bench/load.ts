import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What a load found: requests per second, latency at the median and at the 99th percentile, answers other than 2xx. */
export interface Load {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly refused: number
}

const SCRIPT = `
local paths, at = {}, 0
for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], { Authorization = os.getenv("BENCH_AUTHORIZATION") })
end
`

const folder = mkdtempSync(join(tmpdir(), 'rollcall-load-'))
const script = join(folder, 'paths.lua')
writeFileSync(script, SCRIPT)

/** Asks for the paths in turn over 16 connections for some seconds, from one thread of wrk. */
export async function load(url: string, paths: readonly string[], token: string, seconds: number): Promise<Load> {
  const list = join(folder, 'paths.txt')
  writeFileSync(list, paths.join('\n'))
  const env = { ...process.env, BENCH_PATHS: list, BENCH_AUTHORIZATION: `Bearer ${token}` }
  const args = ['-t1', '-c16', `-d${seconds}s`, '--latency', '-s', script, url]
  const { stdout } = await promisify(execFile)('wrk', args, { env })
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50Ms: milliseconds(/50%\s+([\d.]+)(us|ms|s)/.exec(stdout)),
    p99Ms: milliseconds(/99%\s+([\d.]+)(us|ms|s)/.exec(stdout)),
    refused: Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0),
  }
}

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 }

function milliseconds(match: RegExpExecArray | null): number {
  return Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? NaN)
}
