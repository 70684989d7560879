import { Worker } from 'node:worker_threads'
import { DirectoryError } from '../../core/error.ts'
import type { DocumentPage, UserPage } from '../../core/query.ts'
import { sendable, type ListQuestion, type ThreadAnswer, type ThreadQuestion } from './thread-messages.ts'

/** What dear readings may cost. */
export interface ReadingLimits {
  /** Users the thread that answers requests may look at for one list; dearer ones are read by other threads. */
  readonly looksMax: number
  readonly threads: number
  /** How many lists may wait for a thread. */
  readonly waitingMax: number
  /** How long a list may take, waiting included. */
  readonly timeMs: number
}

export const READING_LIMITS: ReadingLimits = { looksMax: 15_000, threads: 2, waitingMax: 32, timeMs: 15_000 }

/** Threads that read lists which would keep everybody else waiting. */
export interface ReadingThreads {
  /** Throws `unavailable` where too many wait already, and where it takes too long. */
  read(question: ListQuestion): Promise<UserPage | DocumentPage>
  /** Waits for what is being read, and ends the threads. */
  close(): Promise<void>
}

/** A thread that has not ended its statement so long after its time is given up; another one takes its place. */
const GRACE_MS = 1000

interface Job {
  readonly question: ListQuestion
  readonly endMs: number
  readonly settle: (settled: UserPage | DocumentPage | DirectoryError) => void
  isSettled: boolean
}

interface Thread {
  readonly worker: Worker
  job: Job | null
}

/** Threads over a file that start when they are needed first. */
export function readingThreads(file: string, { threads: most, waitingMax, timeMs }: ReadingLimits): ReadingThreads {
  const threads = new Set<Thread>()
  const waiting: Job[] = []
  const open = new Set<Promise<unknown>>()
  let isClosed = false

  const start = (): Thread => {
    const thread: Thread = { worker: new Worker(THREAD, { workerData: { file } }), job: null }
    threads.add(thread)
    thread.worker.on('message', (answer: ThreadAnswer) => {
      const { job } = thread
      thread.job = null
      thread.worker.unref()
      job?.settle(settledBy(answer, timeMs))
      next()
    })
    thread.worker.on('error', (error) => leave(thread, error))
    thread.worker.on('exit', () => leave(thread))
    return thread
  }

  const leave = (thread: Thread, cause?: unknown) => {
    if (!threads.delete(thread)) return
    thread.job?.settle(
      new DirectoryError('unavailable', 'The reading of this list broke off.', { retryAfterS: 1, cause }),
    )
    next()
  }

  const next = () => {
    while (waiting.length > 0) {
      const thread = [...threads].find(({ job }) => job === null) ?? (threads.size < most ? start() : undefined)
      if (!thread) return
      const job = waiting.shift()
      if (!job || job.isSettled) continue
      thread.job = job
      // A process stays for what it waits for, and for nothing else.
      thread.worker.ref()
      const leftMs = Math.max(0, job.endMs - performance.now())
      thread.worker.postMessage({ question: sendable(job.question), timeMs: leftMs } satisfies ThreadQuestion)
    }
  }

  // A thread within a statement cannot be stopped. It looks at the clock itself most of the time.
  const giveUp = (job: Job) => {
    const thread = [...threads].find((one) => one.job === job)
    if (!thread) return
    leave(thread)
    thread.worker.unref()
    void thread.worker.terminate()
  }

  const read = (question: ListQuestion): Promise<UserPage | DocumentPage> => {
    if (isClosed)
      return Promise.reject(new DirectoryError('unavailable', 'The directory is closed.', { retryAfterS: 1 }))
    if (waiting.filter(({ isSettled }) => !isSettled).length >= waitingMax) {
      return Promise.reject(
        new DirectoryError('unavailable', 'Too many long queries are waiting; try again soon.', { retryAfterS: 1 }),
      )
    }
    const { promise, resolve, reject } = Promise.withResolvers<UserPage | DocumentPage>()
    const timers = [
      setTimeout(() => job.settle(tooLong(timeMs)), timeMs),
      setTimeout(() => giveUp(job), timeMs + GRACE_MS).unref(),
    ]
    const job: Job = {
      question,
      endMs: performance.now() + timeMs,
      isSettled: false,
      settle(settled) {
        clearTimeout(timers[0])
        if (![...threads].some((thread) => thread.job === job)) clearTimeout(timers[1])
        if (job.isSettled) return
        job.isSettled = true
        if (settled instanceof DirectoryError) reject(settled)
        else resolve(settled)
      },
    }
    waiting.push(job)
    next()
    return promise
  }

  return {
    read(question) {
      const reading = read(question)
      open.add(reading)
      const forget = () => void open.delete(reading)
      reading.then(forget, forget)
      return reading
    },
    async close() {
      isClosed = true
      await Promise.allSettled(open)
      // One that is still within a statement ends with it.
      await Promise.all([...threads].filter(({ job }) => !job).map(({ worker }) => worker.terminate()))
    },
  }
}

// The same file before and after the build.
const THREAD = new URL(`./reading-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

function settledBy(answer: ThreadAnswer, timeMs: number): UserPage | DocumentPage | DirectoryError {
  if ('page' in answer) return answer.page
  if ('isOver' in answer) return tooLong(timeMs)
  const { code, message, reason, retryAfterS } = answer.error
  return new DirectoryError(code, message, {
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  })
}

function tooLong(timeMs: number): DirectoryError {
  const seconds = Math.ceil(timeMs / 1000)
  return new DirectoryError('unavailable', `The query took longer than ${seconds} s; narrow it.`, {
    retryAfterS: seconds,
  })
}
