import { STATUSES, USER_TYPES, type User } from './user.ts'

/**
 * How a field compares:
 * `id` a UUID, exact · `text` on its folded key · `word` one of a closed list, exact · `integer` · `instant` a point in
 * time · `texts` a list of texts, any of which may hold · `map` named texts, addressed as `tags.role`
 */
export type FieldKind = 'id' | 'text' | 'word' | 'integer' | 'instant' | 'texts' | 'map'

export interface FieldRule {
  readonly kind: FieldKind
  readonly nullable: boolean
  /** The closed list of a `word`. */
  readonly values?: readonly string[]
}

const text = { kind: 'text', nullable: false } as const
const optionalText = { kind: 'text', nullable: true } as const
const optionalInstant = { kind: 'instant', nullable: true } as const
const optionalId = { kind: 'id', nullable: true } as const

/** Every field a filter can ask about, in the order in which users are written out. */
export const FIELDS = {
  id: { kind: 'id', nullable: false },
  number: { kind: 'integer', nullable: false },
  customerId: { kind: 'integer', nullable: false },
  identifier: text,
  givenName: optionalText,
  familyName: optionalText,
  fullName: text,
  displayName: optionalText,
  email: optionalText,
  phones: { kind: 'texts', nullable: false },
  language: optionalText,
  country: optionalText,
  timeZone: optionalText,
  description: optionalText,
  userType: { kind: 'word', nullable: false, values: USER_TYPES },
  role: optionalText,
  permissions: { kind: 'texts', nullable: false },
  group: optionalText,
  status: { kind: 'word', nullable: false, values: STATUSES },
  statusReason: optionalText,
  message: optionalText,
  tags: { kind: 'map', nullable: false },
  deviceId: optionalText,
  adminDevices: { kind: 'integer', nullable: true },
  validFrom: optionalInstant,
  expiresAt: optionalInstant,
  lastLoginAt: optionalInstant,
  primaryIdentity: optionalId,
  externalId: optionalText,
  attributes: { kind: 'map', nullable: false },
  createdAt: { kind: 'instant', nullable: false },
  createdBy: optionalId,
  updatedAt: { kind: 'instant', nullable: false },
  updatedBy: optionalId,
  revision: { kind: 'integer', nullable: false },
} as const satisfies Partial<Record<keyof User, FieldRule>>

export type FieldName = keyof typeof FIELDS

/** A field, or one entry of a map field: `tags.role`. */
export type Field = FieldName | `tags.${string}` | `attributes.${string}`

/** Fields only a caller with `users:read-metadata` sees, filters or sorts by. */
export const METADATA_FIELDS: readonly FieldName[] = ['createdBy', 'updatedBy']

/** The field before the dot, and the entry after it for a map. */
export function splitField(field: Field): { readonly name: FieldName; readonly entry: string | null } {
  const dot = field.indexOf('.')
  if (dot < 0) return { name: field as FieldName, entry: null }
  return { name: field.slice(0, dot) as FieldName, entry: field.slice(dot + 1) }
}

/** The rule of a field. An entry of a map compares as `texts`, of which there are one or none. */
export function fieldRule(field: Field): FieldRule {
  const { name, entry } = splitField(field)
  return entry === null ? FIELDS[name] : { kind: 'texts', nullable: false }
}

/** The field a wire name stands for, or undefined: `tags.role` needs an entry, `tags` alone cannot be compared. */
export function fieldFrom(name: string): Field | undefined {
  if (Object.hasOwn(FIELDS, name)) return name as FieldName
  const dot = name.indexOf('.')
  const isEntry = dot > 0 && dot < name.length - 1
  if (isEntry && (name.startsWith('tags.') || name.startsWith('attributes.'))) return name as Field
  return undefined
}
