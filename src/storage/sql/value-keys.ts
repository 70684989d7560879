import { attributeKeys } from '../../core/matches.ts'
import { fold } from '../../core/text.ts'
import type { Json, User } from '../../core/user.ts'
import { VALUE_FIELDS, type ValueField } from './columns.ts'

/** One key of a field of several values. The entry is empty for lists. */
export type ValueKey = readonly [field: number, entry: string, folded: string]

/** The keys under which a user is found by the fields that have several values, without repeats. */
export function valueKeys(user: Pick<User, ValueField>): readonly ValueKey[] {
  const keys: ValueKey[] = []
  for (const phone of user.phones) keys.push([VALUE_FIELDS.phones, '', fold(phone)])
  for (const permission of user.permissions) keys.push([VALUE_FIELDS.permissions, '', fold(permission)])
  addEntries(keys, VALUE_FIELDS.tags, user.tags)
  addEntries(keys, VALUE_FIELDS.attributes, user.attributes)
  return keys.length < 2 ? keys : [...new Map(keys.map((key) => [key.join('\0'), key])).values()]
}

function addEntries(keys: ValueKey[], field: number, map: Readonly<Record<string, Json>>): void {
  for (const [entry, value] of Object.entries(map)) {
    for (const folded of attributeKeys(value)) keys.push([field, entry, folded])
  }
}
