import { queryText, type CallOptions, type Exchange, type Send } from './exchange.ts'
import type * as wire from './wire.ts'

/** The users of a directory: lists, one by one, many at once, their histories and files, and their right to sign in. */
export function usersOf(ask: Exchange, send: Send, url: string) {
  const list = <const Q extends wire.PageQuery = wire.PageQuery>(query?: Q, call?: CallOptions) =>
    ask<wire.UserPage<wire.Shown<Q>>>('GET', '/v1/users', { ...(query === undefined ? {} : { query }), ...call })
  /** Page after page to the end; a page by cursor costs the same wherever it lies. */
  async function* pages<const Q extends wire.PageQuery>(query?: Q, call?: CallOptions) {
    let { cursor } = query ?? {}
    do {
      const page = await list<Q>((cursor === undefined ? query : { ...query, cursor }) as Q, call)
      yield page
      cursor = page.page.next
    } while (cursor !== undefined)
  }
  return {
    /** One page; `fields` narrows what a user is typed as. */
    list,
    /** The same asked with JSON, for queries that are too long for a URL, or that no log should have. */
    query: <const Q extends wire.PageQuery>(query: Q, call?: CallOptions) =>
      ask<wire.UserPage<wire.Shown<Q>>>('POST', '/v1/users/query', { body: query, ...call }),
    pages,
    /** User after user to the end. */
    async *each<const Q extends wire.PageQuery>(query?: Q, call?: CallOptions) {
      for await (const page of pages<Q>(query, call)) yield* page.users
    },
    /** One user; a deleted one only where it is asked for. */
    get: (id: string, { includeDeleted, ...call }: CallOptions & { readonly includeDeleted?: boolean } = {}) =>
      ask<wire.User>('GET', `/v1/users/${encodeURIComponent(id)}`, { query: { includeDeleted }, ...call }),
    create: (user: wire.UserDraft, call?: CallOptions) => ask<wire.User>('POST', '/v1/users', { body: user, ...call }),
    /** A merge patch; with a revision only where the user is still of that revision (412 otherwise). */
    update: (id: string, patch: wire.UserDraft, ifRevision?: number, call?: CallOptions) =>
      ask<wire.User>('PATCH', `/v1/users/${encodeURIComponent(id)}`, {
        body: ifRevision === undefined ? patch : { ...patch, revision: ifRevision },
        mediaType: 'application/merge-patch+json',
        ...call,
      }),
    /** Puts everything that is not sent back to its default; with a revision only where the user is still of that one. */
    replace: (id: string, user: wire.UserDraft, ifRevision?: number, call?: CallOptions) =>
      ask<wire.User>('PUT', `/v1/users/${encodeURIComponent(id)}`, {
        body: ifRevision === undefined ? user : { ...user, revision: ifRevision },
        ...call,
      }),
    /** Gives the status `deleted`; `restore` takes it back. A revision is insisted on as by `update`. */
    remove: (id: string, ifRevision?: number, call?: CallOptions) =>
      ask<wire.User>('DELETE', `/v1/users/${encodeURIComponent(id)}`, {
        ...(ifRevision === undefined ? {} : { ifRevision }),
        ...call,
      }),
    restore: (id: string, ifRevision?: number, call?: CallOptions) =>
      ask<wire.User>('POST', `/v1/users/${encodeURIComponent(id)}/restore`, {
        ...(ifRevision === undefined ? {} : { ifRevision }),
        ...call,
      }),
    /** A page of the versions of a user, newest first. */
    history: (id: string, query: wire.RowPageQuery = {}, call?: CallOptions) =>
      ask<wire.UserHistory>('GET', `/v1/users/${encodeURIComponent(id)}/history`, {
        query: { ...query },
        ...call,
      }),
    wire: (id: string, call?: CallOptions) => ask<wire.Wire>('GET', `/v1/users/${encodeURIComponent(id)}/wire`, call),
    /** Up to 1000 operations: all or nothing unless `atomic` is false; then each has its own result. */
    batch: (
      body: {
        readonly operations: readonly wire.BatchOperation[]
        readonly atomic?: boolean
        readonly dryRun?: boolean
      },
      call?: CallOptions,
    ) =>
      ask<{ readonly results: readonly wire.BatchResult[]; readonly revision: number }>('POST', '/v1/users/batch', {
        body,
        ...call,
      }),
    /** Where the same list is streamed as a file. */
    exportUrl: (query: wire.ExportQuery) => `${url.replace(/\/$/, '')}/v1/users/export${queryText(query)}`,
    /** The bytes of that file as they come. What ends early throws while it is read. */
    async export(query: wire.ExportQuery, call?: CallOptions): Promise<ReadableStream<Uint8Array>> {
      const { body } = await send('GET', '/v1/users/export', { query, accept: '*/*', ...call })
      return body ?? new ReadableStream({ start: (controller) => controller.close() })
    },
    /** When a user was last there, as far as the caller may know; null for never. */
    lastSeen: (id: string, call?: CallOptions) =>
      ask<{ readonly lastSeenAt: wire.Instant | null; readonly revision: number }>(
        'GET',
        `/v1/users/${encodeURIComponent(id)}/last-seen`,
        call,
      ),
    signIn: (id: string, call?: CallOptions) =>
      ask<wire.SignIn>('GET', `/v1/users/${encodeURIComponent(id)}/sign-in`, call),
    allowSignIn: (
      id: string,
      body: {
        readonly permissions: readonly wire.Permission[]
        readonly scope: wire.Scope
        readonly password?: string
      },
    ) => ask<wire.SignIn>('PUT', `/v1/users/${encodeURIComponent(id)}/sign-in`, { body }),
    refuseSignIn: (id: string) => ask<undefined>('DELETE', `/v1/users/${encodeURIComponent(id)}/sign-in`),
  }
}
