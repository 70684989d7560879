import { searchWords } from '../../core/search.ts'
import type { NewUser } from '../../core/user.ts'
import { hashMarks } from './marks.ts'
import { valueKeys } from '../sql/value-keys.ts'
import { userRow, type UnnumberedRow } from './user-row.ts'

/**
 * What is kept of a user and depends on nothing a commit finds out: it is made before anybody has to wait for the commit. The
 * number and the revision of the row are still to be put in.
 */
export interface Derived {
  readonly row: UnnumberedRow
  /** The marks that are hashes, in order. */
  readonly hashes: Int32Array
  readonly words: readonly string[]
}

export function derivedFrom(user: NewUser): Derived {
  const keys = valueKeys(user)
  const row = userRow(user, keys)
  return { row, hashes: hashMarks(user.id, row, keys), words: searchWords(user) }
}
