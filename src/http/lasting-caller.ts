import { DirectoryError } from '../core/error.ts'
import { callerOf } from './credentials.ts'
import type { Exchange } from './exchange.ts'
import type { Serving } from './serving.ts'

const LOOK_INTERVAL_MS = 1000

/**
 * For answers that take long: throws `unauthenticated` once their caller's token has been revoked, or its user may no
 * longer act. To be called again and again; looks once a second. A store that does not answer says nothing about a token.
 */
export function lastingCaller(serving: Serving, exchange: Exchange): () => Promise<void> | null {
  const { caller } = exchange
  let lookedMs = performance.now()
  const look = async (): Promise<void> => {
    try {
      const revision = await serving.store.revision()
      await callerOf(serving, exchange, { revision, nowMs: serving.now() })
    } catch (error) {
      const isRefused = error instanceof DirectoryError && error.code === 'unauthenticated'
      // What began in time may end later.
      if (isRefused && error.reason !== 'expired_token') throw error
    }
  }
  return () => {
    const nowMs = performance.now()
    if (caller === null || nowMs - lookedMs < LOOK_INTERVAL_MS) return null
    lookedMs = nowMs
    return look()
  }
}
