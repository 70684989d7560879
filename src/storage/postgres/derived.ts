import { searchWords } from '../../core/search.ts'
import type { NewUser } from '../../core/user.ts'
import { hashMarks } from './marks.ts'
import { userRow, type UserRow } from './user-row.ts'

/**
 * What is kept of a user and depends on nothing a commit finds out: it is made before anybody has to wait for the commit. The
 * number and the revision of the row are still to be put in.
 */
export interface Derived {
  readonly row: UserRow
  /** The marks that are hashes, in order. */
  readonly hashes: Int32Array
  readonly words: readonly string[]
}

export function derivedFrom(user: NewUser): Derived {
  const unnumbered = { ...user, number: 0, revision: 0 }
  const row = userRow(unnumbered)
  return { row, hashes: hashMarks(unnumbered, row), words: searchWords(unnumbered) }
}
