import { FILTER_TEXT_MAX, PAGE_SIZE_MAX } from '../../core/limits.ts'
import type { Call } from '../dialect.ts'
import { describedSchemas } from '../meaning.ts'
import type { Refusal, Schema } from '../operation.ts'
import * as parameter from '../parameter.ts'
import { cursorLinks, linksTo } from './links.ts'
import { PAGE_MEANINGS } from './meaning/list.ts'

const LIMIT_DEFAULT = 50

/** The parameters of a list that goes on by cursor only. `what` is in it. */
export function rowPageParameters(what: string) {
  return {
    limit: parameter.integer({
      description: `${what} on a page.`,
      min: 1,
      max: PAGE_SIZE_MAX,
      otherwise: LIMIT_DEFAULT,
    }),
    cursor: parameter.text({
      description: 'page.next of an earlier answer to the same question.',
      lengthMax: FILTER_TEXT_MAX,
    }),
  }
}

/** The member `page` of its answer. */
export const ROW_PAGE: Schema = {
  type: 'object',
  properties: describedSchemas(PAGE_MEANINGS, {
    limit: { type: 'integer', minimum: 1, maximum: PAGE_SIZE_MAX },
    next: { type: 'string' },
    hasMore: { type: 'boolean' },
  }),
  required: ['limit', 'hasMore'],
  additionalProperties: false,
}

/** What it refuses of them. */
export const ROW_PAGE_REFUSALS: readonly Refusal[] = [
  {
    code: 'invalid',
    reason: 'range',
    example: `limit must be a whole number from 1 to ${PAGE_SIZE_MAX}.`,
    where: { in: 'query', name: 'limit', allowed: `a whole number from 1 to ${PAGE_SIZE_MAX}`, value: '0' },
  },
  {
    code: 'invalid',
    reason: 'cursor',
    example: 'This cursor was not made for this query and caller.',
    where: { in: 'query', name: 'cursor' },
  },
]

/** `page` of an answer with so many rows on a page. */
export function shownRowPage(limit: number, next: string | null): object {
  return { limit, ...(next === null ? {} : { next }), hasMore: next !== null }
}

/** Its `Link` header: first, and next where there is one. It is read in one direction only. */
export function rowPageLinks(call: Call, next: string | null): string {
  return cursorLinks(linksTo(call, call.path, ['cursor']), { previous: null, next })
}
