import { Agent, request } from 'node:http'

/** A request exactly as it is to be sent: nothing in the path is normalised, nothing is added but Host and length. */
export interface RawRequest {
  readonly method: string
  /** Path and query as they stand in the request line. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | null
}

/** An answer as it came. Header names in lower case, repeated ones joined by commas. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Sends requests to one server, on connections it keeps until it is closed. */
export interface Sender {
  send(request: RawRequest): Promise<RawAnswer>
  close(): void
}

/** A sender for a server's URL. */
export function sender(url: string): Sender {
  const agent = new Agent({ keepAlive: true })
  return { send: (one) => exchange(url, agent, one), close: () => agent.destroy() }
}

function exchange(url: string, agent: Agent, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const length = body === null || body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sent = request({ hostname, port, method, path, agent, headers: { ...length, ...headers } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
          ),
          text: Buffer.concat(chunks).toString('utf8'),
        })
      })
    })
    // A server that refuses a body early may close before all of it is written; an answer that came is kept.
    sent.on('error', reject)
    sent.end(body ?? undefined)
  })
}
