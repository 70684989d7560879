import type { Filter, Value } from './filter.ts'
import type { Search } from './search.ts'
import type { SortKey } from './sort.ts'
import type { User } from './user.ts'

/** A place in an order: the sort values of the user there, then its tie-breaker. */
export interface Position {
  /** One value per sort key, folded; in creation order none, by relevance the score. */
  readonly keys: readonly (Value | null)[]
  /** The user's id, or its number in creation order and by relevance. */
  readonly tie: Value
}

/** Which stretch of the ordered users is wanted. Users are always returned in sort order. */
export type Page =
  | { readonly kind: 'offset'; readonly offset: number; readonly limit: number }
  /** The users right after or right before a place; with null from the very beginning or up to the very end. */
  | {
      readonly kind: 'position'
      readonly from: Position | null
      readonly direction: 'after' | 'before'
      readonly limit: number
    }

/** One question to a store. The filter is already narrowed to what the caller may see. */
export interface Query {
  readonly filter: Filter
  readonly search?: Search | undefined
  /** Empty: by relevance where there is a search, else in creation order. */
  readonly sort: readonly SortKey[]
  readonly page: Page
  /** Whether the number of all users that match is wanted. It is always exact. */
  readonly total: boolean
  /** The answer is of this revision or a later one; where the store has none yet, the query is refused as `unavailable`. */
  readonly minRevision?: number | undefined
}

/** What is known of a page besides its users. */
export interface PageFacts {
  readonly count: number
  readonly first: Position | null
  readonly last: Position | null
  /** Whether there are users before the first and after the last one. */
  readonly hasBefore: boolean
  readonly hasAfter: boolean
  readonly total: number | null
  /** The revision the page shows. */
  readonly revision: number
}

/** A page as users. */
export interface UserPage extends PageFacts {
  readonly users: readonly User[]
}

/**
 * A page as JSON text in UTF-8: the documents of `encodeUser`, comma-separated, without brackets. In pieces as they come
 * from the engine, since to put them together is to copy them; they are the caller's own, who may empty them.
 */
export interface DocumentPage extends PageFacts {
  readonly documents: readonly Uint8Array[]
}
