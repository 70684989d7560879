import type { FieldName } from './field.ts'
import { comparable, compareKeys } from './matches.ts'
import type { Value } from './filter.ts'
import { fold } from './text.ts'
import type { User } from './user.ts'

/**
 * What users can be ordered by: any field of one value, or the family and given name of the person who created or last
 * updated them (one key, family name first).
 */
export type SortField =
  Exclude<FieldName, 'phones' | 'permissions' | 'tags' | 'attributes'> | 'phone' | 'createdByName' | 'updatedByName'

export interface SortKey {
  readonly field: SortField
  readonly descending: boolean
  /**
   * For a field of a closed list: its words in the order they are wanted in instead of A to Z, words that count as one
   * together. Words that are not named come after all that are.
   */
  readonly ranks?: readonly (readonly string[])[]
}

/** Between family and given name in the key of a person: below every character that can be stored. */
const NAME_SEPARATOR = '\u0001'

/** The key by which people are ordered as authors: null where neither name is known. */
export function nameKey(person: Pick<User, 'givenName' | 'familyName'> | undefined): string | null {
  if (!person || (person.familyName === null && person.givenName === null)) return null
  return fold(person.familyName ?? '') + NAME_SEPARATOR + fold(person.givenName ?? '')
}

/** The value a user has under a sort field; null is last in both directions. `phone` is the first phone. */
export function sortValue(field: SortField, user: User, person: (id: string) => User | undefined): Value | null {
  switch (field) {
    case 'createdByName':
      return user.createdBy === null ? null : nameKey(person(user.createdBy))
    case 'updatedByName':
      return user.updatedBy === null ? null : nameKey(person(user.updatedBy))
    case 'phone':
      return user.phones[0] === undefined ? null : fold(user.phones[0])
    default: {
      const value = user[field]
      return value === null ? null : comparable(field, value)
    }
  }
}

/** The value a user has under a sort key: that of its field, or the place of its word among the ranks. */
export function keyValue(
  { field, ranks }: Pick<SortKey, 'field' | 'ranks'>,
  user: User,
  person: (id: string) => User | undefined,
): Value | null {
  const value = sortValue(field, user, person)
  if (ranks === undefined || value === null) return value
  const rank = ranks.findIndex((words) => words.includes(String(value)))
  return rank < 0 ? ranks.length : rank
}

/**
 * The order of a sort: key by key, nulls last in both directions, ties by id in the direction of the last key. Without
 * keys: creation order. Engines must agree with this.
 */
export function compareUsers(
  sort: readonly SortKey[],
  person: (id: string) => User | undefined,
): (a: User, b: User) => number {
  const last = sort.at(-1)
  if (!last) return (a, b) => a.number - b.number
  return (a, b) => {
    for (const key of sort) {
      const x = keyValue(key, a, person)
      const y = keyValue(key, b, person)
      if (x === y) continue
      if (x === null) return 1
      if (y === null) return -1
      const order = compareKeys(x, y)
      if (order !== 0) return key.descending ? -order : order
    }
    return last.descending ? compareKeys(b.id, a.id) : compareKeys(a.id, b.id)
  }
}
