import type { CallOptions, Exchange } from './exchange.ts'
import type * as wire from './wire.ts'

/** Setting up, signing in and out, and the caller's own sessions and password. */
export function sessionOf(ask: Exchange) {
  return {
    isSetUp: (call?: CallOptions) => ask<{ readonly isSetUp: boolean }>('GET', '/v1/setup', call),
    setUp: (body: { readonly secret: string; readonly user: wire.UserDraft; readonly password: string }) =>
      ask<wire.Me>('POST', '/v1/setup', { body }),
    /** Who is signed in by cookie; null for nobody, which is no fault. */
    current: (call?: CallOptions) => ask<{ readonly me: wire.Me | null }>('GET', '/v1/session', call),
    begin: (body: { readonly identifier: string; readonly password: string } | { readonly token: string }) =>
      ask<wire.Me>('POST', '/v1/session', { body }),
    end: () => ask<undefined>('DELETE', '/v1/session'),
    list: (call?: CallOptions) => ask<wire.SessionList>('GET', '/v1/sessions', call),
    revoke: (id: string) => ask<undefined>('DELETE', `/v1/sessions/${encodeURIComponent(id)}`),
    changePassword: (body: { readonly current: string; readonly new: string }) =>
      ask<undefined>('PUT', '/v1/me/password', { body }),
  }
}
