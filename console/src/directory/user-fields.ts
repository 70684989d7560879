import type { User } from '@rollcall/sdk'

/** How a field compares: what may be asked of it, and what it looks like in a list. */
export type FieldKind = 'id' | 'text' | 'word' | 'integer' | 'instant' | 'texts' | 'map'
/** The members of a user that a list can show. A picture is kept elsewhere, and never fetched. */
export type FieldName = Exclude<keyof User, 'picture'>

/** A member of a user: what people call it, how it compares, and how it is shown in a list. */
export interface Field {
  readonly name: FieldName
  readonly label: string
  readonly kind: FieldKind
  /** The closed list of a `word`. */
  readonly values?: readonly string[]
  /** What the list is sorted by for this column; null where a user has several values, which have no order. */
  readonly sortBy: string | null
  /** Width of its column in rem. */
  readonly width: number
  readonly isNullable: boolean
}

/** Every status a user can have, the usual one first. */
export const STATUSES = ['active', 'onboarding', 'inactive', 'suspended', 'risky', 'locked', 'deleted'] as const
/** Every type a user can be of. */
export const USER_TYPES = ['admin', 'user', 'client'] as const

const of = (
  name: FieldName,
  label: string,
  kind: FieldKind,
  width: number,
  more: Partial<Field> = {},
): readonly [FieldName, Field] => [
  name,
  { name, label, kind, width, sortBy: kind === 'texts' || kind === 'map' ? null : name, isNullable: true, ...more },
]
const always = { isNullable: false }

/** Every member of a user that a list can show and a filter can ask about, as /v1 names it. */
export const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  of('fullName', 'Name', 'text', 15, always),
  of('identifier', 'Identifier', 'text', 14, always),
  of('email', 'E-mail', 'text', 15),
  of('status', 'Status', 'word', 9.5, { values: STATUSES, ...always }),
  of('customerId', 'Customer', 'integer', 11, always),
  of('role', 'Role', 'text', 10),
  of('userType', 'Type', 'word', 6, { values: USER_TYPES, ...always }),
  of('group', 'Group', 'text', 9),
  of('lastLoginAt', 'Last sign-in', 'instant', 10),
  of('createdAt', 'Created', 'instant', 10, always),
  of('updatedAt', 'Changed', 'instant', 10, always),
  of('number', 'Number', 'integer', 7, always),
  of('givenName', 'Given name', 'text', 9),
  of('familyName', 'Family name', 'text', 10),
  of('displayName', 'Display name', 'text', 12),
  of('phones', 'Phones', 'texts', 11, { sortBy: 'phone' }),
  of('language', 'Language', 'text', 7),
  of('country', 'Country', 'text', 7),
  of('timeZone', 'Time zone', 'text', 11),
  of('description', 'Description', 'text', 16),
  of('permissions', 'Permissions', 'texts', 14),
  of('statusReason', 'Reason of status', 'text', 12),
  of('message', 'Message', 'text', 14),
  of('tags', 'Tags', 'map', 14),
  of('deviceId', 'Device', 'text', 10),
  of('adminDevices', 'Admin devices', 'integer', 9),
  of('validFrom', 'Valid from', 'instant', 10),
  of('expiresAt', 'Expires', 'instant', 10),
  of('primaryIdentity', 'Primary identity', 'id', 12),
  of('externalId', 'External id', 'text', 11),
  of('attributes', 'Attributes', 'map', 14),
  of('id', 'Id', 'id', 20, always),
  of('revision', 'Revision', 'integer', 7, always),
  of('createdBy', 'Created by', 'id', 12, { sortBy: 'createdByName' }),
  of('updatedBy', 'Changed by', 'id', 12, { sortBy: 'updatedByName' }),
])

/** What only callers with `users:read-metadata` are shown. */
export const METADATA: ReadonlySet<string> = new Set(['createdBy', 'updatedBy'])

/** What a list shows for whoever has chosen nothing else. */
export const DEFAULT_COLUMNS: readonly string[] = [
  'fullName',
  'email',
  'status',
  'customerId',
  'role',
  'userType',
  'lastLoginAt',
  'updatedAt',
]

/** Short names people type, besides the fields' own. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['name', 'fullName'],
  ['first', 'givenName'],
  ['last', 'familyName'],
  ['type', 'userType'],
  ['customer', 'customerId'],
  ['phone', 'phones'],
  ['permission', 'permissions'],
  ['created', 'createdAt'],
  ['changed', 'updatedAt'],
  ['updated', 'updatedAt'],
  ['expires', 'expiresAt'],
  ['seen', 'lastLoginAt'],
])

const BY_LOWER_NAME = new Map([...FIELDS.keys()].map((name) => [name.toLowerCase(), name]))

/** The field somebody names in whatever letter case, also one entry of a map (`tags.team`); undefined where there is none. */
export function fieldNamed(written: string): string | undefined {
  const dot = written.indexOf('.')
  const head = (dot < 0 ? written : written.slice(0, dot)).toLowerCase()
  const name = BY_LOWER_NAME.get(head) ?? ALIASES.get(head)
  const isMap = name !== undefined && FIELDS.get(name)?.kind === 'map'
  if (dot < 0) return isMap ? undefined : name
  return isMap && dot < written.length - 1 ? name + written.slice(dot) : undefined
}

/** Whether a field has the id of another user. */
export function namesUser(field: string): boolean {
  return field !== 'id' && kindOf(field) === 'id'
}

/** How a field compares; an entry of a map compares like a list of texts. */
export function kindOf(field: string): FieldKind {
  return field.includes('.') ? 'texts' : (FIELDS.get(field)?.kind ?? 'text')
}

/** What people call a field: `tags.team` is “team (tag)”. */
export function labelOf(field: string): string {
  const dot = field.indexOf('.')
  if (dot < 0) return FIELDS.get(field)?.label ?? field
  return `${field.slice(dot + 1)} (${field.startsWith('tags') ? 'tag' : 'attribute'})`
}
