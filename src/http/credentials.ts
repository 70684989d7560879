import type { IncomingMessage } from 'node:http'
import type { KnownCaller } from './authentication.ts'
import { assertOwnPage } from './cross-site.ts'
import type { Exchange } from './exchange.ts'
import type { Serving } from './serving.ts'
import { sessionIn } from './session-cookie.ts'

/**
 * Who asks: by the `Authorization` header, or where none is sent by the session in a cookie; at once when it is remembered. Throws
 * `unauthenticated`, and `forbidden` for a request in a session that another site may have made a browser send.
 */
export function callerOf(
  { authentication }: Serving,
  exchange: Exchange,
  now: { readonly revision: number; readonly nowMs: number },
): KnownCaller | Promise<KnownCaller> {
  const { request, mounted, origin, sender } = exchange
  const { authorization, cookie } = request.headers
  const at = { ...now, remoteAddress: sender.address }
  const session = authorization === undefined && cookie !== undefined ? sessionIn(cookie, origin) : undefined
  if (session === undefined) return authentication.caller(authorization, mounted.dialect.bareTokens === true, at)
  exchange.isInSession = true
  if (!READING.includes(request.method)) assertOwnPage((name) => headerOf(request, name), origin)
  return authentication.session(session, at)
}

const READING: readonly (string | undefined)[] = ['GET', 'HEAD']

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}
