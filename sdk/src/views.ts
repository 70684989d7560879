import type { CallOptions, Exchange } from './exchange.ts'
import type * as wire from './wire.ts'

/** Saved views: the caller's own, and those that others share. */
export function viewsOf(ask: Exchange) {
  type Draft = { readonly name: string; readonly query: string; readonly isShared: boolean }
  return {
    list: (call?: CallOptions) => ask<wire.SavedViewList>('GET', '/v1/views', call),
    get: (id: string, call?: CallOptions) => ask<wire.SavedView>('GET', `/v1/views/${encodeURIComponent(id)}`, call),
    create: (body: Draft) => ask<wire.SavedView>('POST', '/v1/views', { body }),
    /** With a revision only where the view is still of that revision (412 otherwise). */
    update: (id: string, body: Partial<Draft>, ifRevision?: number) =>
      ask<wire.SavedView>('PATCH', `/v1/views/${encodeURIComponent(id)}`, {
        body,
        mediaType: 'application/merge-patch+json',
        ...(ifRevision === undefined ? {} : { ifRevision }),
      }),
    /** A revision is insisted on as by `update`. */
    remove: (id: string, ifRevision?: number) =>
      ask<undefined>('DELETE', `/v1/views/${encodeURIComponent(id)}`, ifRevision === undefined ? {} : { ifRevision }),
  }
}
