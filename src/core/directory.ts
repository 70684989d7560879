import type { Customer, CustomerTree } from './customer.ts'
import type { Where } from './error.ts'
import type { Filter } from './filter.ts'
import type { Permission, Principal, Scope } from './principal.ts'
import type { DocumentPage, UserPage } from './query.ts'
import type { Search } from './search.ts'
import type { SavedView } from './saved-view.ts'
import type { SortKey } from './sort.ts'
import type { UserVersion } from './store.ts'
import type { Token, TokenUse } from './token.ts'
import type { Instant, User, UserDraft } from './user.ts'

/** A list as a caller asks for it, before it is narrowed to what the caller may see. */
export interface ListRequest {
  readonly filter?: Filter | undefined
  readonly search?: Search | undefined
  readonly sort?: readonly SortKey[] | undefined
  readonly page: PageRequest
  /** Whether the exact number of all matching users is wanted. */
  readonly total?: boolean
  /** Deleted users are left out unless this is set. */
  readonly includeDeleted?: boolean
}

export type PageRequest =
  | { readonly offset: number; readonly limit: number }
  /**
   * The users after or before a cursor; without one from the beginning or up to the end. Without a direction the one
   * the cursor was made for, else `after`.
   */
  | {
      readonly cursor?: string | undefined
      readonly direction?: 'after' | 'before' | undefined
      readonly limit: number
    }

/** Cursors of a page: absent where there is nothing in that direction. They hold for the same query and caller only. */
export interface Cursors {
  readonly next: string | null
  readonly previous: string | null
}

export type UserList = UserPage & { readonly cursors: Cursors }
export type DocumentList = DocumentPage & { readonly cursors: Cursors }

/** Somebody who created or changed a user, as far as the caller may know them. */
export interface Person {
  readonly id: string
  readonly number: number
  readonly givenName: string | null
  readonly familyName: string | null
  readonly fullName: string
  readonly displayName: string | null
  readonly userType: User['userType']
  /** All of the person, only where the caller may see them as a user. */
  readonly user: User | null
}

export type UserReference =
  { readonly id: string } | { readonly number: number } | { readonly identifier: string } | { readonly email: string }

/** A condition on the version that is about to change; `conflict` is thrown as `precondition_failed`. */
export interface WriteCondition {
  readonly ifRevision?: number | undefined
  /** Where the caller insists on it; in the header `If-Match` when not said. */
  readonly where?: Where | undefined
}

/**
 * A password that comes with a user: no field of it. Only its hash is kept, and nothing ever shows it. Null forgets the
 * password, absent leaves it as it is.
 */
export interface PasswordChange {
  readonly password?: string | null | undefined
}

/**
 * A write that came with an idempotency key. The first one's results are kept with its commit; a second one gets them
 * back and writes nothing, so that it renders the same answer. With another payload it is a `conflict`.
 */
export interface Idempotency {
  readonly key: string
  /** Caller, method and path. */
  readonly scope: string
  /** SHA-256 of the payload. */
  readonly fingerprint: string
}

/** How a caller reads lists where several servers have the directory, not all of them up to date. */
export interface Reading {
  /** Lists are of this revision or a later one. */
  readonly minRevision?: number | undefined
  /** The newest revision when the caller asked: a cursor of a later one is not of this directory. */
  readonly newestRevision?: number | undefined
  /** Is told the revision of every list that was read. */
  readonly shown?: ((revision: number) => void) | undefined
}

export type BatchOperation =
  | { readonly op: 'create'; readonly user: UserDraft }
  | ({ readonly op: 'update'; readonly id: string; readonly user: UserDraft } & WriteCondition)
  | ({ readonly op: 'replace'; readonly id: string; readonly user: UserDraft } & WriteCondition)
  | ({ readonly op: 'delete' | 'restore'; readonly id: string } & WriteCondition)
  /** Creates the user, or updates the live one with the same value in the field. */
  | { readonly op: 'upsert'; readonly match: MatchField; readonly user: UserDraft }

export const MATCH_FIELDS = ['identifier', 'email', 'externalId'] as const
export type MatchField = (typeof MATCH_FIELDS)[number]

