import { fold } from '../../core/text.ts'
import type { User } from '../../core/user.ts'
import type { SqlValue } from '../sql/fragment.ts'
import { instantMs } from '../sql/instant.ts'
import { uuidBytes } from '../sql/uuid.ts'
import { valueKeys, type ValueKey } from '../sql/value-keys.ts'
import { COLUMNS, type Column, type ColumnField } from '../sql/columns.ts'

const FIELD_COLUMNS = Object.values(COLUMNS)

/** The columns of `users`, in the order of rows. */
export const ROW_COLUMNS = [...FIELD_COLUMNS.map(({ name }) => name), 'live', 'value_keys'] as const

/** A user as its row has it. */
export interface UserRow {
  /** By the places of ROW_COLUMNS: folded texts, milliseconds, bytes of ids; whether it is live, and its keys. */
  readonly values: readonly SqlValue[]
  /** The keys under which the user is found by the fields that have several values, without repeats. */
  readonly keys: readonly ValueKey[]
}

export function userRow(user: User): UserRow {
  const values: SqlValue[] = []
  for (const { field, kind } of FIELD_COLUMNS) {
    const value = field === 'phone' ? (user.phones[0] ?? null) : user[field]
    values.push(value === null || typeof value === 'number' ? value : columnValue(kind, value))
  }
  const keys = valueKeys(user)
  values.push(user.status === 'deleted' ? 0 : 1, keys.length === 0 ? null : JSON.stringify(keys))
  return { values, keys }
}

/** The folded texts of some fields of a row, those that are not absent. */
export function rowTexts({ values }: UserRow, places: readonly number[]): readonly string[] {
  return places.map((place) => values[place]).filter((value) => typeof value === 'string')
}

/** The places of fields in rows. */
export function placesOf(fields: readonly ColumnField[]): readonly number[] {
  return fields.map((field) => FIELD_COLUMNS.indexOf(COLUMNS[field]))
}

/** The places of the columns in which two rows differ. */
export function differences(before: UserRow, after: UserRow): readonly number[] {
  const places = Array.from(ROW_COLUMNS.keys())
  return places.filter((place) => !isSame(before.values[place] ?? null, after.values[place] ?? null))
}

function columnValue(kind: Column['kind'], value: string): SqlValue {
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

function isSame(a: SqlValue, b: SqlValue): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b
}
