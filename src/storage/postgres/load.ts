import { availableParallelism } from 'node:os'
import type pg from 'pg'
import { DirectoryError } from '../../core/error.ts'
import { raw } from '../sql/fragment.ts'
import { loadingWriter, type LoadingWriter } from '../sql/loading-writer.ts'
import { ask } from './connection.ts'
import { defer, LOAD_MIN } from './deferral.ts'
import { isPassing } from './errors.ts'
import { buildDeferred, LOADING, type BuildingProgress } from './index-building.ts'
import { onServer } from './server.ts'

/** A load of many users into one directory. Others may load at the same time. */
export interface Load {
  /** Is to be over before a commit of so many changes. */
  begin(changes: number): Promise<void>
  /** Writes commits of many users; null where there is but one processor. */
  readonly writer: LoadingWriter | null
  /** Builds what was left out, unless others still load; whoever is last does. */
  end(): Promise<void>
}

// The same file before and after the build.
const THREAD = new URL(`./loading-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/** The server is to notice within a minute that a process which loads has vanished with its machine, and not to end one that loads. */
const SETTINGS = [
  'tcp_keepalives_idle = 20',
  'tcp_keepalives_interval = 10',
  'tcp_keepalives_count = 4',
  'idle_session_timeout = 0',
]

/** Begins a load, once whoever builds indexes is done. Throws like `onServer`. */
export async function openLoad(url: string, progress?: BuildingProgress): Promise<Load> {
  const opened = Promise.withResolvers<pg.ClientBase>()
  const ended = Promise.withResolvers<undefined>()
  const session = onServer(url, async (client) => {
    for (const setting of SETTINGS) await ask(client, raw(`SET ${setting}`))
    await ask(client, raw(`SELECT pg_advisory_lock_shared(${LOADING})`))
    opened.resolve(client)
    await ended.promise
    // Its end would do it too, but some time after the connection is closed.
    await ask(client, raw(`SELECT pg_advisory_unlock_shared(${LOADING})`))
  })
  session.catch(opened.reject)
  const client = await opened.promise
  const writer = availableParallelism() > 1 ? loadingWriter(THREAD, url) : null
  let begun: Promise<void> | undefined
  return {
    writer,
    async begin(changes) {
      if (changes < LOAD_MIN) return
      await (begun ??= defer(client).catch(goOn))
    },
    async end() {
      await writer?.close()
      ended.resolve(undefined)
      await session.catch(goOn)
      try {
        await buildDeferred(url, progress)
      } catch (error) {
        if (!isLeftToOthers(error)) throw error
      }
    },
  }
}

// Whether the next one who looks may be luckier.
function isLeftToOthers(error: unknown): boolean {
  return error instanceof DirectoryError && (error.code === 'unavailable' || isPassing(error.cause))
}

// Indexes that may not be left out are kept; a server that is away will be noticed by the commit.
function goOn(): void {
  // Nothing depends on it but speed.
}
