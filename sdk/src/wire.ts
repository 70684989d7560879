/** RFC 3339 in UTC with milliseconds. */
export type Instant = string
/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** What kind of user it is. */
export type UserType = 'admin' | 'user' | 'client'
/** What a user may do now; `deleted` users are in no list that does not ask for them. */
export type Status = 'active' | 'onboarding' | 'inactive' | 'suspended' | 'risky' | 'locked' | 'deleted'
/** What a token lets its bearer do. */
export type Permission =
  | 'users:read'
  | 'users:read-metadata'
  | 'users:write'
  | 'customers:read'
  | 'customers:write'
  | 'tokens:write'
  | 'audit:read'
  | 'admin'

/** A customer and all below it, or everything. */
export type Scope = number | 'all'

/** A user as `/v1` writes it: every field, null where it is absent. */
export interface User {
  readonly id: string
  readonly number: number
  readonly customerId: number
  readonly identifier: string
  readonly givenName: string | null
  readonly familyName: string | null
  readonly fullName: string
  readonly displayName: string | null
  readonly email: string | null
  readonly phones: readonly string[]
  readonly language: string | null
  readonly country: string | null
  readonly timeZone: string | null
  readonly description: string | null
  readonly userType: UserType
  readonly role: string | null
  readonly permissions: readonly string[]
  readonly group: string | null
  readonly status: Status
  readonly statusReason: string | null
  readonly message: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly deviceId: string | null
  readonly adminDevices: number | null
  readonly validFrom: Instant | null
  readonly expiresAt: Instant | null
  readonly lastLoginAt: Instant | null
  readonly picture: { readonly id: string; readonly name: string } | null
  readonly primaryIdentity: string | null
  readonly externalId: string | null
  readonly attributes: Readonly<Record<string, Json>>
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly revision: number
  /** Only for callers with `users:read-metadata`. */
  readonly createdBy?: string | null
  /** Only for callers with `users:read-metadata`. */
  readonly updatedBy?: string | null
}

/** What a writer may say of a user; null empties a field, an absent member leaves it. */
export type UserDraft = { readonly [F in keyof User]?: User[F] | null } & { readonly password?: string | null }

/** How a list is asked for; see docs/dialects/rollcall.md. */
export interface ListQuery {
  readonly filter?: string
  readonly search?: string
  readonly customerId?: number
  readonly includeSubsidiaries?: boolean
  readonly includeDeleted?: boolean
  /** `familyName`, `familyName:desc` */
  readonly sort?: readonly string[]
  readonly fields?: readonly string[]
  /** Any field by itself, `*` being any run of characters. */
  readonly [field: string]: unknown
}

/** A list, and which page of it: by cursor or by offset. */
export interface PageQuery extends ListQuery {
  readonly limit?: number
  readonly offset?: number
  readonly cursor?: string
  readonly count?: 'exact' | 'none'
}

/** A page of users, read at one revision of the directory. */
export interface UserPage<U = User> {
  readonly users: readonly U[]
  readonly page: {
    readonly limit: number
    readonly hasMore: boolean
    readonly next?: string
    readonly previous?: string
  }
  /** Exact; absent with `count: 'none'`. */
  readonly total?: number
  readonly revision: number
}

/** What a page shows of its users: the members that `fields` names, all of them without it. */
export type Shown<Q> = Q extends { readonly fields: readonly (infer F)[] } ? Pick<User, F & keyof User> : User

/** How a file of users is asked for: a list without its pages. */
export interface ExportQuery extends ListQuery {
  readonly format: 'csv' | 'jsonl'
  /** What becomes of CSV cells that a spreadsheet may take for a formula: an apostrophe in front (default), or nothing. */
  readonly formulas?: 'quote' | 'keep'
}

/** A user as a commit left it: when, by whom, and which members changed. */
export interface UserVersion {
  readonly revision: number
  readonly at: Instant
  readonly by: string | null
  readonly changed: readonly string[]
  readonly user: User
}

/** The dialects a user can be seen through, as their documents are called. */
export const DIALECTS = ['alvys', 'nameshield', 'd3lay', 'devrev', 'plaspy', 'rollcall'] as const
/** The name of a dialect. */
export type DialectName = (typeof DIALECTS)[number]
/** One user as each dialect's list shows it. */
export type Wire = Readonly<Record<DialectName, Json>>

/** One write of many; with `ifRevision` only where the user is still of that revision. */
export type BatchOperation =
  | { readonly op: 'create'; readonly user: UserDraft }
  | { readonly op: 'update' | 'replace'; readonly id: string; readonly user: UserDraft; readonly ifRevision?: number }
  | { readonly op: 'delete' | 'restore'; readonly id: string; readonly ifRevision?: number }
  | { readonly op: 'upsert'; readonly match: 'identifier' | 'email' | 'externalId'; readonly user: UserDraft }

/** What became of one operation of a batch that is not atomic. */
export type BatchResult =
  | {
      readonly status: number
      readonly outcome: 'created' | 'updated' | 'unchanged' | 'deleted' | 'restored'
      readonly user: User
    }
  | { readonly status: number; readonly outcome: 'refused'; readonly problem: Problem }