export type BatchOutcome =
  | { readonly outcome: 'created' | 'updated' | 'unchanged' | 'deleted' | 'restored'; readonly user: User }
  | { readonly outcome: 'refused'; readonly error: Error }

export interface CustomerDraft {
  readonly id?: number | undefined
  readonly code?: string | undefined
  readonly name?: string | undefined
  readonly parentId?: number | null | undefined
}

/** What a user says of a saved view. */
export type SavedViewDraft = Pick<SavedView, 'name' | 'query' | 'isShared'>

/** What is to be changed of a saved view; what is absent stays as it is. */
export type SavedViewChange = { readonly [M in keyof SavedViewDraft]?: SavedViewDraft[M] | undefined }

export interface TokenDraft {
  readonly name: string
  readonly userId: string
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly expiresAt: Instant | null
}

/** What somebody shows to open a session. */
export type SignInCredentials =
  | { readonly identifier: string; readonly password: string }
  /** The secret of a bearer token. */
  | { readonly token: string }

/** A session that has just been opened. Its secret is told this once. */
export interface OpenedSession {
  readonly principal: Principal
  readonly secret: string
  readonly expiresAt: Instant
}

/** What the first administrator says. */
export interface SetUpDraft {
  /** Of the set-up link. */
  readonly secret: string
  /** A new user; where one is called so already, that one becomes an administrator. */
  readonly user: UserDraft & { readonly identifier: string }
  readonly password: string
}

/** How a user may sign in with a password. */
export interface SignIn {
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly hasPassword: boolean
  readonly lastUsedAt: Instant | null
}

/** What a user is to be allowed when signing in; without a password the one there is stays, unless more is given. */
export interface SignInDraft {
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly password?: string | undefined
}

/** What a caller shows: the secret of a token, the id a signed token names, or the secret of a session. */
export type Credential = { readonly secret: string } | { readonly tokenId: string } | { readonly session: string }

/** Tokens of one use, or all of them; of one user, where one is named. */
export interface TokenListRequest {
  readonly use: TokenUse | 'all'
  readonly userId?: string | undefined
}

/** A page of rows, from where another one ended or from the first. */
export interface RowPageRequest {
  /** At most 1000. */
  readonly limit: number
  readonly cursor?: string | undefined
}

/** A page of tokens. */
export interface TokenPage {
  readonly tokens: readonly Token[]
  /** The cursor of the next page; null on the last. */
  readonly next: string | null
}

/** A page of the versions of a user. */
export interface VersionPage {
  readonly versions: readonly HistoricVersion[]
  readonly next: string | null
}

/** A version with the one before it that the caller sees, also where that is on the next page. */
export interface HistoricVersion extends UserVersion {
  readonly before: User | undefined
}

/** Requests by token and UTC day. */
export interface Activity {
  /** `2026-11-22`, without gaps. */
  readonly days: readonly string[]
  /** The tokens with which there was a request on these days, oldest first. */
  readonly tokens: readonly TokenActivity[]
}

/** What was asked with one token, by day. */
export interface TokenActivity {
  readonly token: Token
  /** All requests, also those that were refused. */
  readonly requests: readonly number[]
  /** Those among them that a rate limit refused. */
  readonly limited: readonly number[]
}

/** The directory as one caller may see and change it. Every method throws DirectoryError, and nothing else, for refusals. */
export interface View {
  readonly principal: Principal
  revision(): Promise<number>

  users(request: ListRequest): Promise<UserList>
  /** Like `users`, as ready JSON of the core's own form. */
  documents(request: ListRequest): Promise<DocumentList>
  /**
   * All matching users in the order asked for, in batches; memory does not grow with their number. Users that stay as they
   * are come exactly once, whatever else is written meanwhile.
   */
  stream(request?: Omit<ListRequest, 'page' | 'total'>): AsyncIterable<readonly User[]>
  user(reference: UserReference, options?: { readonly includeDeleted?: boolean }): Promise<User>
  /** Versions of a user, newest first; a thousand when no page is asked for. */
  history(id: string, page?: RowPageRequest): Promise<VersionPage>
  /** The authors among these ids (createdBy, updatedBy; empty without `users:read-metadata`), by id. */
  authors(ids: Iterable<string | null>): Promise<ReadonlyMap<string, Person>>
  /** The users the caller may see among these ids, by id. */
  usersById(ids: Iterable<string | null>): Promise<ReadonlyMap<string, User>>

