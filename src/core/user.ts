/** RFC 3339 in UTC with milliseconds, `2023-01-01T00:00:00.000Z`: text order is time order. */
export type Instant = string

/** A JSON value as a custom attribute may hold it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

export const USER_TYPES = ['admin', 'user', 'client'] as const
export type UserType = (typeof USER_TYPES)[number]

export const STATUSES = ['active', 'onboarding', 'inactive', 'suspended', 'risky', 'locked', 'deleted'] as const
export type Status = (typeof STATUSES)[number]

/** Statuses in which a user may still act; tokens of users in any other status do not work. */
export const WORKING_STATUSES: readonly Status[] = ['active', 'onboarding', 'risky']

/** A picture kept elsewhere; Rollcall knows only what a list shows of it. */
export interface Picture {
  readonly id: string
  readonly displayId: string | null
  readonly name: string
  readonly mediaType: string
  readonly sizeBytes: number
}

/** One person or machine of the directory: the superset of what every dialect can say. */
export interface User {
  /** UUID in lower case; version 7 unless it came with an import. */
  readonly id: string
  /** Strictly growing in creation order, never reused; the core's creation order is the order of numbers. */
  readonly number: number
  readonly customerId: number
  /** What the user signs in with. Unique among live users on its folded key. */
  readonly identifier: string
  readonly givenName: string | null
  readonly familyName: string | null
  /** As given, else given and family name, else display name, else identifier. Never empty. */
  readonly fullName: string
  readonly displayName: string | null
  /** Unique among live users on its folded key. */
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
  readonly picture: Picture | null
  /** The id of the user who is this one's primary identity. */
  readonly primaryIdentity: string | null
  readonly externalId: string | null
  readonly attributes: Readonly<Record<string, Json>>
  readonly createdAt: Instant
  readonly createdBy: string | null
  readonly updatedAt: Instant
  readonly updatedBy: string | null
  /** The revision of the commit that wrote this version. */
  readonly revision: number
}

/** A user as a commit brings it; the store adds the revision, and the number unless one is given. */
export type NewUser = Omit<User, 'number' | 'revision'> & { readonly number?: number }

/** What a writer may say of a user. An absent member leaves the field as it is (or at its default). */
export type UserDraft = {
  readonly [F in keyof User as F extends 'number' | 'revision' ? never : F]?: User[F] | undefined
} & { readonly number?: number | undefined }

/** Fields no writer sets: the directory does. Imports may bring them for new users, with permission `admin`. */
export const KEPT_FIELDS = ['id', 'number', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'revision'] as const
