import { attributeKeys } from '../../core/matches.ts'
import { fold } from '../../core/text.ts'
import type { Json, User } from '../../core/user.ts'
import { VALUE_FIELDS } from './columns.ts'

/** One row of `user_values` without the user's number. `entry` is empty for lists. */
export type ValueRow = readonly [field: number, entry: string, folded: string]

/** The keys under which a user is found by the fields that have several, without repeats. */
export function valueRows(user: User): readonly ValueRow[] {
  const rows: ValueRow[] = [
    ...user.phones.map((phone): ValueRow => [VALUE_FIELDS.phones, '', fold(phone)]),
    ...user.permissions.map((permission): ValueRow => [VALUE_FIELDS.permissions, '', fold(permission)]),
    ...mapRows(VALUE_FIELDS.tags, user.tags),
    ...mapRows(VALUE_FIELDS.attributes, user.attributes),
  ]
  return rows.length < 2 ? rows : [...new Map(rows.map((row) => [row.join('\0'), row])).values()]
}

function mapRows(field: number, map: Readonly<Record<string, Json>>): readonly ValueRow[] {
  return Object.entries(map).flatMap(([entry, value]) =>
    attributeKeys(value).map((folded): ValueRow => [field, entry, folded]),
  )
}
