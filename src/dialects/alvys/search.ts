import type { ListRequest } from '../../core/directory.ts'
import { invalid } from '../../core/error.ts'
import { ANY, any, type Filter } from '../../core/filter.ts'
import { OFFSET_MAX, SEARCH_LENGTH_MAX } from '../../core/limits.ts'
import { describedMembers } from '../meaning.ts'
import { defaulted, integer, nullable, object, optional, string, type ShapeOf } from '../shape.ts'
import { SEARCH_MEANINGS } from './meaning.ts'

/** Users on a page. */
export const PAGE_SIZE_MAX = 200

/** The body of a search; its keys may be in any letter case. */
export const searchShape = object(
  describedMembers(SEARCH_MEANINGS, {
    page: defaulted(integer({ min: 0 }), 0),
    pageSize: integer({ min: 1, max: PAGE_SIZE_MAX }),
    keyword: optional(nullable(string({ lengthMax: SEARCH_LENGTH_MAX }))),
  }),
  { anyCase: true },
)

/** The page a search asks for, counting from 0, and the core's question behind it. */
interface SearchRequest {
  readonly page: number
  readonly pageSize: number
  readonly list: ListRequest
}

/** Throws `invalid` for a page further in than the core can skip. */
export function searchRequest({ page, pageSize, keyword }: ShapeOf<typeof searchShape>): SearchRequest {
  const offset = page * pageSize
  if (offset > OFFSET_MAX) {
    const allowed = `0 to ${Math.floor(OFFSET_MAX / pageSize)}`
    throw invalid('range', `page must be from ${allowed} with this pageSize.`, { in: 'body', name: 'page', allowed })
  }
  const filter = keyword ? containing(keyword) : undefined
  return { page, pageSize, list: { filter, page: { offset, limit: pageSize }, total: true } }
}

// Literal runs, not a pattern: a `*` in a keyword is a star.
function containing(keyword: string): Filter {
  const fields = ['fullName', 'identifier', 'email', 'phones'] as const
  return any(...fields.map((field): Filter => ({ kind: 'text', field, parts: [ANY, keyword, ANY] })))
}
