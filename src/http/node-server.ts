import { createServer, type RequestListener, type Server } from 'node:http'
import type { ServerSettings } from './settings.ts'

/** How often connections are checked against their time limits. */
const CHECK_INTERVAL_MS = 1000

/** Node's server with every limit set, strict about what a request is. */
export function nodeServer({ timeouts, headBytesMax }: ServerSettings, listener: RequestListener): Server {
  const server = createServer(
    {
      maxHeaderSize: headBytesMax,
      headersTimeout: timeouts.headMs,
      requestTimeout: timeouts.requestMs,
      keepAliveTimeout: timeouts.keepAliveMs,
      connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, timeouts.headMs),
      insecureHTTPParser: false,
      // A request without one is refused in its dialect's words.
      requireHostHeader: false,
      // Two of what may come once are one that is malformed, and refused where it is read; else the first would win unseen.
      joinDuplicateHeaders: true,
      noDelay: true,
    },
    listener,
  )
  server.setTimeout(timeouts.idleMs)
  // A client that asks before it sends its body is answered like any other, and told to go on once the body is wanted.
  server.on('checkContinue', (request, response) => server.emit('request', request, response))
  // RFC 9110 §10.1.1: an expectation that is not known may be ignored.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  return server
}
