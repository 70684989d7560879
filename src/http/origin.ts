import type { IncomingMessage } from 'node:http'
import { invalid } from '../core/error.ts'
import type { Sender } from './sender.ts'

// RFC 3986 §3.2.2 as far as hosts are used: names, IPv4 and bracketed IPv6, and a port.
const HOST = /^(?:[\w.-]{1,255}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i

/**
 * What precedes paths in links: the public URL, else what the client called the server. Throws for no possible host, and for a
 * protocol other than http and https.
 */
export function originOf(publicUrl: string | null, { protocol, host }: Sender, request: IncomingMessage): string {
  if (publicUrl !== null) return publicUrl
  if (protocol !== 'http' && protocol !== 'https') {
    const name = 'X-Forwarded-Proto'
    throw invalid('value', `${name} must be http or https.`, { in: 'header', name, allowed: ['http', 'https'] })
  }
  if (host !== undefined && HOST.test(host)) return `${protocol}://${host}`
  const { headers, httpVersion, socket } = request
  // RFC 9112 §3.2: only HTTP/1.0 may do without.
  if (host === undefined && httpVersion === '1.0')
    return `${protocol}://${socket.localAddress ?? ''}:${socket.localPort ?? 80}`
  const name = host === headers.host ? 'Host' : 'X-Forwarded-Host'
  throw invalid('format', `${name} must be a name or address, and a port.`, { in: 'header', name })
}
