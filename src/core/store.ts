import type { Customer, CustomerTree } from './customer.ts'
import type { DocumentPage, Query, UserPage } from './query.ts'
import type { SavedView } from './saved-view.ts'
import type { Token, TokenHash, TokenUse } from './token.ts'
import type { Instant, NewUser, User } from './user.ts'

/** One thing a commit does. What it says of the state before is checked; when it does not hold, nothing is written. */
export type Change =
  /** Writes a new user, or a new version of one whose current revision is `expected`. */
  | {
      readonly kind: 'user'
      readonly user: NewUser
      readonly expected: number | null
      /** The hash of a new password; null forgets the old one, absent leaves it. Kept apart: no query and no version has it. */
      readonly passwordHash?: string | null
    }
  /** Writes a new customer (without an id the next free one), or a new version of one. */
  | {
      readonly kind: 'customer'
      readonly customer: Omit<Customer, 'id' | 'revision'> & { readonly id?: number }
      readonly expected: number | null
    }
  /** Removes a customer that has no users, live or deleted, and no customers below it. */
  | { readonly kind: 'remove-customer'; readonly id: number; readonly expected: number }
  /** A user has at most one `sign-in` token that is not revoked. */
  | { readonly kind: 'issue-token'; readonly token: Omit<Token, 'lastUsedAt'>; readonly hash: TokenHash }
  /** With `once`, a token that is revoked already is a `conflict` with reason `changed`; otherwise it keeps its first moment. */
  | { readonly kind: 'revoke-token'; readonly id: string; readonly at: Instant; readonly once?: boolean }
  /** Revokes the sessions of a user there are, before the commit: those made from one token, or all but one. */
  | {
      readonly kind: 'end-sessions'
      readonly userId: string
      readonly at: Instant
      readonly parentId?: string
      readonly exceptId?: string
    }
  /** Removes the sessions of a user that ended before this moment, as they were before the commit. */
  | { readonly kind: 'forget-sessions'; readonly userId: string; readonly before: Instant }
  /**
   * Writes a new saved view, or a new version of one whose current revision is `expected`. `conflict` where that makes
   * more of one user's, or more shared ones, than there may be.
   */
  | { readonly kind: 'saved-view'; readonly view: Omit<SavedView, 'revision'>; readonly expected: number | null }
  | { readonly kind: 'remove-saved-view'; readonly id: string; readonly expected: number }

/** What a commit gave, change by change: the version written, or null where there is none. */
export interface Committed {
  readonly revision: number
  readonly results: readonly (User | Customer | null)[]
}

/** What is kept of a write that came with an idempotency key, so that a second try gets the first one's answer. */
export interface Receipt {
  /** Caller, method and path, hashed. */
  readonly scope: string
  readonly key: string
  /** SHA-256 of the payload. */
  readonly fingerprint: string
  readonly answer: string
}

/** A write: all of its changes or none, and the next revision of the directory. */
export interface Commit {
  readonly changes: readonly Change[]
  readonly at: Instant
  /** The user who writes; null for the operator on the command line. */
  readonly by: string | null
  /** Everything is checked and given as for a commit, and nothing is kept. */
  readonly isRehearsal?: boolean
  /**
   * What is to be over before this is written; what can be made ready meanwhile is. Where it fails nothing is written, and the
   * commit fails with it.
   */
  readonly after?: Promise<unknown>
  /** Kept in the same transaction as the changes. `answer` is made from what they gave. */
  readonly receipt?: Omit<Receipt, 'answer'> & { readonly answer: (committed: Committed) => string }
}

/** An earlier or the current version of a user. */
export interface UserVersion {
  readonly user: User
  readonly revision: number
  readonly at: Instant
  readonly by: string | null
}

/** Requests a user has made. */
export interface Usage {
  readonly total: number
  /** Since 00:00 UTC. */
  readonly today: number
}

/** What has been counted in a window of time, and what is left of the window. */
export interface WindowCount {
  readonly count: number
  readonly endsInMs: number
}

/** Requests to add to the counters. */
export interface UsageDelta {
  readonly userId: string
  readonly tokenId: string
  readonly requests: number
  /** Those among them that a rate limit refused. */
  readonly limited: number
  /** The UTC day they were made on, `2026-11-22`. */
  readonly day: string
  readonly lastUsedAt: Instant
}

/** Requests made with one token on one UTC day. */
export interface TokenUsage {
  readonly tokenId: string
  readonly day: string
  readonly requests: number
  readonly limited: number
}

