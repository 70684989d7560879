import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'

const BINARY = fileURLToPath(new URL('../../bin/rollcall.js', import.meta.url))

const children = new Set<ChildProcessWithoutNullStreams>()
// A test that fails half-way would leave its programs running, and the run would wait for them.
after(() => {
  for (const child of children) child.kill('SIGKILL')
})

/** A working folder for commands, gone with the process. */
export function workingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-e2e-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface CommandOptions {
  readonly cwd: string
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: string
}

/** Starts the real program in a process of its own, with no settings but those given. */
export function start(args: readonly string[], options: CommandOptions): ChildProcessWithoutNullStreams {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('ROLLCALL_') && name !== 'NODE_OPTIONS',
  )
  const child = spawn(process.execPath, [BINARY, ...args], {
    cwd: options.cwd,
    env: { ...Object.fromEntries(inherited), ...options.environment },
  })
  children.add(child)
  child.once('close', () => children.delete(child))
  // A program that ends before it has read everything is for the test to judge.
  child.stdin.on('error', () => undefined)
  return child
}

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the real program to its end. */
export async function run(args: readonly string[], options: CommandOptions): Promise<Outcome> {
  const child = start(args, options)
  const output = gather(child)
  child.stdin.end(options.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...output() }
}

/** Collects what a process writes. */
export function gather(child: ChildProcessWithoutNullStreams): () => Omit<Outcome, 'code'> {
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return () => ({ stdout, stderr })
}

/** A running `rollcall serve`. */
export interface Served {
  readonly url: string
  /** What it said up to the line that it listens. */
  readonly stdout: string
  readonly processId: number
  /** Sends a signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Outcome>
}

const READY = /^Rollcall is listening on (http:\/\/\S+)$/m

/** Starts `rollcall serve` on a free port and waits until it listens. */
export async function serve(args: readonly string[], options: CommandOptions): Promise<Served> {
  const child = start(['serve', '--port', '0', ...args], options)
  const output = gather(child)
  const ended = once(child, 'close') as Promise<[number | null]>
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = READY.exec(output().stdout)?.[1]
      if (found !== undefined) resolve(found)
    })
    void ended.then(() => reject(new Error(`The server ended: ${output().stderr}`)))
  })
  const { pid: processId } = child
  if (processId === undefined) throw new Error('The server has no process.')
  return {
    url,
    stdout: output().stdout,
    processId,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const [code] = await ended
      return { code, ...output() }
    },
  }
}

/** The token a server tells at its first start. */
export function tokenIn(stdout: string): string {
  const token = /^ +(rc_[0-9A-Za-z]{49})$/m.exec(stdout)?.[1]
  if (token === undefined) throw new Error(`No token in: ${stdout}`)
  return token
}

/** Asks a server and gives the JSON it answers. */
export async function ask(url: string, path: string, token: string, init: RequestInit = {}) {
  const response = await fetch(url + path, {
    ...init,
    headers: {
      authorization: `Bearer ${token}`,
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  })
  const body = (await response.json()) as Readonly<Record<string, unknown>>
  return { status: response.status, body }
}
