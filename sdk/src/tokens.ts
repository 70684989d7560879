import type { CallOptions, Exchange } from './exchange.ts'
import type * as wire from './wire.ts'

/** The tokens the caller may see, and new ones. */
export function tokensOf(ask: Exchange) {
  const list = (query: wire.TokenQuery = {}, call?: CallOptions) =>
    ask<wire.TokenList>('GET', '/v1/tokens', { query: { ...query }, ...call })
  return {
    /** A page of tokens, oldest first. */
    list,
    /** All of them, page after page. */
    async all(query: wire.TokenQuery = {}, call?: CallOptions): Promise<readonly wire.Token[]> {
      const found: wire.Token[] = []
      let cursor: string | undefined
      do {
        const { tokens, page } = await list(
          { limit: 1000, ...query, ...(cursor === undefined ? {} : { cursor }) },
          call,
        )
        found.push(...tokens)
        cursor = page.next
      } while (cursor !== undefined)
      return found
    },
    get: (id: string, call?: CallOptions) => ask<wire.OneToken>('GET', `/v1/tokens/${encodeURIComponent(id)}`, call),
    /** The secret is in this answer and nowhere else. */
    issue: (body: wire.TokenDraft) => ask<wire.OneToken & { readonly secret: string }>('POST', '/v1/tokens', { body }),
    revoke: (id: string) => ask<wire.OneToken>('DELETE', `/v1/tokens/${encodeURIComponent(id)}`),
  }
}
