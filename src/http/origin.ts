import type { IncomingMessage } from 'node:http'
import { invalid } from '../core/error.ts'

// RFC 3986 §3.2.2 as far as hosts are used: names, IPv4 and bracketed IPv6, and a port.
const HOST = /^(?:[\w.-]{1,255}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i

/** What precedes paths in links: the public URL, else what the client called the server. Throws for no possible host. */
export function originOf(publicUrl: string | null, request: IncomingMessage): string {
  if (publicUrl !== null) return publicUrl
  const { headers, httpVersion, socket } = request
  const { host } = headers
  if (host !== undefined && HOST.test(host)) return `http://${host}`
  // RFC 9112 §3.2: only HTTP/1.0 may do without.
  if (host === undefined && httpVersion === '1.0')
    return `http://${socket.localAddress ?? ''}:${socket.localPort ?? 80}`
  throw invalid('format', 'Host must be a name or address, and a port.', { in: 'header', name: 'Host' })
}
