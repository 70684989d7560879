import type { PublicCall } from '../dialect.ts'

/** A page of a list counted from 1. */
export interface PageOfList {
  readonly page: number
  readonly pageSize: number
  readonly total: number
}

// Many clients take 16 KiB of headers in all.
const LENGTH_MAX = 8192

/**
 * The Link header (RFC 8288) of a page: `first`, `prev`, `next`, `last` as absolute URLs with all parameters as sent but
 * for `page`. `prev` and `next` are there only where such a page has users; `first` and `last` give way where the URLs
 * are so long that a client might refuse the answer.
 */
export function pageLinks(call: Pick<PublicCall, 'origin' | 'path' | 'query'>, at: PageOfList): string {
  const last = Math.max(1, Math.ceil(at.total / at.pageSize))
  const near: [relation: string, page: number][] = []
  if (at.page > 1) near.push(['prev', Math.min(at.page - 1, last)])
  if (at.page < last) near.push(['next', at.page + 1])
  const header = written(call, [['first', 1], ...near, ['last', last]])
  return header.length <= LENGTH_MAX ? header : written(call, near)
}

function written(
  call: Pick<PublicCall, 'origin' | 'path' | 'query'>,
  links: readonly (readonly [relation: string, page: number])[],
): string {
  return links.map(([relation, page]) => `<${pageUrl(call, page)}>; rel="${relation}"`).join(', ')
}

function pageUrl({ origin, path, query }: Pick<PublicCall, 'origin' | 'path' | 'query'>, page: number): string {
  const kept = query.filter(([name]) => name !== 'page')
  const pairs = [...kept, ['page', String(page)] as const]
  return `${origin}${path}?${pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`
}
