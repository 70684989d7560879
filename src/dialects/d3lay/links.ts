import type { PublicCall } from '../dialect.ts'

/** A page of a list counted from 1. */
export interface PageOfList {
  readonly page: number
  readonly pageSize: number
  readonly total: number
}

/**
 * The Link header (RFC 8288) of a page: `first`, `prev`, `next`, `last` as absolute URLs with all parameters as sent but
 * for `page`. `prev` and `next` are there only where such a page has users.
 */
export function pageLinks(call: Pick<PublicCall, 'origin' | 'path' | 'query'>, at: PageOfList): string {
  const last = Math.max(1, Math.ceil(at.total / at.pageSize))
  const links: [relation: string, page: number][] = [['first', 1]]
  if (at.page > 1) links.push(['prev', Math.min(at.page - 1, last)])
  if (at.page < last) links.push(['next', at.page + 1])
  links.push(['last', last])
  return links.map(([relation, page]) => `<${pageUrl(call, page)}>; rel="${relation}"`).join(', ')
}

function pageUrl({ origin, path, query }: Pick<PublicCall, 'origin' | 'path' | 'query'>, page: number): string {
  const kept = query.filter(([name]) => name !== 'page')
  const pairs = [...kept, ['page', String(page)] as const]
  return `${origin}${path}?${pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`
}
