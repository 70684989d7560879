import { equal, type Filter } from '../../core/filter.ts'
import type { SortKey } from '../../core/sort.ts'
import type { Status, User, UserType } from '../../core/user.ts'
import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { wholeSecond } from '../whole-second.ts'
import { USER_MEANINGS } from './meaning.ts'

/** What the wire calls the types of users. */
export const WIRE_TYPES = ['saas_admin', 'saas_user', 'saas_user_client'] as const
export type WireType = (typeof WIRE_TYPES)[number]

/** What the wire calls statuses, in the order of the page. */
export const WIRE_STATUSES = ['active', 'onboarding', 'inactive', 'suspended', 'risky'] as const
export type WireStatus = (typeof WIRE_STATUSES)[number]

const TYPE_ON_WIRE = {
  admin: 'saas_admin',
  user: 'saas_user',
  client: 'saas_user_client',
} as const satisfies Record<UserType, WireType>

// The vendor knows no lock: a locked user may not act, as a suspended one. Deleted users are in no answer; they have a
// word only so that every user has one.
const STATUS_ON_WIRE = {
  active: 'active',
  onboarding: 'onboarding',
  inactive: 'inactive',
  suspended: 'suspended',
  risky: 'risky',
  locked: 'suspended',
  deleted: 'inactive',
} as const satisfies Record<Status, WireStatus>

/** A user on the wire, members in the order of the page. */
export interface WireUser {
  readonly id: string
  readonly identifier: string
  readonly name: string
  /** Empty where the directory knows none: the page requires a text. */
  readonly email: string
  readonly user_type: WireType
  readonly status: WireStatus
  readonly created_at: string
  readonly updated_at: string
  readonly created_by?: string
  readonly updated_by?: string
}

/** A user as this dialect writes it, with its authors where the caller may see them and they are known. Pure. */
export function renderUser(user: User, metadata: boolean): WireUser {
  return {
    id: user.id,
    identifier: user.identifier,
    name: user.fullName,
    email: user.email ?? '',
    user_type: TYPE_ON_WIRE[user.userType],
    status: STATUS_ON_WIRE[user.status],
    created_at: wholeSecond(user.createdAt),
    updated_at: wholeSecond(user.updatedAt),
    ...(metadata && user.createdBy !== null ? { created_by: user.createdBy } : {}),
    ...(metadata && user.updatedBy !== null ? { updated_by: user.updatedBy } : {}),
  }
}

/** The core's type of a type on the wire. */
export function parseType(wire: WireType): UserType {
  return wire === 'saas_admin' ? 'admin' : wire === 'saas_user' ? 'user' : 'client'
}

/** The users that are rendered with a type. */
export function typeFilter(wire: WireType): Filter {
  return equal('userType', parseType(wire))
}

/** The live users that are rendered with a status. */
export function statusFilter(wire: WireStatus): Filter {
  return wire === 'suspended' ? { kind: 'in', field: 'status', values: ['suspended', 'locked'] } : equal('status', wire)
}

// The words of the wire from A to Z, as the core's words they stand for.
const TYPE_RANKS: readonly (readonly UserType[])[] = [['admin'], ['user'], ['client']]
const STATUS_RANKS: readonly (readonly Status[])[] = [
  ['active'],
  ['inactive'],
  ['onboarding'],
  ['risky'],
  ['suspended', 'locked'],
]

/** The members of a user, all of them sortable, and what each sorts by. */
export const SORT_KEYS = {
  id: { field: 'id' },
  identifier: { field: 'identifier' },
  name: { field: 'fullName' },
  email: { field: 'email' },
  user_type: { field: 'userType', ranks: TYPE_RANKS },
  status: { field: 'status', ranks: STATUS_RANKS },
  created_at: { field: 'createdAt' },
  updated_at: { field: 'updatedAt' },
  created_by: { field: 'createdBy' },
  updated_by: { field: 'updatedBy' },
} as const satisfies Record<keyof WireUser, Omit<SortKey, 'descending'>>

export type SortName = keyof typeof SORT_KEYS

const text: Schema = { type: 'string' }
const uuid: Schema = { type: 'string', format: 'uuid' }
const dateTime: Schema = { type: 'string', format: 'date-time' }

const PROPERTIES: Readonly<Record<keyof WireUser, Schema>> = describedSchemas(USER_MEANINGS, {
  id: uuid,
  identifier: text,
  name: text,
  email: {
    anyOf: [
      { type: 'string', format: 'email' },
      { type: 'string', const: '' },
    ],
  },
  user_type: { type: 'string', enum: WIRE_TYPES },
  status: { type: 'string', enum: WIRE_STATUSES },
  created_at: dateTime,
  updated_at: dateTime,
  created_by: uuid,
  updated_by: uuid,
})

/** The schema of `WireUser`. */
export const USER_SCHEMA: Schema = {
  type: 'object',
  properties: PROPERTIES,
  required: Object.keys(PROPERTIES).filter((name) => name !== 'created_by' && name !== 'updated_by'),
}
