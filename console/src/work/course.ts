import type { RollcallFault } from '@rollcall/sdk'

/** What is known of a request that failed. */
export type Failure = Pick<RollcallFault, 'message' | 'status' | 'problem' | 'retryAfterS' | 'requestId'>

/** What work that takes long is at. */
export type Standing =
  | { readonly kind: 'running' }
  /** The server asked to be left alone so long. */
  | { readonly kind: 'waiting'; readonly untilMs: number }
  /** Halted by whoever started it. */
  | { readonly kind: 'paused' }
  /** Nobody answers, or nobody is signed in any more: somebody has to say when to go on. */
  | { readonly kind: 'lost'; readonly fault: Failure }

/** Steers work that takes long: it can be halted, taken up again, and ended. */
export interface Course {
  /** Aborted when the work is to end; what was sent is still waited for, so that what was done can be told. */
  readonly signal: AbortSignal
  /** Halts before the next request. */
  readonly pause: () => void
  /** Goes on after a pause or a loss. */
  readonly resume: () => void
  readonly end: () => void
  /** At once where the work runs, else when it does again. Throws Ended. */
  readonly ready: () => Promise<void>
  /**
   * Asks until there is an answer: waits where the server says so, and for somebody to go on where nobody answers. `ask` is
   * told whether an earlier try of it may have been done all the same. Throws Ended, or the fault that is an answer.
   */
  readonly patiently: <T>(ask: (mayBeDone: boolean) => Promise<T>) => Promise<T>
}

/** The work was ended before it was done. */
export class Ended extends Error {
  override readonly name = 'Ended'
}

const UNAVAILABLE_MAX = 5
const WAIT_S = 1
const WAIT_MAX_S = 120

/** Makes a course that runs; `onChange` is told what it is at. */
export function openCourse(onChange: (standing: Standing) => void): Course {
  const ending = new AbortController()
  const { signal } = ending
  let halted: Standing | undefined
  let waiters: (() => void)[] = []
  const wake = () => {
    const woken = waiters
    waiters = []
    for (const waiter of woken) waiter()
  }
  const halt = (standing: Standing) => {
    halted = standing
    onChange(standing)
  }
  const resume = () => {
    if (halted === undefined || signal.aborted) return
    halted = undefined
    onChange({ kind: 'running' })
    wake()
  }
  const ready = async () => {
    while (halted !== undefined && !signal.aborted) await new Promise<void>((resolve) => waiters.push(resolve))
    if (signal.aborted) throw new Ended()
  }
  const wait = async (lengthS: number) => {
    const lengthMs = Math.min(Math.max(lengthS, 0), WAIT_MAX_S) * 1000
    onChange({ kind: 'waiting', untilMs: Date.now() + lengthMs })
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lengthMs)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
    if (!signal.aborted) onChange(halted ?? { kind: 'running' })
  }
  return {
    signal,
    pause: () => halt({ kind: 'paused' }),
    resume,
    end() {
      ending.abort()
      wake()
    },
    ready,
    async patiently(ask) {
      let mayBeDone = false
      for (let unavailable = 0; ;) {
        await ready()
        try {
          return await ask(mayBeDone)
        } catch (error) {
          const fault = faultIn(error)
          if (fault === undefined || !PASSING.includes(fault.status)) throw error
          mayBeDone ||= fault.status !== TOO_MANY && fault.status !== UNAUTHENTICATED
          if (fault.status === UNAVAILABLE) unavailable += 1
          const waits = fault.status === TOO_MANY || (fault.status === UNAVAILABLE && unavailable < UNAVAILABLE_MAX)
          if (waits) await wait(fault.retryAfterS ?? WAIT_S)
          else {
            unavailable = 0
            halt({ kind: 'lost', fault })
          }
        }
      }
    },
  }
}

const TOO_MANY = 429
const UNAUTHENTICATED = 401
const UNAVAILABLE = 503
/** What may be otherwise a little later: no answer, no session, too much asked, no server behind the proxy. */
const PASSING = [0, UNAUTHENTICATED, TOO_MANY, 502, UNAVAILABLE, 504]

/** The fault of the client of /v1 in an error, known by its name, so that this module runs without that client. */
export function faultIn(error: unknown): Failure | undefined {
  return error instanceof Error && error.name === 'RollcallFault' ? (error as unknown as Failure) : undefined
}
