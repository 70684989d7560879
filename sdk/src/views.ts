import type { CallOptions, Exchange } from './exchange.ts'
import type * as wire from './wire.ts'

/** Saved views: the caller's own, and those that others share. */
export function viewsOf(ask: Exchange) {
  type Draft = { readonly name: string; readonly query: string; readonly isShared: boolean }
  return {
    list: (call?: CallOptions) => ask<{ readonly views: readonly wire.SavedView[] }>('GET', '/v1/views', call),
    create: (body: Draft) => ask<wire.SavedView>('POST', '/v1/views', { body }),
    update: (id: string, body: Partial<Draft>) =>
      ask<wire.SavedView>('PATCH', `/v1/views/${encodeURIComponent(id)}`, {
        body,
        mediaType: 'application/merge-patch+json',
      }),
    remove: (id: string) => ask<undefined>('DELETE', `/v1/views/${encodeURIComponent(id)}`),
  }
}
