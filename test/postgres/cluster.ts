import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { binariesFolder, serverUser } from './binaries.ts'

/** Settings of postgresql.conf. */
export type Settings = Readonly<Record<string, string>>

/** A server of its own on this machine, reached by this machine only. */
export interface Cluster {
  /** The address of its database `postgres`, as the superuser. */
  readonly url: string
  readonly start: () => Promise<void>
  /** Ends it: `fast` in order, `immediate` as a crash would. */
  readonly stop: (how: 'fast' | 'immediate') => Promise<void>
  /** Ends it and removes all there is of it. */
  readonly remove: () => Promise<void>
}

/** Nothing here need outlive the machine's next crash. */
const SETTINGS: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  log_min_messages: 'warning',
}

const START_MS = 30_000

/** Makes a server with a folder of its own, and starts it. */
export async function makeCluster(settings: Settings = {}): Promise<Cluster> {
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'))
  if (user) chownSync(folder, user.uid, user.gid)
  try {
    const port = await freePort()
    const password = randomBytes(12).toString('hex')
    const data = join(folder, 'data')
    const binaries = readableBinaries(folder)
    const run = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' } }
    const passwordFile = join(folder, 'password')
    writeFileSync(passwordFile, password)
    const options = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`, '--encoding=UTF8']
    const made = spawnSync(
      join(binaries, 'initdb'),
      [`--pgdata=${data}`, '--no-sync', '--no-instructions', ...options],
      {
        ...run,
        encoding: 'utf8',
      },
    )
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
    const all = { ...SETTINGS, port: String(port), ...settings }
    const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'\n`)
    writeFileSync(join(data, 'postgresql.conf'), lines.join(''))
    let server: ChildProcess | undefined

    const stop = async (how: 'fast' | 'immediate') => {
      const running = server
      server = undefined
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      const ended = once(running, 'exit')
      running.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await ended
    }

    const start = async () => {
      const log = openSync(join(folder, 'log'), 'a')
      server = spawn(join(binaries, 'postgres'), ['-D', data], { ...run, stdio: ['ignore', log, log] })
      const until = Date.now() + START_MS
      while (!isReady(data, server.pid)) {
        if (server.exitCode !== null || Date.now() > until) {
          throw new Error(`PostgreSQL did not start: ${readFileSync(join(folder, 'log'), 'utf8')}`)
        }
        await sleep(20)
      }
    }

    const remove = async () => {
      await stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    }

    await start()
    return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, start, stop, remove }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

// The server says in the last line of its own file how far it is.
function isReady(data: string, processId: number | undefined): boolean {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return lines[0] === String(processId) && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

// The folder of the binaries, or a copy where the server's user may not read them.
function readableBinaries(folder: string): string {
  const binaries = binariesFolder()
  const user = serverUser()
  const isReadable = spawnSync(join(binaries, 'postgres'), ['--version'], { ...user, cwd: folder }).status === 0
  if (isReadable) return binaries
  const copy = join(folder, 'native')
  mkdirSync(copy)
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')
  return port
}
