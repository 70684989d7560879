import {
  openExchange,
  openSend,
  queryText,
  type CallOptions,
  type ClientOptions,
  type Exchange,
  type Send,
} from './exchange.ts'
import type * as wire from './wire.ts'

/** What `openClient` makes. */
export type Client = ReturnType<typeof openClient>

/** A client of one server's `/v1`. Every method answers with what the server said, or throws RollcallFault. */
export function openClient(options: ClientOptions = {}) {
  const send = openSend(options)
  const ask = openExchange(send)
  return {
    me: (call?: CallOptions) => ask<wire.Me>('GET', '/v1/me', call),
    users: usersOf(ask, send, options.url ?? ''),
    customers: customersOf(ask),
    tokens: tokensOf(ask),
    session: sessionOf(ask),
    views: viewsOf(ask),
    imports: {
      detect: (body: { format: wire.ImportFormat; columns: readonly string[]; source?: string }, call?: CallOptions) =>
        ask<wire.ImportDetection>('POST', '/v1/imports/detection', { body, ...call }),
      write: (body: wire.ImportBatch, call?: CallOptions) =>
        ask<{ readonly results: readonly wire.ImportResult[]; readonly revision: number }>('POST', '/v1/imports', {
          body,
          ...call,
        }),
    },
    /** The browser sessions of a user are together in one line unless each is asked for. */
    activity: (query: { from?: string; to?: string; sessions?: 'together' | 'each' } = {}, call?: CallOptions) =>
      ask<wire.Activity>('GET', '/v1/activity', { query, ...call }),
    settings: (call?: CallOptions) => ask<wire.SettingList>('GET', '/v1/settings', call),
  }
}

function usersOf(ask: Exchange, send: Send, url: string) {
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

function customersOf(ask: Exchange) {
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

function tokensOf(ask: Exchange) {
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
    get: (id: string, call?: CallOptions) => ask<wire.Token>('GET', `/v1/tokens/${encodeURIComponent(id)}`, call),
    /** The secret is in this answer and nowhere else. */
    issue: (body: wire.TokenDraft) => ask<wire.Token & { readonly secret: string }>('POST', '/v1/tokens', { body }),
    revoke: (id: string) => ask<wire.Token>('DELETE', `/v1/tokens/${encodeURIComponent(id)}`),
  }
}

function sessionOf(ask: Exchange) {
  return {
    isSetUp: (call?: CallOptions) => ask<{ readonly isSetUp: boolean }>('GET', '/v1/setup', call),
    setUp: (body: { readonly secret: string; readonly user: wire.UserDraft; readonly password: string }) =>
      ask<wire.Me>('POST', '/v1/setup', { body }),
    begin: (body: { readonly identifier: string; readonly password: string } | { readonly token: string }) =>
      ask<wire.Me>('POST', '/v1/session', { body }),
    end: () => ask<undefined>('DELETE', '/v1/session'),
    list: (call?: CallOptions) => ask<{ readonly sessions: readonly wire.Session[] }>('GET', '/v1/sessions', call),
    revoke: (id: string) => ask<undefined>('DELETE', `/v1/sessions/${encodeURIComponent(id)}`),
    changePassword: (body: { readonly current: string; readonly new: string }) =>
      ask<undefined>('PUT', '/v1/me/password', { body }),
  }
}

function viewsOf(ask: Exchange) {
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
