import { DirectoryError, forbidden } from './error.ts'
import { METADATA_FIELDS, splitField, type Field } from './field.ts'
import { EVERYONE, type Filter } from './filter.ts'
import type { Instant } from './user.ts'

/** What a token may be allowed. `admin` includes all the others. */
export const PERMISSIONS = [
  'users:read',
  /** createdBy and updatedBy with the names of these people, and filters and sorts by them. */
  'users:read-metadata',
  'users:write',
  'customers:read',
  'customers:write',
  'tokens:write',
  'audit:read',
  'admin',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** The part of the forest a caller may see: one customer and all below it, or everything. */
export type Scope = number | 'all'

/** Who asks: a token, the user it belongs to, and what it may see and do. */
export interface Principal {
  readonly tokenId: string
  /** The token a session was made from; absent where no session asks. */
  readonly parentId?: string
  /** The token's user; null for the operator on the command line. */
  readonly userId: string | null
  /** The customer of the token's user: "the caller's customer". */
  readonly customerId: number
  readonly permissions: ReadonlySet<Permission>
  readonly scope: Scope
  /** When the token or its user ends, whichever is sooner; whoever remembers a principal checks it at every use. */
  readonly expiresAt: Instant | null
}

export function may(principal: Principal, permission: Permission): boolean {
  return principal.permissions.has(permission) || principal.permissions.has('admin')
}

/** Throws `forbidden` unless the caller has the permission; `what` begins the sentence. */
export function assertMay(principal: Principal, permission: Permission, what: string): void {
  if (!may(principal, permission)) throw forbidden(permission, what)
}

/** The users a caller may see. Every query is narrowed by this before it is asked. */
export function sees(principal: Principal): Filter {
  return principal.scope === 'all' ? EVERYONE : { kind: 'subtree', customerId: principal.scope }
}

/** Whether the caller may read a field, and so filter and sort by it. */
export function reads(principal: Principal, field: Field): boolean {
  return !METADATA_FIELDS.includes(splitField(field).name) || may(principal, 'users:read-metadata')
}

/**
 * What two callers must have in common to be given the same bytes: scope and readable fields. It stands in cache keys
 * and cursors, never in an answer.
 */
export function viewKey(principal: Principal): string {
  return `${principal.scope}/${may(principal, 'users:read-metadata') ? 'm' : 'o'}`
}

/** The permissions and scope a caller hands on may not exceed its own. */
export function assertGrants(principal: Principal, permissions: readonly Permission[]): void {
  const missing = permissions.find((permission) => !may(principal, permission))
  if (missing !== undefined) {
    throw new DirectoryError('forbidden', `A token with ${missing} can be issued only by a caller who has it.`, {
      reason: 'permission',
      permission: missing,
    })
  }
}

/** The operator on the command line, who holds the data folder: everything is allowed, and nobody is named as author. */
export function operator(customerId: number): Principal {
  return { tokenId: '', userId: null, customerId, permissions: new Set(['admin']), scope: 'all', expiresAt: null }
}