/** Tokens to be read together: those of one use, of one user, or of both; every token there is where neither is said. */
export interface TokenSelection {
  readonly use?: TokenUse | undefined
  readonly userId?: string | undefined
}

/** So many tokens from a place on. */
export interface TokenStretch {
  /** The place of the one before; 0 begins with the oldest. */
  readonly after: number
  readonly limit: number
}

/** A token and its place in the order in which tokens were issued, which stays its own. */
export interface PlacedToken {
  readonly place: number
  readonly token: Token
}

/** So many versions from one on. */
export interface VersionStretch {
  /** The revision of the version after them; absent to begin with the newest. */
  readonly before?: number | undefined
  readonly limit: number
}

export type UserKey =
  | { readonly id: string }
  | { readonly number: number }
  /** Live users only; compared on folded keys. */
  | { readonly identifier: string }
  | { readonly email: string }
  | { readonly externalId: string }

/**
 * Where a directory is kept. An engine implements this and nothing else is known of it. Every method may throw
 * `unavailable`; queries are answered from one revision each.
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres'
  /**
   * The newest committed revision; 0 for a new directory. Whoever says `since` which `round` of the event loop it has been asking may
   * share a question that was sent in that round or later, also before this call.
   */
  revision(since?: number): Promise<number>
  /** The whole forest at the newest revision. */
  customers(): Promise<CustomerTree>
  users(query: Query): Promise<UserPage>
  /** Like `users`, as JSON text; `metadata` says whether createdBy and updatedBy are in it. */
  documents(query: Query, metadata: boolean): Promise<DocumentPage>
  user(key: UserKey): Promise<User | undefined>
  /** The hash of a user's password; undefined where there is none. */
  passwordHash(userId: string): Promise<string | undefined>
  /** The users that exist among these ids, deleted ones too, in any order. */
  usersById(ids: readonly string[]): Promise<readonly User[]>
  /** All versions of a user, or a stretch of them, newest first. */
  history(id: string, stretch?: VersionStretch): Promise<readonly UserVersion[]>
  /** Live and deleted users of each customer that has any. */
  userCounts(): Promise<ReadonlyMap<number, { readonly live: number; readonly deleted: number }>>

  /**
   * Writes all of the changes or none, durably. Throws `conflict` with reason `changed` where an expectation does not
   * hold, `taken` where identifier, e-mail, code, id or number is in use (`where.name` says which), `in_use`, `cycle`;
   * `invalid` for a customer that does not exist. `where.position` is the index of the change.
   */
  commit(commit: Commit): Promise<Committed>
  receipt(scope: string, key: string): Promise<Receipt | undefined>
  /** Forgets receipts of commits before this moment. */
  forgetReceipts(before: Instant): Promise<void>

  token(key: { readonly hash: TokenHash } | { readonly id: string }): Promise<Token | undefined>
  /** The tokens of a selection, oldest first. */
  tokens(which?: TokenSelection): Promise<readonly Token[]>
  /** A stretch of them, with their places. */
  tokenStretch(stretch: TokenStretch, which?: TokenSelection): Promise<readonly PlacedToken[]>
  usage(userId: string, day: string): Promise<Usage>
  /** Adds to the counters and to `lastUsedAt`; no commit, no revision. */
  addUsage(deltas: readonly UsageDelta[]): Promise<void>
  /** Requests by token from one day to another, both included, in any order. */
  tokenUsage(from: string, to: string): Promise<readonly TokenUsage[]>
  /** Forgets requests by token of days before this one. */
  forgetTokenUsage(before: string): Promise<void>

  /** The saved views of a user and all that are shared; oldest first. */
  savedViews(userId: string | null): Promise<readonly SavedView[]>
  savedView(id: string): Promise<SavedView | undefined>

  /**
   * The secret kept under a name, the same for all who open this store: what `fresh` gives where there is none yet. Of
   * several who ask first at once, all are given the one that was kept.
   */
  secret(name: string, fresh: () => Uint8Array): Promise<Uint8Array>

  /**
   * Adds to a count that all who open this store share. Its window begins with the first addition, and `restart` begins
   * another one with just this. No commit, and lost where the store crashes. Absent where one process has the store to itself.
   */
  readonly countInWindow?: (key: string, by: number, windowMs: number, restart: boolean) => Promise<WindowCount>

  /** Throws unless the store answers. */
  check(): Promise<void>
  close(): Promise<void>
}
