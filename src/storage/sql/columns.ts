import { FIELDS, type FieldKind, type FieldName, type FieldRule } from '../../core/field.ts'
import type { SortField } from '../../core/sort.ts'

/** Fields of several values, and the numbers they are kept under in `user_values`. */
export const VALUE_FIELDS = { phones: 0, permissions: 1, tags: 2, attributes: 3 } as const

export type ValueField = keyof typeof VALUE_FIELDS
export type ColumnField = Exclude<FieldName, ValueField> | 'phone'

/** A field with a column of its own in `users`, and how its values stand there. */
export interface Column {
  readonly field: ColumnField
  readonly name: string
  readonly kind: Exclude<FieldKind, 'texts' | 'map'>
  readonly nullable: boolean
  /** The closed list of a `word`. */
  readonly words: readonly string[] | null
  /** The index in which users stand in the order of the column, by id where they are equal; null: rows are in it. */
  readonly index: string | null
}

/** Fields whose column cannot have their name. */
const NAMES: Partial<Record<ColumnField, string>> = { group: 'group_name' }

function column(field: ColumnField): Column {
  const name = NAMES[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const index = field === 'number' ? null : `users_by_${name}`
  if (field === 'phone') return { field, name, kind: 'text', nullable: true, words: null, index }
  const { kind, nullable, values }: FieldRule = FIELDS[field]
  return { field, name, kind, nullable, words: values ?? null, index }
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
