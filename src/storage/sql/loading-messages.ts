import { DirectoryError } from '../../core/error.ts'
import type { Change, Commit, Committed } from '../../core/store.ts'

/** A commit of users. */
export type UserCommit = Pick<Commit, 'at' | 'by' | 'after'> & { readonly changes: readonly UserChange[] }

type UserChange = Change & { readonly kind: 'user' }

/** What a thread that writes is told. */
export type LoadingMessage =
  /** A commit to be made ready: the changes as JSON, which costs far less than to have them copied. */
  | {
      readonly kind: 'commit'
      readonly id: number
      readonly commit: Pick<Commit, 'at' | 'by'> & { readonly changes: string }
    }
  /** It is to be written now, or never. */
  | { readonly kind: 'begin' | 'call-off'; readonly id: number }
  | { readonly kind: 'close' }

/** What it answers of a commit: the numbers of the users, or why nothing was written. */
export type LoadingAnswer = { readonly id: number } & (Written | { readonly error: Refusal })

interface Written {
  readonly revision: number
  readonly numbers: readonly number[]
}

type Refusal = Pick<DirectoryError, 'code' | 'message' | 'reason' | 'where' | 'retryAfterS'>

export function writtenOf({ revision, results }: Committed): Written {
  return { revision, numbers: results.map((result) => (result && 'number' in result ? result.number : 0)) }
}

/** What a store gives for a commit of which a thread says this. */
export function committedOf({ changes }: UserCommit, { revision, numbers }: Written): Committed {
  return { revision, results: changes.map(({ user }, at) => ({ ...user, number: numbers[at] ?? 0, revision })) }
}

export function refusalOf({ code, message, reason, where, retryAfterS }: DirectoryError): Refusal {
  return { code, message, reason, where, retryAfterS }
}

export function errorOf({ code, message, reason, where, retryAfterS }: Refusal): DirectoryError {
  return new DirectoryError(code, message, { where, ...(reason && { reason }), ...(retryAfterS && { retryAfterS }) })
}