  createUser(draft: UserDraft, options?: PasswordChange): Promise<User>
  updateUser(id: string, draft: UserDraft, options?: WriteCondition & PasswordChange): Promise<User>
  replaceUser(id: string, draft: UserDraft, options?: WriteCondition & PasswordChange): Promise<User>
  deleteUser(id: string, condition?: WriteCondition): Promise<User>
  restoreUser(id: string, condition?: WriteCondition): Promise<User>
  /** Atomic: one commit or the first error. Otherwise each on its own, with an outcome per operation. */
  batch(operations: readonly BatchOperation[], atomic: boolean, dryRun?: boolean): Promise<readonly BatchOutcome[]>

  /** The part of the forest the caller may see. The tree knows no customer outside it. */
  customers(): Promise<CustomerTree>
  /** Live users of each visible customer, without those below it. */
  userCounts(): Promise<ReadonlyMap<number, number>>
  createCustomer(draft: CustomerDraft): Promise<Customer>
  updateCustomer(id: number, draft: CustomerDraft, condition?: WriteCondition): Promise<Customer>
  removeCustomer(id: number, condition?: WriteCondition): Promise<void>

  /** Bearer tokens, unless others are asked for. */
  tokens(request?: TokenListRequest): Promise<readonly Token[]>
  /** A page of the same, oldest first. */
  tokenPage(request: TokenListRequest, page: RowPageRequest): Promise<TokenPage>
  token(id: string): Promise<Token>
  /** The secret is in the answer this once and nowhere else. */
  issueToken(draft: TokenDraft): Promise<{ readonly token: Token; readonly secret: string }>
  revokeToken(id: string): Promise<Token>
  /** When a user was last there, as far as the caller may know; null for never. */
  lastSeen(userId: string): Promise<Instant | null>
  /** How a user signs in with a password. */
  signIn(userId: string): Promise<SignIn>
  putSignIn(userId: string, draft: SignInDraft): Promise<SignIn>
  removeSignIn(userId: string): Promise<void>
  /** Gives the caller's user another password; its other sessions end. */
  changePassword(current: string, next: string): Promise<void>
  /** The sessions of the caller's user that may and see no more than the caller. */
  sessions(): Promise<readonly Token[]>
  endSession(id: string): Promise<void>
  /** Ends the session the caller asks in. */
  endOwnSession(): Promise<void>
  /** The secret of a link that makes an administrator, once. */
  issueSetUpLink(): Promise<{ readonly secret: string; readonly expiresAt: Instant }>
  /** The caller's own saved views, and those shared by users the caller may see. */
  savedViews(): Promise<readonly SavedView[]>
  savedView(id: string): Promise<SavedView>
  createSavedView(draft: SavedViewDraft): Promise<SavedView>
  updateSavedView(id: string, change: SavedViewChange, condition?: WriteCondition): Promise<SavedView>
  removeSavedView(id: string, condition?: WriteCondition): Promise<void>
  /** Requests by token from one UTC day, `2026-11-22`, to another, both included; the last thirty when not said. */
  activity(from?: string, to?: string): Promise<Activity>

  /** The caller's own user and token. */
  me(): Promise<{ readonly user: User; readonly token: Token }>
}

/** The directory itself: it knows its store, clock and randomness, and shows itself to one caller at a time. */
export interface Directory {
  as(principal: Principal, idempotency?: Idempotency, reading?: Reading): View
  /** The caller behind a credential. Throws `unauthenticated`. */
  principal(credential: Credential): Promise<Principal>
  /** Lets somebody in who shows a password or a token. Throws `unauthenticated`. */
  openSession(credentials: SignInCredentials, userAgent?: string): Promise<OpenedSession>
  /** Whether anybody can sign in with a password. */
  isSetUp(): Promise<boolean>
  /** Makes the administrator of a set-up link. Throws `unauthenticated`. */
  setUp(draft: SetUpDraft, userAgent?: string): Promise<OpenedSession>
  revision(): Promise<number>
}
