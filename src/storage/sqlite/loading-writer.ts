import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { DirectoryError } from '../../core/error.ts'
import type { Change, Commit, Committed } from '../../core/store.ts'

/** A commit of users. */
export type UserCommit = Pick<Commit, 'at' | 'by'> & { readonly changes: readonly UserChange[] }

type UserChange = Change & { readonly kind: 'user' }

/** A commit as a thread is told it: the changes as JSON, which costs far less than to have them copied. */
export type LoadingCommit = Pick<Commit, 'at' | 'by'> & { readonly changes: string }

type Refusal = Pick<DirectoryError, 'code' | 'message' | 'reason' | 'where' | 'retryAfterS'>

/** What the thread says of it: the numbers of the users. */
export type LoadingAnswer =
  { readonly revision: number; readonly numbers: readonly number[] } | { readonly error: Refusal }

/** Writes commits of many users while this thread makes the next ones ready. */
export interface LoadingWriter {
  /** Writes a commit, after those before it. */
  write(commit: UserCommit): Promise<Committed>
  /** Waits for what is being written. */
  idle(): Promise<void>
  /** Waits for what is being written, and ends the thread. */
  close(): Promise<void>
}

/** Memory for what a thread makes of one commit; without a limit it takes several times as much. */
const YOUNG_MIB = 16

/** A writer to a file. Its thread starts with the first commit. */
export function loadingWriter(file: string): LoadingWriter {
  let worker: Worker | undefined
  const waiting: { readonly settle: (answer: LoadingAnswer) => void }[] = []
  let last: Promise<unknown> = Promise.resolve()

  const start = (): Worker => {
    const started = new Worker(THREAD, {
      workerData: { file },
      // What the process was started with is not for its threads.
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
    })
    const leave = (cause?: unknown) => {
      // A thread that failed exits as well, and another one may be at work by then.
      if (worker !== started) return
      worker = undefined
      const { message } = cause instanceof Error ? cause : new Error('The thread ended.')
      const error = new DirectoryError('unavailable', `The writing broke off: ${message}`, { retryAfterS: 1 })
      for (const one of waiting.splice(0)) one.settle({ error })
    }
    started.on('message', (answer: LoadingAnswer) => waiting.shift()?.settle(answer))
    started.on('error', leave)
    started.on('exit', () => leave())
    return started
  }
  const idle = async () => {
    await last.catch(() => undefined)
  }

  return {
    idle,
    write({ changes, at, by }) {
      const { promise, resolve, reject } = Promise.withResolvers<Committed>()
      waiting.push({
        settle(answer) {
          if ('error' in answer) reject(errorFrom(answer.error))
          else resolve(committed(changes, answer.revision, answer.numbers))
        },
      })
      worker ??= start()
      worker.postMessage({ changes: JSON.stringify(changes), at, by } satisfies LoadingCommit)
      last = promise
      return promise
    },
    async close() {
      await idle()
      if (!worker) return
      const ended = once(worker, 'exit')
      worker.postMessage('close')
      await ended
    },
  }
}

// The same file before and after the build.
const THREAD = new URL(`./loading-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

function committed(changes: readonly UserChange[], revision: number, numbers: readonly number[]): Committed {
  return { revision, results: changes.map(({ user }, at) => ({ ...user, number: numbers[at] ?? 0, revision })) }
}

function errorFrom({ code, message, reason, where, retryAfterS }: Refusal): DirectoryError {
  return new DirectoryError(code, message, { where, ...(reason && { reason }), ...(retryAfterS && { retryAfterS }) })
}
