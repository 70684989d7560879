/**
 * Everything Rollcall logs, and all that is ever in it: no tokens, no query values, no bodies, no personal data; route
 * patterns stand for paths.
 */
export type Event =
  | { readonly event: 'listening'; readonly url: string; readonly dialects: readonly string[] }
  | RequestEvent
  /** A fault of the server's own, under the reference its answer gave. */
  | {
      readonly event: 'request-failed'
      readonly requestId: string
      readonly dialect: string
      readonly operation: string
      readonly code: string
      readonly stack: string
    }
  /** What arrived on a connection was no request that could be routed. */
  | { readonly event: 'connection-refused'; readonly status: number; readonly cause: string }
  | { readonly event: 'usage-not-saved'; readonly counters: number; readonly stack: string }
  /** The server has ended without having saved these counters, or without having been told that it has. */
  | { readonly event: 'usage-lost'; readonly counters: number }
  | { readonly event: 'usage-not-forgotten'; readonly stack: string }
  | { readonly event: 'receipts-not-forgotten'; readonly stack: string }
  /** The place in which nodes share their limits does not answer: this node counts by itself until it does. */
  | { readonly event: 'rate-limits-alone'; readonly place: string; readonly stack: string }
  | { readonly event: 'rate-limits-shared'; readonly place: string }
  | { readonly event: 'stopping'; readonly inFlight: number }
  | { readonly event: 'requests-cut'; readonly inFlight: number; readonly afterMs: number }
  | { readonly event: 'stopped' }

/** One answered request. */
export interface RequestEvent {
  readonly event: 'request'
  readonly requestId: string
  readonly dialect: string
  readonly operation: string
  readonly method: string
  /** The pattern, `/user/v1/users/:id`; null where no route matched. */
  readonly route: string | null
  readonly status: number
  readonly durationMs: number
  readonly bytes: number
  /** Whether the answer was one kept from before. */
  readonly kept: boolean
  /** The id of the caller's token, null for the unknown. */
  readonly tokenId: string | null
}

/** The name under which the server answers for itself: probes, metrics, documents, and paths no dialect owns. */
export const SERVER_DIALECT = 'server'

/** Where an error came from, with its causes, for the log; without what a parser quotes of the text it stopped at. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return `${typeof error} that is no error`
  const whole = error.stack ?? `${error.name}: ${error.message}`
  const stack = error instanceof SyntaxError ? whole.replace(error.message, 'not well-formed') : whole
  return error.cause === undefined ? stack : `${stack}\nCaused by: ${stackOf(error.cause)}`
}
