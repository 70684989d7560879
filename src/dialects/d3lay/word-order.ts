import type { ListRequest, View } from '../../core/directory.ts'
import { DirectoryError } from '../../core/error.ts'
import { all, type Filter } from '../../core/filter.ts'
import type { User } from '../../core/user.ts'
import { usersFrom } from '../offset-page.ts'
import { statusFilter, typeFilter, WIRE_STATUSES, WIRE_TYPES } from './user.ts'

/** The users of each word of a member, in the order of the words from A to Z. */
export const WORDS = {
  user_type: [...WIRE_TYPES].sort().map(typeFilter),
  status: [...WIRE_STATUSES].sort().map(statusFilter),
} as const satisfies Record<string, readonly Filter[]>

const TRIES_MAX = 8

/** What of a list is on a page, and how many users there are in all. */
export interface OrderedPage {
  readonly users: readonly User[]
  readonly total: number
}

/**
 * A page of users in the order of the words they are rendered with. The core knows other words, in another order; so
 * the list is asked for word by word, ties by id, and the pieces of one revision are put together. Throws `unavailable`
 * where the directory changes at every try.
 */
export async function usersByWord(
  view: View,
  request: Pick<ListRequest, 'filter' | 'search'>,
  order: { readonly words: readonly Filter[]; readonly descending: boolean },
  place: { readonly offset: number; readonly limit: number; readonly parameter: string },
): Promise<OrderedPage> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const page = await piecedTogether(view, request, order, place)
    if (page) return page
  }
  throw new DirectoryError('unavailable', 'The directory is changing too quickly for this order.', { retryAfterS: 1 })
}

async function piecedTogether(
  view: View,
  request: Pick<ListRequest, 'filter' | 'search'>,
  { words, descending }: { readonly words: readonly Filter[]; readonly descending: boolean },
  { offset, limit, parameter }: { readonly offset: number; readonly limit: number; readonly parameter: string },
): Promise<OrderedPage | undefined> {
  const users: User[] = []
  const revisions = new Set<number>()
  let total = 0
  for (const word of descending ? words.toReversed() : words) {
    const wanted = limit - users.length
    const piece = await usersFrom(
      view,
      { ...request, filter: all(word, request.filter), sort: [{ field: 'id', descending }] },
      // Where nothing more is wanted the piece is only counted.
      { offset: wanted === 0 ? 0 : Math.max(0, offset - total), limit: Math.max(1, wanted), parameter },
    )
    users.push(...piece.users.slice(0, wanted))
    revisions.add(piece.revision)
    total += piece.total
  }
  return revisions.size === 1 ? { users, total } : undefined
}
