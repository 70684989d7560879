import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A server in a process of its own. */
export interface Running {
  readonly url: string
  readonly startMs: number
  readonly processId: number
  /** Resident memory now and at its highest, in MiB. */
  memory(): { readonly nowMiB: number; readonly highestMiB: number }
  stop(): Promise<void>
}

/** Starts a server and waits for the line that says where it listens. */
export async function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (http:\S+)/.exec(line)?.[1]
    if (url !== undefined) return running(child, url, performance.now() - began)
  }
  throw new Error(`It ended before it listened: ${args.join(' ')}`)
}

function running(child: ChildProcess, url: string, startMs: number): Running {
  const mebibytes = (name: string) => {
    const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
    return Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024)
  }
  return {
    url,
    startMs,
    processId: child.pid ?? 0,
    memory: () => ({ nowMiB: mebibytes('VmRSS'), highestMiB: mebibytes('VmHWM') }),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
