import type { PageFacts } from '../../core/query.ts'
import type { Cursors } from '../../core/directory.ts'
import { OFFSET_MAX } from '../../core/limits.ts'
import type { Call } from '../dialect.ts'
import { cursorLinks, linksTo, offsetLinks } from './links.ts'
import type { ListInput } from './list-input.ts'

type Listed = PageFacts & { readonly cursors: Cursors }

/** What follows the users in the body of a list: the page, the total where one was counted, and the revision. */
export function listTail(input: ListInput, { cursors, hasAfter, total, revision }: Listed): string {
  const { limit } = input
  const page = {
    limit,
    offset: offsetOf(input),
    next: cursors.next ?? undefined,
    previous: cursors.previous ?? undefined,
    hasMore: hasAfter,
  }
  return `"page":${JSON.stringify(page)}${total === null ? '' : `,"total":${total}`},"revision":${revision}}`
}

/** The body of a list around users that are ready JSON, without looking into them or copying them. */
export function gluedList(documents: readonly Uint8Array[], tail: string): readonly Uint8Array[] {
  return [Buffer.from('{"users":['), ...documents, Buffer.from(`],${tail}`)]
}

/**
 * The `Link` header of a list (RFC 8288): first, prev, next, and last where the number of users is known. Absolute, with
 * all parameters kept; pages go on in the way they were asked for.
 */
export function listLinks(call: Call, input: ListInput, listed: Listed): string {
  const { limit } = input
  const link = linksTo(call, '/v1/users', PLACES)
  const offset = offsetOf(input)
  if (offset === undefined) return cursorLinks(link, listed.cursors)
  const { hasAfter, total } = listed
  const named = input.page === undefined ? undefined : { name: 'page', placed: (at: number) => at / limit + 1 }
  return offsetLinks(link, { offset, limit, hasAfter, total, offsetMax: OFFSET_MAX, named })
}

const PLACES = ['offset', 'page', 'cursor']

function offsetOf({ offset, page, limit }: ListInput): number | undefined {
  return page === undefined ? offset : (page - 1) * limit
}
