import { spawn, spawnSync, type ChildProcess, type SpawnSyncOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
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
  // For replicas that start a little later.
  wal_keep_size: '64MB',
}

const START_MS = 30_000

/**
 * Makes a server with a folder of its own, and starts it. With the address of another one, as its superuser, it is a replica
 * that follows that one.
 */
export async function makeCluster(settings: Settings = {}, primary?: string): Promise<Cluster> {
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'))
  if (user) chownSync(folder, user.uid, user.gid)
  try {
    const port = await freePort()
    const data = join(folder, 'data')
    const binaries = readableBinaries(folder)
    const run = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' } }
    const own = primary === undefined ? initialise(binaries, data, run) : await copyOf(primary, data, user)
    const lines = Object.entries({ ...SETTINGS, ...own.settings, ...settings, port: String(port) }).map(
      ([name, value]) => `${name} = '${value}'\n`,
    )
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
    return { url: `postgres://postgres:${own.password}@127.0.0.1:${port}/postgres`, start, stop, remove }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

// A data folder with nothing in it but the superuser and its password.
function initialise(binaries: string, data: string, run: SpawnSyncOptions): Made {
  const password = randomBytes(12).toString('hex')
  const passwordFile = `${data}.password`
  writeFileSync(passwordFile, password)
  const options = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--no-sync']
  const made = spawnSync(join(binaries, 'initdb'), [`--pgdata=${data}`, '--no-instructions', ...options], run)
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? String(made.stderr)}`)
  return { password, settings: {} }
}

// A copy of another server's data folder, taken while it works, that goes on from there. What is written meanwhile is asked of
// the other server, which keeps it for a while.
async function copyOf(primary: string, data: string, user: { uid: number; gid: number } | undefined): Promise<Made> {
  const client = new pg.Client(primary)
  await client.connect()
  try {
    await client.query("SELECT pg_backup_start('replica', true)")
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    const source = rows[0]?.data_directory ?? ''
    const isLeftOut = (path: string) =>
      /^(pg_wal\/.+|postmaster\.(pid|opts)|pg_replslot\/.+)$/.test(relative(source, path))
    cpSync(source, data, { recursive: true, filter: (path) => !isLeftOut(path) })
    const stopped = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)')
    writeFileSync(join(data, 'backup_label'), stopped.rows[0]?.labelfile ?? '')
    writeFileSync(join(data, 'standby.signal'), '')
  } finally {
    await client.end()
  }
  for (const path of ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })]) {
    if (user) chownSync(join(data, path), user.uid, user.gid)
  }
  chmodSync(data, 0o700)
  const { hostname, port, username, password } = new URL(primary)
  const conninfo = `host=${hostname} port=${port} user=${username} password=${password}`
  return { password, settings: { primary_conninfo: conninfo } }
}

interface Made {
  readonly password: string
  readonly settings: Settings
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
