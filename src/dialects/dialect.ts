import type { Idempotency, SetUpDraft, SignInCredentials, View } from '../core/directory.ts'
import type { DirectoryError } from '../core/error.ts'
import type { Permission, Principal } from '../core/principal.ts'
import type { Usage } from '../core/store.ts'
import type { User } from '../core/user.ts'
import type { Operation, Schema } from './operation.ts'

/** One wire format: routes that parse requests into the core's questions and render the core's answers. */
export interface Dialect {
  /** Lower-case word, as in `/openapi/<name>.json`. */
  readonly name: string
  readonly title: string
  readonly routes: readonly Route[]
  /** Whether an unknown path is this dialect's to refuse. Asked in the order of the list of dialects. */
  readonly owns: (path: string) => boolean
  /** A user as this dialect's list shows it to the caller of the view. Absent where it has no users. */
  readonly showUser?: (user: User, view: View) => Promise<object>
  /** The one way this dialect says no, for every error there is. Never throws. */
  readonly renderError: (error: DirectoryError, context: ErrorContext) => Answer
  /** What `renderError` writes, whatever the error. Absent where no document is made of the dialect. */
  readonly errorSchema?: Schema
  /** Whether paths match without regard to letter case. */
  readonly caseInsensitivePaths?: boolean
  /** Whether `Authorization: <token>` is accepted without `Bearer`. */
  readonly bareTokens?: boolean
  /** The header, besides those of every dialect, that its lists vary by; each of their answers says so itself. */
  readonly vary?: string
  /** Whether every answer to a known caller tells its usage; then even a path without a route finds out who asks. */
  readonly tellsUsage?: boolean
  /** The vendor's published limits, in force with `--rate-limits vendor`. None: the default policy. */
  readonly vendorLimits: readonly RateLimit[]
  /** Limits of its own besides the default policy, for operations that cost more than others. Off where that is off. */
  readonly ownLimits?: readonly RateLimit[]
  /** Headers of its own on every answer, such as the vendor's form of the rate limit state. */
  readonly headers?: (state: RateLimitState) => Readonly<Record<string, string>>
}

/** How many requests in which time, counted per what, for which operations (all when not said). */
export interface RateLimit {
  readonly name: string
  readonly requests: number
  readonly windowS: number
  readonly per: 'token' | 'user' | 'organisation'
  readonly operations?: readonly string[]
  /** How long a caller over the limit is refused; until the window ends when not said. */
  readonly blockS?: number
}

/** The limit closest to being reached, after this request. */
export interface RateLimitState {
  readonly limit: number
  readonly remaining: number
  readonly resetS: number
  /** Unix seconds now. */
  readonly nowS: number
}

/** The methods a route may be for; what is there for GET is there for HEAD. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'QUERY'

interface RouteShape {
  readonly method: Method
  /** `/user/v1/users/:id`; a parameter may follow literal text in a segment: `/api/p/v:version/users/list`; `/*` at the end is everything below. */
  readonly path: string
  readonly operation: Operation
  /** Whether it answers with pages and files of this server that a browser shows and runs. */
  readonly isPage?: true
  /** Longest request body, for routes that take more or less than the server's setting. */
  readonly bodyBytesMax?: number
}

/** A route that needs a token; `permission` is checked before `answer` is called. */
export interface GuardedRoute extends RouteShape {
  readonly access: Permission | 'any'
  readonly answer: (call: Call) => Promise<Answer>
  /**
   * The answer depends on nothing but URL, headers in `vary`, revision and view, and with `user` on whose token asks: it may
   * be kept and served again, and has an ETag.
   */
  readonly cacheable?: boolean | 'user'
  /** Whether `Idempotency-Key` is honoured. */
  readonly idempotent?: boolean
  /** How many answers a token gets at once, where they take long; the next is refused with `too_many_requests`. */
  readonly atOnceMax?: number
}

/** A route that anyone may call. */
export interface PublicRoute extends RouteShape {
  readonly access: 'public'
  readonly answer: (call: PublicCall) => Promise<Answer>
}

/** One operation of a dialect and where it is found. */
export type Route = GuardedRoute | PublicRoute

/** A request body as it came: decoded from UTF-8, not yet parsed. */
export interface Body {
  /** The media type in lower case without parameters; null when no Content-Type was sent. */
  readonly mediaType: string | null
  readonly text: string
}

/** A request as a route of a dialect is given it; nobody has been asked who sent it. */
export interface PublicCall {
  readonly method: string
  /** The path as sent, without the query. */
  readonly path: string
  /** `https://host`, for links. */
  readonly origin: string
  readonly pathParameters: Readonly<Record<string, string>>
  /** Names and values, percent-decoded, in the order sent. */
  readonly query: readonly QueryPair[]
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly body: Body | null
  readonly requestId: string
  /** Unix milliseconds. */
  readonly nowMs: number
  /** The address the connection comes from. */
  readonly remoteAddress: string
  /** Exchanges a client's credentials for a signed token. */
  readonly tokens: SignedTokens
  /** Lets people in who use a browser. */
  readonly sessions: Sessions
}

