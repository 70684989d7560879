import type { IncomingMessage } from 'node:http'
import { invalid, type DirectoryError } from '../core/error.ts'
import type { Sender } from './sender.ts'

// RFC 3986 §3.2.2 as far as hosts are used: names, IPv4 and bracketed IPv6, and a port.
const HOST = /^(?:[\w.-]{1,255}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i

// Almost every request names the host that the one before it has named.
let lastHost: string | undefined

/**
 * What precedes paths in links: the public URL, else what the client called the server. Throws for a `Host` that is absent or can
 * be none, whatever the public URL, and for a forwarded host or protocol that can be none.
 */
export function originOf(publicUrl: string | null, { protocol, host }: Sender, request: IncomingMessage): string {
  const { headers, httpVersion, socket } = request
  const own = headers.host
  // RFC 9112 §3.2: only HTTP/1.0 may do without.
  const isAllowed = own === undefined ? httpVersion === '1.0' : own === lastHost || HOST.test(own)
  if (!isAllowed) throw noHost('Host')
  lastHost = own
  if (publicUrl !== null) return publicUrl
  if (protocol !== 'http' && protocol !== 'https') {
    const name = 'X-Forwarded-Proto'
    throw invalid('value', `${name} must be http or https.`, { in: 'header', name, allowed: ['http', 'https'] })
  }
  if (host === undefined && own === undefined) {
    return `${protocol}://${socket.localAddress ?? ''}:${socket.localPort ?? 80}`
  }
  if (host === undefined || (host !== own && !HOST.test(host))) throw noHost('X-Forwarded-Host')
  return `${protocol}://${host}`
}

function noHost(name: 'Host' | 'X-Forwarded-Host'): DirectoryError {
  return invalid('format', `${name} must be one name or address, and a port.`, { in: 'header', name })
}
