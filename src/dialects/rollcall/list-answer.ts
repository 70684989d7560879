import type { PageFacts } from '../../core/query.ts'
import type { Cursors } from '../../core/directory.ts'
import { OFFSET_MAX } from '../../core/limits.ts'
import type { Call } from '../dialect.ts'
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
  const { cursors, hasAfter, total } = listed
  const kept = call.query.filter(([name]) => !PLACES.includes(name))
  const link = (rel: string, name?: string, value?: string | number) => {
    const pairs = name === undefined ? kept : [...kept, [name, String(value)] as const]
    const query = pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
    return `<${call.origin}/v1/users${query === '' ? '' : `?${query}`}>; rel="${rel}"`
  }
  const offset = offsetOf(input)
  if (offset === undefined) {
    return [
      link('first'),
      ...(cursors.previous === null ? [] : [link('prev', 'cursor', cursors.previous)]),
      ...(cursors.next === null ? [] : [link('next', 'cursor', cursors.next)]),
    ].join(', ')
  }
  const [name, placed] =
    input.page === undefined ? ['offset', (at: number) => at] : ['page', (at: number) => at / limit + 1]
  const to = (rel: string, at: number) => link(rel, name, placed(at))
  const last = total === null ? undefined : Math.max(0, Math.ceil(total / limit) - 1) * limit
  return [
    to('first', 0),
    ...(offset > 0 ? [to('prev', Math.max(0, offset - limit))] : []),
    ...(hasAfter && offset + limit <= OFFSET_MAX ? [to('next', offset + limit)] : []),
    ...(last !== undefined && last <= OFFSET_MAX ? [to('last', last)] : []),
  ].join(', ')
}

const PLACES = ['offset', 'page', 'cursor']

function offsetOf({ offset, page, limit }: ListInput): number | undefined {
  return page === undefined ? offset : (page - 1) * limit
}