/** A customer; the counts of users only for callers who may read customers. */
export interface Customer {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly parentId: number | null
  readonly revision: number
  readonly users?: number
  readonly usersWithSubsidiaries?: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** Which customers, and which page of them. */
export interface CustomerQuery {
  /** Only this customer and all below it. */
  readonly root?: number
  /** At most 1000; 100 where it is left out. */
  readonly limit?: number
  readonly offset?: number
}

/** A page of customers, read at one revision of the directory. */
export interface CustomerList {
  readonly customers: readonly Customer[]
  readonly page: { readonly limit: number; readonly offset: number; readonly hasMore: boolean }
  readonly total: number
  readonly revision: number
}

/** A customer with those directly below it, and so on. */
export type CustomerNode = Customer & { readonly children: readonly CustomerNode[] }

/** What a token is for: a program, a right to sign in, a browser's session, the first administrator. */
export type TokenUse = 'bearer' | 'sign-in' | 'session' | 'setup'

/** A token without its secret, which is told once. */
export interface Token {
  readonly id: string
  readonly name: string
  readonly use: TokenUse
  readonly userId: string
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly createdAt: Instant
  readonly createdBy: string | null
  readonly expiresAt: Instant | null
  readonly revokedAt: Instant | null
  readonly lastUsedAt: Instant | null
}

/** One token, and a revision of the directory that it was read at. */
export type OneToken = Token & { readonly revision: number }

/** A token to be issued. */
export interface TokenDraft {
  readonly name: string
  readonly userId: string
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly expiresAt?: Instant | null
}

/** Who asks, by which token, and how much they have asked. */
export interface Me {
  readonly user: User
  readonly token: Token
  readonly usage: { readonly total: number; readonly today: number }
  readonly revision: number
}

/** A browser in which one is signed in. */
export interface Session {
  readonly id: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly lastUsedAt: Instant | null
  readonly isCurrent: boolean
  readonly userAgent: string | null
}

/** The sessions of the caller's user that go on. */
export interface SessionList {
  readonly sessions: readonly Session[]
  readonly revision: number
}

/** What a user who signs in with a password may. */
export interface SignIn {
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly hasPassword: boolean
  readonly lastUsedAt: Instant | null
  readonly revision: number
}

/** An address of the users page with a name; others see it where it is shared. */
export interface SavedView {
  readonly id: string
  readonly name: string
  /** The search part of an address of the users page. */
  readonly query: string
  readonly isShared: boolean
  readonly userId: string
  readonly isOwn: boolean
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly revision: number
}

/** Saved views, oldest first. */
export interface SavedViewList {
  readonly views: readonly SavedView[]
  readonly revision: number
}

/** What a file of users is written in. */
export type ImportFormat = 'csv' | 'jsonl'

/** What the columns of a file are taken for, and what else they may be. */
export interface ImportDetection {
  readonly source: string
  readonly title: string
  readonly columns: readonly { readonly column: string; readonly field: string | null }[]
  readonly fields: readonly string[]
  readonly sources: readonly { readonly name: string; readonly title: string }[]
}

/** Rows of a file, and how they are to be read; `dryRun` writes nothing. */
export interface ImportBatch {
  readonly format: ImportFormat
  readonly source: string
  readonly columns?: readonly string[]
  readonly mapping?: Readonly<Record<string, string | null>>
  readonly match: 'identifier' | 'email' | 'externalId' | null
  /** The customer of rows that name none; the caller's own without it. */
  readonly customerId?: number
  readonly dryRun: boolean
  readonly rows: readonly {
    readonly line: number
    readonly values: readonly string[] | Readonly<Record<string, Json>>
  }[]
}

/** What became of one row, by the line it begins on. */
export interface ImportResult {
  readonly line: number
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'refused'
  readonly id?: string
  readonly reason?: string
  readonly column?: string
}

/** How much of a list, and from where. */
export interface RowPageQuery {
  /** At most 1000; 50 where it is left out. */
  readonly limit?: number
  /** `page.next` of the page before. */
  readonly cursor?: string
}

/** Where a page of rows is: `next` leads to the one after it. */
export interface RowPage {
  readonly limit: number
  readonly next?: string
  readonly hasMore: boolean
}

/** Which tokens; those of programs where nothing else is said. */
export interface TokenQuery extends RowPageQuery {
  readonly userId?: string
  readonly use?: TokenUse | 'all'
}

/** A page of tokens. */
export interface TokenList {
  readonly tokens: readonly Token[]
  readonly page: RowPage
  readonly revision: number
}

/** A page of a user's versions, the newest first. */
export interface UserHistory {
  readonly versions: readonly UserVersion[]
  readonly page: RowPage
  readonly revision: number
}

/** What was asked per day and token, and the rate limits there are. */
export interface Activity {
  /** UTC days, `2026-11-22`. */
  readonly days: readonly string[]
  readonly tokens: readonly {
    /** Null for the browser sessions of a user, which are together. */
    readonly id: string | null
    readonly name: string
    readonly use: TokenUse
    readonly userId: string
    /** How many sessions are together; null for one token. */
    readonly sessions: number | null
    readonly requests: readonly number[]
    readonly limited: readonly number[]
  }[]
  readonly policies: readonly {
    readonly dialect: string
    readonly name: string
    readonly requests: number
    readonly windowS: number
    readonly per: string
  }[]
  readonly revision: number
}

/** One setting of the server, with what it comes from. */
export interface Setting {
  readonly name: string
  readonly value: Json
  readonly origin: 'flag' | 'environment' | 'file' | 'default'
  readonly description: string
}

/** What the server is, and what it was started with. */
export interface SettingList {
  readonly version: string
  readonly engine: 'sqlite' | 'postgres'
  readonly settings: readonly Setting[]
}

/** RFC 9457, with what Rollcall adds. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance?: string
  readonly parameter?: string
  readonly header?: string
  /** JSON Pointer into the body. */
  readonly pointer?: string
  readonly position?: number
  readonly value?: Json
  readonly allowed?: Json
  readonly permission?: Permission
}
