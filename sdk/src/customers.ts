import type { CallOptions, Exchange } from './exchange.ts'
import type * as wire from './wire.ts'

/** The customers: as a list, as a tree, and one by one. */
export function customersOf(ask: Exchange) {
  const mergePatch = 'application/merge-patch+json'
  return {
    /** A page of customers, parents before children. */
    list: (query: wire.CustomerQuery = {}, call?: CallOptions) =>
      ask<wire.CustomerList>('GET', '/v1/customers', { query: { ...query }, ...call }),
    tree: (call?: CallOptions) =>
      ask<{ readonly customers: readonly wire.CustomerNode[]; readonly revision: number }>(
        'GET',
        '/v1/customers/tree',
        call,
      ),
    get: (id: number, call?: CallOptions) => ask<wire.Customer>('GET', `/v1/customers/${id}`, call),
    create: (
      body: { readonly code: string; readonly name: string; readonly parentId: number | null },
      call?: CallOptions,
    ) => ask<wire.Customer>('POST', '/v1/customers', { body, ...call }),
    /** With a revision only where the customer is still of that revision (412 otherwise). */
    update: (
      id: number,
      body: { readonly code?: string; readonly name?: string; readonly parentId?: number | null },
      ifRevision?: number,
    ) =>
      ask<wire.Customer>('PATCH', `/v1/customers/${id}`, {
        body,
        mediaType: mergePatch,
        ...(ifRevision === undefined ? {} : { ifRevision }),
      }),
    /** A revision is insisted on as by `update`. */
    remove: (id: number, ifRevision?: number) =>
      ask<undefined>('DELETE', `/v1/customers/${id}`, ifRevision === undefined ? {} : { ifRevision }),
  }
}
