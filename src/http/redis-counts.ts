import { once } from 'node:events'
import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { LimitOptions, SharedCounts } from './shared-counts.ts'

const CONNECT_TIMEOUT_MS = 1000
/** After which a connection that says nothing is made anew. */
const SILENCE_TIMEOUT_MS = 5000
const RECONNECT_MAX_MS = 500

/** Counts in a Redis or Valkey server, and the connection to it. */
export interface RedisCounts extends SharedCounts {
  close(): void
}

/** Counts in the Redis at a URL. It is asked at once or not at all: nothing waits for a connection to come back. How long an answer may take is for whoever asks to say. */
export function openRedisCounts(url: string): RedisCounts {
  const redis = new Redis(url, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    // Requests of one turn of the event loop go out together.
    enableAutoPipelining: true,
    retryStrategy: (times) => Math.min(times * 50, RECONNECT_MAX_MS),
  })
  // Whoever asks meanwhile is told.
  redis.on('error', () => undefined)
  return {
    place: 'redis',
    limiter: (options) =>
      new RateLimiterRedis({ ...options, ...blocking(options), storeClient: redis, rejectIfRedisNotReady: true }),
    async check() {
      if (redis.status !== 'ready') await once(redis, 'ready')
      await redis.ping()
    },
    close: () => redis.disconnect(),
  }
}

// Who is over a limit stays so until its window ends: one who does not stop costs Redis nothing.
function blocking(options: LimitOptions): { readonly inMemoryBlockOnConsumed?: number } {
  const { points, blockDuration, isGivenBack } = options
  return blockDuration === undefined && isGivenBack !== true ? { inMemoryBlockOnConsumed: points + 1 } : {}
}
