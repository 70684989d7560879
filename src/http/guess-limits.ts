import { hash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DirectoryError } from '../core/error.ts'
import { fold } from '../core/text.ts'
import { tooMany } from './rate-limits.ts'

/** How often somebody's password may be guessed, and sessions may be opened. */
export interface GuessLimits {
  /** Does what a wrong guess fails, as `isWrong` tells. Throws `too_many_requests` after too many of them, without doing it. */
  guess<T>(
    whose: { readonly name: string; readonly remoteAddress: string },
    work: () => Promise<T>,
    isWrong?: (error: DirectoryError) => boolean,
  ): Promise<T>
  /** Opens a session with a name or token. Throws `too_many_requests` after too many that were opened with it, without doing it. */
  open<T>(shown: string, work: () => Promise<T>): Promise<T>
}

const WINDOW_S = 15 * 60
/** Wrong passwords for one name from one address. */
const FROM_ADDRESS_MAX = 10
/** From all addresses: somebody who guesses from everywhere shuts out whom they guess at for a while. */
const FROM_EVERYWHERE_MAX = 50
/** Sessions opened with one name or token: each is a commit, and kept for three months, also of who may only read. */
const OPENED_MAX = 100

/** Limits counted by this process. A name is known by its folded key, and kept as a hash: people type passwords into the wrong box. */
export function guessLimits(): GuessLimits {
  const limits = [
    { limiter: limiterOf('address', FROM_ADDRESS_MAX), isLocal: true },
    { limiter: limiterOf('everywhere', FROM_EVERYWHERE_MAX), isLocal: false },
  ]
  const openings = limiterOf('opened', OPENED_MAX)
  return {
    async open(shown, work) {
      const key = hash('sha256', shown, 'base64')
      await take(openings, key)
      try {
        return await work()
      } catch (error) {
        await openings.reward(key)
        throw error
      }
    },
    async guess({ name, remoteAddress }, work, isWrong = ({ code }) => code === 'unauthenticated') {
      const keys = limits.map(({ isLocal }) =>
        hash('sha256', `${isLocal ? remoteAddress : ''}\n${fold(name)}`, 'base64'),
      )
      const taken: (() => Promise<unknown>)[] = []
      const giveBack = () => Promise.all(taken.map((give) => give()))
      // Counted before it is known whether the guess is right, so that many at once are not all let through.
      for (const [index, { limiter }] of limits.entries()) {
        const key = keys[index] ?? ''
        try {
          await take(limiter, key)
        } catch (over) {
          await giveBack()
          throw over
        }
        taken.push(() => limiter.reward(key))
      }
      try {
        const result = await work()
        await giveBack()
        return result
      } catch (error) {
        if (!(error instanceof DirectoryError && isWrong(error))) await giveBack()
        throw error
      }
    },
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (over) {
    if (over instanceof RateLimiterRes) throw tooMany(Math.max(1, Math.ceil(over.msBeforeNext / 1000)))
    throw over
  }
}

function limiterOf(keyPrefix: string, points: number): RateLimiterMemory {
  return new RateLimiterMemory({ keyPrefix, points, duration: WINDOW_S })
}

/** No limits at all. */
export const NO_GUESS_LIMITS: GuessLimits = { guess: (_, work) => work(), open: (_, work) => work() }
