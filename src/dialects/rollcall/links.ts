import type { Call } from '../dialect.ts'

/** One link of a `Link` header (RFC 8288), to the page that a parameter names; without one to the first. */
type LinkTo = (rel: string, name?: string, value?: string | number) => string

/** Where links lead: absolute, to what was asked for, with all its parameters but those that say which page. */
export function linksTo(
  { origin, query }: Pick<Call, 'origin' | 'query'>,
  path: string,
  places: readonly string[],
): LinkTo {
  const kept = query.filter(([name]) => !places.includes(name))
  return (rel, name, value) => {
    const pairs = name === undefined ? kept : [...kept, [name, String(value)] as const]
    const text = pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
    return `<${origin}${path}${text === '' ? '' : `?${text}`}>; rel="${rel}"`
  }
}

/** The `Link` header of a page by cursor: first, and prev and next where there are such pages. */
export function cursorLinks(link: LinkTo, cursors: { readonly previous: string | null; readonly next: string | null }) {
  return [
    link('first'),
    ...(cursors.previous === null ? [] : [link('prev', 'cursor', cursors.previous)]),
    ...(cursors.next === null ? [] : [link('next', 'cursor', cursors.next)]),
  ].join(', ')
}

/** A page that begins after so many rows. */
interface OffsetPage {
  readonly offset: number
  readonly limit: number
  readonly hasAfter: boolean
  /** Null where it was not counted. */
  readonly total: number | null
  /** The largest offset that is not refused. */
  readonly offsetMax: number
  /** The parameter that names the page, and what it has to say for an offset; the offset itself when not said. */
  readonly named?: { readonly name: string; readonly placed: (offset: number) => number } | undefined
}

/** The `Link` header of a page by offset: the same, and last where the number of rows is known. */
export function offsetLinks(link: LinkTo, page: OffsetPage): string {
  const { offset, limit, hasAfter, total, offsetMax, named } = page
  const to = (rel: string, at: number) =>
    named === undefined ? link(rel, 'offset', at) : link(rel, named.name, named.placed(at))
  const last = total === null ? undefined : Math.max(0, Math.ceil(total / limit) - 1) * limit
  return [
    to('first', 0),
    ...(offset > 0 ? [to('prev', Math.max(0, offset - limit))] : []),
    ...(hasAfter && offset + limit <= offsetMax ? [to('next', offset + limit)] : []),
    ...(last !== undefined && last <= offsetMax ? [to('last', last)] : []),
  ].join(', ')
}
