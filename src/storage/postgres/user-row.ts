import { fold } from '../../core/text.ts'
import type { NewUser } from '../../core/user.ts'
import { COLUMNS, type Column } from '../sql/columns.ts'
import { instantMs } from '../sql/instant.ts'
import type { ValueKey } from '../sql/value-keys.ts'
import type { ElementType } from './array-bytes.ts'
import { ELEMENT_TYPES } from './column-types.ts'

const FIELD_COLUMNS = Object.values(COLUMNS)

/** A user as its row of `users` has it, by column: folded texts, milliseconds, ids as they are. */
export type UserRow = Readonly<Record<string, string | number | boolean | null>>

/** A row whose number and revision are still to be put in. */
export type UnnumberedRow = UserRow & { number: number | null; revision: number | null }

// To copy a row that has all columns and to fill it takes a fraction of the time and the memory of making one column by column.
const EMPTY: UserRow = {
  ...Object.fromEntries(FIELD_COLUMNS.map(({ name }) => [name, null])),
  live: true,
  value_keys: null,
}

/** The row of a user, with these keys of its values. */
export function userRow(user: NewUser, keys: readonly ValueKey[]): UnnumberedRow {
  const row: Record<string, UserRow[string]> = { ...EMPTY }
  for (const { field, name, kind } of FIELD_COLUMNS) {
    if (field === 'number' || field === 'revision') continue
    const value = field === 'phone' ? (user.phones[0] ?? null) : user[field]
    row[name] = value === null || typeof value === 'number' ? value : columnValue(kind, value)
  }
  row['live'] = user.status !== 'deleted'
  row['value_keys'] = keys.length === 0 ? null : JSON.stringify(keys)
  return row as UnnumberedRow
}

/** The columns of `users` with their types. */
export const ROW_TYPES: Readonly<Record<string, ElementType>> = {
  ...Object.fromEntries(FIELD_COLUMNS.map(({ name, kind }) => [name, ELEMENT_TYPES[kind]])),
  live: 'boolean',
  value_keys: 'text',
}

function columnValue(kind: Column['kind'], value: string): string | number {
  switch (kind) {
    case 'text':
      return fold(value)
    case 'instant':
      return instantMs(value)
    default:
      return value
  }
}
