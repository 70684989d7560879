import type { Directory } from '../core/directory.ts'
import type { Store } from '../core/store.ts'
import type { ServerFacts, Sessions, SignedTokens } from '../dialects/dialect.ts'
import type { AnswerCache } from './answer-cache.ts'
import type { AtOnce } from './at-once.ts'
import type { Authentication } from './authentication.ts'
import type { FlatHeaders } from './headers.ts'
import type { RunningKeys } from './idempotency.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { ServerSettings } from './settings.ts'
import type { UsageCounters } from './usage.ts'

/** What requests are served with. */
export interface Serving {
  readonly directory: Directory
  readonly store: Store
  readonly settings: ServerSettings
  readonly log: Log
  readonly now: () => number
  readonly metrics: Metrics
  readonly usage: UsageCounters
  readonly facts: ServerFacts
  readonly cache: AnswerCache
  readonly running: RunningKeys
  readonly atOnce: AtOnce
  readonly authentication: Authentication
  readonly tokens: SignedTokens
  readonly sessions: Sessions
  readonly securityHeaders: Readonly<FlatHeaders>
  /** The same for pages. */
  readonly pageHeaders: Readonly<FlatHeaders>
  /** Set once the server is told to close, which `/readyz` then says. */
  isDraining: boolean
  /** Set once it no longer listens: answers then end their connections. */
  isClosing: boolean
}
