import { customersOf } from './customers.ts'
import { openExchange, openSend, type CallOptions, type ClientOptions } from './exchange.ts'
import { sessionOf } from './session.ts'
import { tokensOf } from './tokens.ts'
import { usersOf } from './users.ts'
import { viewsOf } from './views.ts'
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