/** One parameter of a query as sent, percent-decoded. */
export type QueryPair = readonly [name: string, value: string]

/** A request of a known caller who has the permission of the route. */
export interface Call extends PublicCall {
  readonly principal: Principal
  /** The directory as the caller may see it. */
  readonly view: View
  /** Requests of the caller's user, this one included. */
  readonly usage: () => Promise<Usage>
  /** Lets other requests have their turn; for work that is long without waiting for anything. */
  readonly turn: () => Promise<unknown>
  readonly idempotency: Idempotency | undefined
  /** What those who run the server may know of it. */
  readonly server: ServerFacts
}

/** What a server says of itself: how it was set up, and what it counts requests against. */
export interface ServerFacts {
  readonly version: string
  readonly engine: 'sqlite' | 'postgres'
  readonly settings: readonly SettingInForce[]
  readonly policies: readonly PolicyInForce[]
}

export const SETTING_ORIGINS = ['flag', 'environment', 'file', 'default'] as const

/** A setting with what it came to, as it may be shown: secrets are masked. */
export interface SettingInForce {
  readonly name: string
  readonly value: unknown
  readonly origin: (typeof SETTING_ORIGINS)[number]
  readonly description: string
}

/** A rate limit, and the dialect it is for; `all` is one for all that have none of their own. */
export type PolicyInForce = Pick<RateLimit, 'name' | 'requests' | 'windowS' | 'per'> & { readonly dialect: string }

/** Issues short-lived RS256 tokens that stand for a stored token. */
export interface SignedTokens {
  /**
   * Throws `unauthenticated` for a wrong id or secret. `scopes` gives the words of the token's `scope` claim; they are
   * the permissions themselves when not said.
   */
  readonly forClient: (
    clientId: string,
    secret: string,
    audience: string | undefined,
    scopes?: (permissions: readonly Permission[]) => readonly string[],
  ) => Promise<SignedToken>
  /** Throws `unauthenticated` unless the secret is a token of the user with this identifier or e-mail. */
  readonly forUser: (userName: string, secret: string) => Promise<SignedToken>
}

/**
 * Opens sessions that a browser keeps in a cookie. Who tries too often, by address and by whom they would be, is refused with
 * `too_many_requests`; a request that another site makes a browser send, with `forbidden`.
 */
export interface Sessions {
  /** Throws `unauthenticated` for whatever is wrong. A session the browser had before ends. */
  readonly open: (call: PublicCall, credentials: SignInCredentials) => Promise<BrowserSession>
  /** The session a browser brings; null where it brings none that is still good. */
  readonly current: (call: PublicCall) => Promise<Omit<BrowserSession, 'cookie'> | null>
  readonly isSetUp: () => Promise<boolean>
  /** Throws `unauthenticated` for a link that is wrong, used or expired. */
  readonly setUp: (call: PublicCall, draft: SetUpDraft) => Promise<BrowserSession>
  /** Throws `invalid` where `current` is wrong. */
  readonly changePassword: (call: Call, current: string, next: string) => Promise<void>
  /** The `Set-Cookie` that takes the session from the browser. */
  readonly forgetting: (call: PublicCall) => string
}

/** A session just opened: whom it belongs to, and the `Set-Cookie` that gives it to the browser. */
export interface BrowserSession {
  readonly view: View
  readonly usage: () => Promise<Usage>
  readonly cookie: string
}

/** A signed token and what its receiver is told of it. */
export interface SignedToken {
  readonly token: string
  readonly lifetimeS: number
  readonly expiresAtMs: number
  readonly permissions: readonly Permission[]
}

/** What a dialect says to a request. */
export interface Answer {
  readonly status: number
  /** Without Content-Length and the headers every answer has. */
  readonly headers?: Readonly<Record<string, string>>
  /** Pieces of bytes are sent one after another. They are given away with the answer: who has sent them may empty them. */
  readonly body: string | readonly Uint8Array[] | AsyncIterable<string> | null
  /** Whether its pieces are kept to be sent again, and so must not be emptied. */
  readonly isShared?: true
  /** The revision of the last thing it was made from, where it is known. */
  readonly revision?: number
}

/** What a dialect may say of a refused request besides the error. */
export interface ErrorContext {
  readonly requestId: string
  readonly method: string
  readonly path: string
  readonly origin: string
  /** Usage of the caller, where the caller is known. */
  readonly usage: Usage | undefined
  /** The methods of the path, for reason `method`. */
  readonly allow?: readonly string[]
}
