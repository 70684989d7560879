import { DirectoryError, invalid } from './error.ts'
import { memberPath } from './member-path.ts'
import { excerpt } from './text.ts'
import { USER_RULES } from './user-rules.ts'
import { KEPT_FIELDS, type Instant, type NewUser, type User, type UserDraft } from './user.ts'

/** What a draft says, field by field, as it will be stored. Throws `invalid` for the first field that is wrong. */
export function readDraft(draft: UserDraft): UserDraft {
  const read: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(draft)) {
    if (value === undefined) continue
    if (!Object.hasOwn(USER_RULES, field)) {
      const name = excerpt(field)
      throw invalid('unknown', `A user has no field ${name}.`, {
        in: 'body',
        name: memberPath('', name),
        allowed: Object.keys(USER_RULES),
      })
    }
    read[field] = USER_RULES[field as keyof typeof USER_RULES](value, field)
  }
  return read
}

/** What a new user gets from the directory rather than from its draft. */
export interface Birth {
  readonly id: string
  readonly at: Instant
  readonly by: string | null
  readonly customerId: number
}

const DEFAULTS = {
  givenName: null,
  familyName: null,
  displayName: null,
  email: null,
  phones: [],
  language: null,
  country: null,
  timeZone: null,
  description: null,
  userType: 'user',
  role: null,
  permissions: [],
  group: null,
  status: 'active',
  statusReason: null,
  message: null,
  tags: {},
  deviceId: null,
  adminDevices: null,
  validFrom: null,
  expiresAt: null,
  lastLoginAt: null,
  picture: null,
  primaryIdentity: null,
  externalId: null,
  attributes: {},
} as const satisfies Partial<NewUser>

/** The user a draft asks for. The identifier is the e-mail where none is given; one of the two is required. */
export function userFrom(draft: UserDraft, birth: Birth): NewUser {
  const given = definedOf(readDraft(draft))
  const stated = given.identifier ?? given.email
  if (stated === undefined || stated === null) {
    throw invalid('missing', 'A user needs an identifier or an email.', { in: 'body', name: 'identifier' })
  }
  // An e-mail may be longer than an identifier.
  const identifier = USER_RULES.identifier(stated, 'identifier')
  const born = {
    id: birth.id,
    createdAt: birth.at,
    createdBy: birth.by,
    updatedBy: birth.by,
    customerId: birth.customerId,
  }
  const user = { ...DEFAULTS, ...born, ...given, identifier }
  return { ...user, updatedAt: given.updatedAt ?? user.createdAt, fullName: given.fullName ?? derivedName(user) }
}

/**
 * The user with what a draft says put over it; undefined when that changes nothing. A full name that was made from the
 * names follows them. Fields the directory keeps cannot be changed.
 */
export function changedUser(user: User, draft: UserDraft, at: Instant, by: string | null): NewUser | undefined {
  const given = definedOf(readDraft(draft))
  assertKept(user, given)
  return revised(user, { ...user, ...given }, given.fullName !== undefined, at, by)
}

/** The user as a draft alone says it, everything else at its default; undefined when that changes nothing. */
export function replacedUser(user: User, draft: UserDraft, at: Instant, by: string | null): NewUser | undefined {
  assertKept(user, readDraft(draft))
  const { number, customerId } = user
  const birth = { id: user.id, at: user.createdAt, by: user.createdBy, customerId }
  const next = userFrom({ ...draft, ...keptOf(user) }, birth)
  return revised(user, { ...next, number, revision: user.revision }, true, at, by)
}

function assertKept(user: User, given: UserDraft): void {
  for (const field of KEPT_FIELDS) {
    if (field !== 'revision' && given[field] !== undefined && given[field] !== user[field]) {
      throw invalid('value', `${field} is kept by the directory and cannot be changed.`, { in: 'body', name: field })
    }
  }
}

function keptOf(user: User): UserDraft {
  const { id, createdAt, createdBy } = user
  return { id, createdAt, createdBy }
}

function revised(user: User, next: User, named: boolean, at: Instant, by: string | null): NewUser | undefined {
  const fullName = !named && user.fullName === derivedName(user) ? derivedName(next) : next.fullName
  const after: User = { ...next, fullName, updatedAt: user.updatedAt, updatedBy: user.updatedBy }
  if (sameUser(user, after)) return undefined
  const { revision, ...kept } = after
  return { ...kept, updatedAt: at, updatedBy: by }
}

function sameUser(a: User, b: User): boolean {
  return (Object.keys(a) as (keyof User)[]).every(
    (field) => a[field] === b[field] || JSON.stringify(a[field]) === JSON.stringify(b[field]),
  )
}

function derivedName(user: Pick<User, 'givenName' | 'familyName' | 'displayName' | 'identifier'>): string {
  const names = [user.givenName, user.familyName].filter((name) => name !== null && name !== '')
  return names.length > 0 ? names.join(' ') : (user.displayName ?? '') || user.identifier
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

function definedOf(draft: UserDraft): Defined<UserDraft> {
  return draft as Defined<UserDraft>
}

/** Only the operator and administrators bring what the directory otherwise keeps, as imports do. */
export function assertKeepsOff(draft: UserDraft): void {
  const kept = KEPT_FIELDS.find((field) => field !== 'revision' && draft[field] !== undefined)
  if (kept === undefined) return
  throw new DirectoryError('forbidden', `${kept} is kept by the directory; only an administrator can bring it.`, {
    reason: 'permission',
    permission: 'admin',
    where: { in: 'body', name: kept },
  })
}
