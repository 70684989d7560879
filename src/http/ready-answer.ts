import type { Answer } from '../dialects/dialect.ts'
import { answerHeaders, headerOf } from './headers.ts'
import { openStream, type OpenStream } from './send.ts'

/** An answer as it goes out, but for the headers that belong to one request. */
export interface ReadyAnswer {
  readonly status: number
  /** Name, value, name, value. */
  readonly headers: readonly string[]
  readonly etag: string | undefined
  /** Pieces, to be sent one after another; a stream; or nothing. */
  readonly body: readonly Uint8Array[] | OpenStream | null
  /** Whether the body is kept to be sent again. */
  readonly isShared?: boolean
}

/** An answer whose body is all there. */
export type WholeAnswer = ReadyAnswer & { readonly body: readonly Uint8Array[] }

/**
 * Makes a dialect's answer ready; `etag` is what it gets when it brings none. A stream gets none: it may be read over
 * several revisions.
 */
export async function readyAnswer(answer: Answer, etag?: string): Promise<ReadyAnswer> {
  const tag = headerOf(answer, 'etag') ?? (isStream(answer.body) ? undefined : etag)
  const ready = { status: answer.status, headers: answerHeaders(answer, tag), etag: tag }
  const body = await readyBody(answer.body)
  return answer.isShared === true ? { ...ready, body, isShared: true } : { ...ready, body }
}

/** An answer that says only that the caller has the right one already, which varies by the same headers (RFC 9110 §15.4.5). */
export function notModified(etag: string, vary: string | undefined): ReadyAnswer {
  const headers = vary === undefined ? {} : { vary }
  return { status: 304, headers: answerHeaders({ status: 304, headers, body: null }, etag), etag, body: null }
}

/** Whether the body of an answer is pieces that are all there. */
export function isWhole(answer: ReadyAnswer): answer is WholeAnswer {
  return Array.isArray(answer.body)
}

/** The length of pieces one after another. */
export function lengthOf(pieces: readonly Uint8Array[]): number {
  let length = 0
  for (const piece of pieces) length += piece.byteLength
  return length
}

function isStream(body: Answer['body']): body is AsyncIterable<string> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

function readyBody(body: Answer['body']): readonly Uint8Array[] | null | Promise<OpenStream> {
  if (body === null) return null
  if (isStream(body)) return openStream(body)
  return typeof body === 'string' ? [Buffer.from(body)] : body
}
