import type { CallOptions, Exchange } from './exchange.ts'
import type * as wire from './wire.ts'

/** The customers: as a list, as a tree, and one by one. */
export function customersOf(ask: Exchange) {
  const mergePatch = 'application/merge-patch+json'
  return {
    list: (call?: CallOptions) => ask<{ readonly customers: readonly wire.Customer[] }>('GET', '/v1/customers', call),
    tree: (call?: CallOptions) =>
      ask<{ readonly customers: readonly wire.CustomerNode[] }>('GET', '/v1/customers/tree', call),
    get: (id: number, call?: CallOptions) => ask<wire.Customer>('GET', `/v1/customers/${id}`, call),
    create: (
      body: { readonly code: string; readonly name: string; readonly parentId: number | null },
      call?: CallOptions,
    ) => ask<wire.Customer>('POST', '/v1/customers', { body, ...call }),
    update: (id: number, body: { readonly code?: string; readonly name?: string; readonly parentId?: number | null }) =>
      ask<wire.Customer>('PATCH', `/v1/customers/${id}`, { body, mediaType: mergePatch }),
    remove: (id: number) => ask<undefined>('DELETE', `/v1/customers/${id}`),
  }
}
