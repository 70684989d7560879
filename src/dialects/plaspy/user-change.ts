import { DirectoryError, invalid } from '../../core/error.ts'
import { fold } from '../../core/text.ts'
import type { Instant, Json, User, UserDraft } from '../../core/user.ts'
import { excerpt } from '../parameter.ts'
import { wholeSecond } from '../whole-second.ts'
import { applyPatch, patchShape, sameJson } from './json-patch.ts'
import { memberForm, WRITABLE, type UserBody } from './user-body.ts'
import { isDisabled, renderUser } from './user.ts'

type Members = Partial<UserBody>

/** What is to be written: fields, and a password beside them. */
export interface UserChange {
  readonly draft: UserDraft
  readonly password: string | undefined
}

/** The user a `POST` asks for. */
export function createdBy(body: UserBody): UserChange {
  return changeFrom(body)
}

/**
 * What a `PUT` changes: members that are absent go back to their defaults, but for `disabled`, so that nobody is let in
 * again by a body that says nothing of it, and for the password.
 */
export function replacedBy(body: UserBody, user: User): UserChange {
  return changeFrom({ ...DEFAULTS, ...definedOf(body) }, user)
}

const DEFAULTS = {
  description: null,
  message: null,
  disabledMessage: null,
  tags: null,
  privileges: null,
  group: null,
  deviceId: null,
  adminDevices: null,
  from: null,
  expires: null,
} as const satisfies Members

function definedOf(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

/** What a `PATCH` changes of the user as it is shown. Throws `invalid` where it cannot be done. */
export function patchedBy(body: unknown, user: User): UserChange {
  try {
    const before = { ...renderUser(user) } satisfies Wire
    const after = applyPatch(before, patchShape.read(body, ''))
    return changeFrom(changedMembers(before, after), user)
  } catch (error) {
    if (!(error instanceof DirectoryError) || error.code !== 'invalid') throw error
    throw invalid(error.reason ?? 'value', `Invalid patch operation: ${error.message}`, error.where)
  }
}

type Wire = Readonly<Record<string, Json>>

function changedMembers(before: Wire, after: Json): Members {
  if (typeof after !== 'object' || after === null || Array.isArray(after)) {
    throw invalid('type', 'a user must stay an object.', { in: 'body' })
  }
  const stray = Object.keys(after).find((name) => !Object.hasOwn(before, name))
  if (stray !== undefined) {
    const name = excerpt(stray)
    throw invalid('unknown', `a user has no member ${name}.`, { in: 'body', name, allowed: WRITABLE })
  }
  const changed: Record<string, unknown> = {}
  for (const [name, old] of Object.entries(before)) {
    // A member that was removed has no value; which ones need one is the form's to say.
    const value = (after as Wire)[name] ?? null
    if (!sameJson(old, value)) changed[name] = memberForm(name).read(value, name)
  }
  return changed
}

function changeFrom(members: Members, user?: User): UserChange {
  const { name, email, country, timeZone, description, message, group, deviceId, adminDevices } = members
  const draft: UserDraft = {
    // A name that stays is not given, so that one made from given and family name goes on following them.
    fullName: name === user?.fullName ? undefined : name,
    identifier: identifierFor(email, user),
    email,
    country,
    timeZone,
    description,
    message,
    status: statusFor(members.disabled, user),
    statusReason: members.disabledMessage,
    tags: members.tags === null ? {} : members.tags,
    permissions: members.privileges === null ? [] : members.privileges,
    group,
    deviceId,
    adminDevices,
    validFrom: unlessSame(members.from, user?.validFrom),
    expiresAt: unlessSame(members.expires, user?.expiresAt),
  }
  // Null is what every answer shows, and so what comes back with it: it changes nothing.
  return { draft, password: members.password ?? undefined }
}

// Plaspy has no sign-in name of its own: one that is the e-mail address goes on being it.
function identifierFor(email: string | undefined, user: User | undefined): string | undefined {
  const isChange = user?.email != null && email !== user.email
  return isChange && fold(user.identifier) === fold(user.email) ? email : undefined
}

// Of the statuses that mean the same here a user keeps its own.
function statusFor(disabled: boolean | undefined, user: User | undefined): User['status'] | undefined {
  if (disabled === undefined || (user && disabled === isDisabled(user))) return undefined
  return disabled ? 'inactive' : 'active'
}

// What comes back as it was shown, without the fraction of its second, is no change.
function unlessSame(sent: Instant | null | undefined, kept: Instant | null | undefined): Instant | null | undefined {
  return sent != null && kept != null && wholeSecond(sent) === wholeSecond(kept) ? undefined : sent
}
