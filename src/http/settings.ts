/** What an operator may choose of the server. Sizes in bytes, times in the unit their name ends in. */
export interface ServerSettings {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** What precedes paths in links, `https://directory.example.com`; null takes it from each request's Host header. */
  readonly publicUrl: string | null
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed. */
  readonly trustedProxies: readonly string[]
  /** Longest request body, for routes that do not say otherwise themselves. */
  readonly bodyBytesMax: number
  /** Longest request target: path and query. */
  readonly urlLengthMax: number
  /** Longest request head: target and headers together. Node refuses what is over it before anything here runs. */
  readonly headBytesMax: number
  /** Most parameters in one query. */
  readonly queryParametersMax: number
  readonly rateLimits: RateLimitSettings
  /** Memory for whole answers that can be served again; 0 keeps none. */
  readonly answerCacheBytes: number
  /** Requests worked on at once; one more is refused with 503. */
  readonly inFlightMax: number
  readonly timeouts: TimeoutSettings
  /** How long a signed token works. */
  readonly tokenLifetimeS: number
  /** Whether every answer says how long each stage took; otherwise only those to requests with `X-Server-Timing: 1`. */
  readonly serverTiming: boolean
}

export interface RateLimitSettings {
  /** `default`: one policy per token. `vendor`: for dialects that have published limits, those. */
  readonly profile: 'default' | 'vendor'
  /** The one policy's quota; 0 sets no limit. */
  readonly requestsPerMinute: number
  /** Wrong credentials taken from one remote address; 0 sets no limit. Tokens that work are never refused for it. */
  readonly failuresPerMinute: number
}

export interface TimeoutSettings {
  /** For a request's head to arrive. */
  readonly headMs: number
  /** For the whole request to arrive. */
  readonly requestMs: number
  /** Between two requests on one connection. */
  readonly keepAliveMs: number
  /** For a connection on which nothing moves, such as a client that stopped reading a stream. */
  readonly idleMs: number
  /**
   * Between `/readyz` turning 503 and the end of connections that wait for a next request. Halfway the server stops to
   * listen.
   */
  readonly drainNoticeMs: number
  /** For requests in flight to finish on close; what takes longer is cut and logged. */
  readonly drainMs: number
  /** For the place where nodes count together to answer; then a node counts by itself. */
  readonly countMs: number
}

export const DEFAULT_SERVER_SETTINGS: ServerSettings = {
  host: '127.0.0.1',
  port: 8080,
  publicUrl: null,
  trustedProxies: [],
  bodyBytesMax: 1024 * 1024,
  urlLengthMax: 16 * 1024,
  headBytesMax: 32 * 1024,
  queryParametersMax: 256,
  rateLimits: { profile: 'default', requestsPerMinute: 6000, failuresPerMinute: 600 },
  answerCacheBytes: 32 * 1024 * 1024,
  inFlightMax: 1000,
  timeouts: {
    headMs: 10_000,
    requestMs: 60_000,
    keepAliveMs: 30_000,
    idleMs: 120_000,
    drainNoticeMs: 200,
    drainMs: 10_000,
    countMs: 500,
  },
  tokenLifetimeS: 3600,
  serverTiming: false,
}
