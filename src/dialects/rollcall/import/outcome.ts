import type { BatchOutcome } from '../../../core/directory.ts'
import { DirectoryError } from '../../../core/error.ts'

/** What became of one row. */
export type RowOutcome =
  | { readonly outcome: 'created' | 'updated' | 'unchanged'; readonly id?: string }
  /** `field` is the field of the user that is wrong, where it is one. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly field?: string }

/** What an operation of a batch means for the row it came from. Throws where the directory itself failed. */
export function rowOutcome(outcome: BatchOutcome): RowOutcome {
  if (outcome.outcome !== 'refused') {
    const { outcome: done, user } = outcome
    return { outcome: done === 'created' || done === 'unchanged' ? done : 'updated', id: user.id }
  }
  const { error } = outcome
  if (!(error instanceof DirectoryError)) throw error
  // The other rows would fare no better.
  if (error.code === 'unavailable' || error.code === 'internal') throw error
  const { name: field } = error.where
  return { outcome: 'refused', reason: error.message, ...(field === undefined ? {} : { field }) }
}
