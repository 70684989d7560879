import { FIELDS, type FieldKind, type FieldName } from '../../core/field.ts'
import { fold } from '../../core/text.ts'
import type { SortField } from '../../core/sort.ts'
import type { User } from '../../core/user.ts'
import type { SqlValue } from '../sql/fragment.ts'
import { instantMs } from '../sql/instant.ts'
import { uuidBytes } from '../sql/uuid.ts'

/** Fields of several values: kept in `user_values`, under these numbers. */
export const VALUE_FIELDS = { phones: 0, permissions: 1, tags: 2, attributes: 3 } as const

export type ValueField = keyof typeof VALUE_FIELDS
export type ColumnField = Exclude<FieldName, ValueField> | 'phone'

/** A field with a column of its own in `users`, and how its values stand there. */
export interface Column {
  readonly name: string
  readonly kind: Exclude<FieldKind, 'texts' | 'map'>
  readonly nullable: boolean
}

const NAMES: Partial<Record<ColumnField, string>> = { group: 'group_name' }

function column(field: ColumnField): Column {
  const name = NAMES[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (field === 'phone') return { name, kind: 'text', nullable: true }
  const { kind, nullable } = FIELDS[field]
  return { name, kind, nullable }
}

/** Every field of one value. `phone` is the first phone. */
export const COLUMNS: Readonly<Record<ColumnField, Column>> = Object.fromEntries(
  [...Object.keys(FIELDS), 'phone']
    .filter((field) => !Object.hasOwn(VALUE_FIELDS, field))
    .map((field) => [field, column(field as ColumnField)]),
) as Record<ColumnField, Column>

/** Whether a sort field is a column of `users`; the others are names of authors. */
export function isColumnField(field: SortField): field is Exclude<SortField, 'createdByName' | 'updatedByName'> {
  return Object.hasOwn(COLUMNS, field)
}

/** What stands in a user's row, column by column: folded texts, milliseconds, bytes of ids. `live` is not among them. */
export function columnValues(user: User): Readonly<Record<string, SqlValue>> {
  const values: Record<string, SqlValue> = { live: user.status === 'deleted' ? 0 : 1 }
  for (const [field, { name, kind }] of COLUMN_ENTRIES) {
    const value = field === 'phone' ? (user.phones[0] ?? null) : user[field]
    values[name] = value === null ? null : columnValue(kind, value)
  }
  return values
}

const COLUMN_ENTRIES = Object.entries(COLUMNS) as [ColumnField, Column][]

function columnValue(kind: Column['kind'], value: string | number): SqlValue {
  if (typeof value === 'number') return value
  switch (kind) {
    case 'text':
      return fold(value)
    case 'instant':
      return instantMs(value)
    case 'id':
      return uuidBytes(value)
    default:
      return value
  }
}
