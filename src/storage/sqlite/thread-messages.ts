import type { DirectoryError } from '../../core/error.ts'
import { ANY, type Filter } from '../../core/filter.ts'
import type { DocumentPage, Query, UserPage } from '../../core/query.ts'

/** A list to be read by another thread: users, or documents with or without metadata. */
export interface ListQuestion {
  readonly query: Query
  readonly documents: { readonly metadata: boolean } | null
}

/** What a thread is asked: a list, with what cannot be sent said otherwise, and the time there is for it. */
export interface ThreadQuestion {
  readonly question: ListQuestion
  readonly timeMs: number
}

/** What a thread answers. */
export type ThreadAnswer =
  | { readonly page: UserPage | DocumentPage }
  | { readonly isOver: true }
  | { readonly error: Pick<DirectoryError, 'code' | 'message' | 'reason' | 'retryAfterS'> }

/** The question with marks in place of what cannot be sent between threads. */
export function sendable(question: ListQuestion): ListQuestion {
  return withFilter(question, (part) => (part === ANY ? MARK : part))
}

/** The question a thread was sent. */
export function received(question: ListQuestion): ListQuestion {
  return withFilter(question, (part) => (isMark(part) ? ANY : part))
}

// A text is a string: nothing else that is sent is an empty list.
const MARK: readonly never[] = []

function isMark(part: unknown): boolean {
  return Array.isArray(part)
}

function withFilter(question: ListQuestion, part: (part: unknown) => unknown): ListQuestion {
  return { ...question, query: { ...question.query, filter: withParts(question.query.filter, part) } }
}

function withParts(filter: Filter, part: (part: unknown) => unknown): Filter {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return { ...filter, of: filter.of.map((one) => withParts(one, part)) }
    case 'not':
      return { ...filter, of: withParts(filter.of, part) }
    case 'text':
      return { ...filter, parts: filter.parts.map(part) as typeof filter.parts }
    default:
      return filter
  }
}
