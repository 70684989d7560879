import { createHmac } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DirectoryError } from '../core/error.ts'
import { fold } from '../core/text.ts'
import { tooMany } from './rate-limits.ts'
import type { Limiter, LimitOptions } from './shared-counts.ts'

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

/**
 * Limits counted by this process, or where `limiterOf` counts. A name is known by its folded key, and kept as a MAC under `key`, which all who
 * count together have: people type passwords into the wrong box.
 */
export function guessLimits(
  key: Uint8Array,
  limiterOf: (options: LimitOptions) => Limiter = (options) => new RateLimiterMemory(options),
): GuessLimits {
  const limit = (name: string, points: number) =>
    limiterOf({ keyPrefix: `rollcall:guess:${name}`, points, duration: WINDOW_S, isGivenBack: true })
  const hidden = (text: string) => createHmac('sha256', key).update(text).digest('base64')
  const limits = [
    { limiter: limit('address', FROM_ADDRESS_MAX), isLocal: true },
    { limiter: limit('everywhere', FROM_EVERYWHERE_MAX), isLocal: false },
  ]
  const openings = limit('opened', OPENED_MAX)
  return {
    async open(shown, work) {
      const opener = hidden(shown)
      await take(openings, opener)
      try {
        return await work()
      } catch (error) {
        await openings.reward(opener)
        throw error
      }
    },
    async guess({ name, remoteAddress }, work, isWrong = ({ code }) => code === 'unauthenticated') {
      const keys = limits.map(({ isLocal }) => hidden(`${isLocal ? remoteAddress : ''}\n${fold(name)}`))
      const taken: (() => Promise<unknown>)[] = []
      const giveBack = () => Promise.all(taken.map((give) => give()))
      // Counted before it is known whether the guess is right, so that many at once are not all let through.
      for (const [index, { limiter }] of limits.entries()) {
        const guessed = keys[index] ?? ''
        try {
          await take(limiter, guessed)
        } catch (over) {
          await giveBack()
          throw over
        }
        taken.push(() => limiter.reward(guessed))
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

async function take(limiter: Limiter, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (over) {
    if (!(over instanceof RateLimiterRes)) throw over
    // Who is refused has not guessed; else who is right many times at once would be shut out by it.
    await limiter.reward(key)
    throw tooMany(Math.max(1, Math.ceil(over.msBeforeNext / 1000)))
  }
}

/** No limits at all. */
export const NO_GUESS_LIMITS: GuessLimits = { guess: (_, work) => work(), open: (_, work) => work() }
