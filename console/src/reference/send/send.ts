import { isHeader, type HttpRequest } from '../curl/request.ts'

/** What came back. */
export interface Answer {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly mediaType: string
  readonly text: string
  /** Of the body as far as it was read, decompressed. */
  readonly bytes: number
  /** Whether there was more than is kept. */
  readonly isCut: boolean
  /** Until the head was there, and until the body was. */
  readonly headMs: number
  readonly totalMs: number
  /** Unix milliseconds. */
  readonly receivedMs: number
}

/** What is kept of a body: enough to look at, little enough for a page. */
export const BODY_BYTES_MAX = 2_000_000

/**
 * Sends a request from this page. The browser's session goes along only where it is asked for, and then nothing else says who
 * asks. Rejects where nothing comes back.
 */
export async function send(request: HttpRequest, isSession: boolean, signal: AbortSignal): Promise<Answer> {
  const { method, url, headers, body } = request
  const own = isSession ? headers.filter(([name]) => !isHeader(name, 'Authorization')) : headers
  const sent = new Headers(own.map(([name, value]): [string, string] => [name, value]))
  if (isSession) sent.set('X-Rollcall-Console', '1')
  const startMs = performance.now()
  const response = await fetch(url, {
    method,
    headers: sent,
    body,
    signal,
    credentials: isSession ? 'same-origin' : 'omit',
    cache: 'no-store',
  })
  const headMs = performance.now() - startMs
  const { text, bytes, isCut } = await read(response)
  return {
    method,
    url,
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    mediaType: (response.headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '',
    text,
    bytes,
    isCut,
    headMs,
    totalMs: performance.now() - startMs,
    receivedMs: Date.now(),
  }
}

async function read(response: Response): Promise<Pick<Answer, 'text' | 'bytes' | 'isCut'>> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  if (!reader) return { text, bytes, isCut: false }
  for (;;) {
    const { value } = (await reader.read()) as { readonly value?: Uint8Array<ArrayBuffer> }
    if (value === undefined) return { text: text + decoder.decode(), bytes, isCut: false }
    const kept = value.subarray(0, BODY_BYTES_MAX - bytes)
    text += decoder.decode(kept, { stream: true })
    bytes += kept.length
    if (kept.length < value.length) {
      await reader.cancel()
      return { text, bytes, isCut: true }
    }
  }
}
