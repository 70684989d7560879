import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { DirectoryError } from '../../core/error.ts'
import type { Commit, Committed } from '../../core/store.ts'
import { committedOf, errorOf, type LoadingAnswer, type LoadingMessage, type UserCommit } from './loading-messages.ts'

/** Fewer changes than this are written sooner than a thread is told them. */
const CHANGES_MIN = 100

/** Writes commits of many users in a thread, while this one makes the next ones ready. */
export interface LoadingWriter {
  /** Writes a commit when what it is to come `after` is over; meanwhile it is made ready. */
  write(commit: UserCommit): Promise<Committed>
  /** Waits for what is being written. */
  idle(): Promise<void>
  /** Waits for what is being written, and ends the thread. */
  close(): Promise<void>
}

/** Memory for what a thread makes of one commit; without a limit it takes several times as much. */
const YOUNG_MIB = 16

interface Waiting {
  readonly commit: UserCommit
  readonly promised: PromiseWithResolvers<Committed>
}

/** Whether a thread may write a commit: nothing is asked of it on the way, and it is worth it. */
export function isForThread(commit: Commit): commit is Commit & UserCommit {
  const { changes, receipt, isRehearsal = false } = commit
  return changes.length >= CHANGES_MIN && !receipt && !isRehearsal && changes.every(({ kind }) => kind === 'user')
}

/** A writer whose thread runs a file and is told where to write. It starts with the first commit. */
export function loadingWriter(file: URL, place: string): LoadingWriter {
  let worker: Worker | undefined
  let commits = 0
  const waiting = new Map<number, Waiting>()

  const start = (): Worker => {
    const started = new Worker(file, {
      workerData: { place },
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
      for (const { promised } of waiting.values()) promised.reject(error)
      waiting.clear()
    }
    started.on('message', ({ id, ...answer }: LoadingAnswer) => {
      const { commit, promised } = waiting.get(id) ?? {}
      waiting.delete(id)
      if (!commit || !promised) return
      if ('error' in answer) promised.reject(errorOf(answer.error))
      else promised.resolve(committedOf(commit, answer))
    })
    started.on('error', leave)
    started.on('exit', () => leave())
    return started
  }
  const idle = async () => {
    await Promise.allSettled([...waiting.values()].map(({ promised }) => promised.promise))
  }

  return {
    idle,
    write(commit) {
      const { changes, at, by, after } = commit
      const id = ++commits
      const promised = Promise.withResolvers<Committed>()
      waiting.set(id, { commit, promised })
      const to = (worker ??= start())
      const tell = (message: LoadingMessage) => to.postMessage(message)
      // What can be made ready before it may be written is.
      tell({ kind: 'commit', id, commit: { changes: JSON.stringify(changes), at, by } })
      const begin = () => tell({ kind: 'begin', id })
      const callOff = (reason: unknown) => {
        waiting.delete(id)
        tell({ kind: 'call-off', id })
        promised.reject(reason)
      }
      if (after) after.then(begin, callOff)
      else begin()
      return promised.promise
    },
    async close() {
      await idle()
      if (!worker) return
      const ended = once(worker, 'exit')
      worker.postMessage({ kind: 'close' } satisfies LoadingMessage)
      await ended
    },
  }
}
