import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Who sent a request and what they called the server, as far as that is believed. */
export interface Sender {
  /** Of the connection; behind trusted proxies, the last one they name that is none of them. */
  readonly address: string
  /** What the client spoke; not looked at yet whether that can be. */
  readonly protocol: string
  readonly host: string | undefined
}

/** The sender of a request on a connection of its own. */
export function directSender({ socket, headers }: IncomingMessage): Sender {
  return { address: socket.remoteAddress ?? '', protocol: 'http', host: headers.host }
}

/**
 * The sender of a request that may have come through proxies: by `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host` where
 * the connection is a trusted proxy's, which the framework looks at.
 */
export function proxiedSender({ ip, protocol, host, raw }: FastifyRequest): Sender {
  const address = addressIn(ip) ?? raw.socket.remoteAddress ?? ''
  return { address, protocol: protocol.toLowerCase(), host: host === '' ? undefined : host }
}

// Some proxies name the port too, another one for each connection. What is no address at all would be a new sender each time.
function addressIn(text: string): string | undefined {
  const withoutPort = /^\[([\da-f:.]+)\](?::\d+)?$|^([\d.]+):\d+$/i.exec(text)
  const address = withoutPort?.[1] ?? withoutPort?.[2] ?? text
  return isIP(address) === 0 ? undefined : address
}
