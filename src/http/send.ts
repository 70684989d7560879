import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate as afterTurn } from 'node:timers'
import { setImmediate } from 'node:timers/promises'
import { giveBack } from '../dialects/give-back.ts'

/** A request body no larger than this is read and dropped after a refusal, so that the connection can be used again. */
const DROPPED_BYTES_MAX = 64 * 1024
/** How much of a larger one is still taken in, and for how long, so that its sender gets to read the refusal. */
const LINGER_BYTES_MAX = 8 * 1024 * 1024
const LINGER_MS = 500

/** Whether the rest of a request is too much to read only to drop it; its connection ends with the answer. */
export function isLeftUnread(request: IncomingMessage): boolean {
  if (request.complete) return false
  const { headers } = request
  if (headers['transfer-encoding'] !== undefined) return true
  return Number(headers['content-length'] ?? 0) > DROPPED_BYTES_MAX
}

/**
 * Ends an answer on a connection with bytes that nobody will read. Closing at once would reset it, and the answer could
 * be lost on its way; so what comes is dropped for a moment, until the client closes or stops.
 */
export function endLingering(
  request: IncomingMessage,
  response: ServerResponse,
  pieces: readonly Uint8Array[] | null,
): void {
  if (pieces === null) response.flushHeaders()
  else for (const piece of pieces) response.write(piece)
  let dropped = 0
  const end = (): void => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, LINGER_MS)
  request.once('end', end).once('close', end)
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length
    if (dropped > LINGER_BYTES_MAX) request.pause()
  })
}

/**
 * Sends pieces as one, and gives their memory back unless they are shared with other answers. Whole answers go out together, at
 * the end of the turn of the event loop that made them: a client on the same machine, as a proxy is, is then woken once for
 * all of them, and to wake it costs as much as to make a kept answer.
 */
export function sendPieces(response: ServerResponse, pieces: readonly Uint8Array[] | null, isShared: boolean): void {
  if (ready.length === 0) afterTurn(sendReady)
  ready.push({ response, pieces: pieces ?? [], isShared })
  if (ready.length >= READY_MAX) sendReady()
}

interface ReadyPieces {
  readonly response: ServerResponse
  readonly pieces: readonly Uint8Array[]
  readonly isShared: boolean
}

/** So many are never made to wait for one more. */
const READY_MAX = 16
let ready: ReadyPieces[] = []
let waiting: (() => void)[] = []

/** Does something once all whole answers that are ready have been sent; at once where none is. */
export function afterSending(work: () => void): void {
  if (ready.length === 0) work()
  else waiting.push(work)
}

function sendReady(): void {
  const sending = ready
  const works = waiting
  ready = []
  waiting = []
  for (const { response, pieces, isShared } of sending) {
    const last = pieces.at(-1)
    response.cork()
    for (const piece of pieces) if (piece !== last) response.write(piece)
    response.end(last, isShared ? undefined : () => pieces.forEach(giveBack))
  }
  for (const work of works) work()
}

/** The first piece of a stream and the stream from there on. */
export interface OpenStream {
  readonly first: string | undefined
  readonly rest: AsyncIterator<string>
}

/** Takes the first piece, so that a stream that fails at once can still be answered with an error. */
export async function openStream(body: AsyncIterable<string>): Promise<OpenStream> {
  const rest = body[Symbol.asyncIterator]()
  const first = await rest.next()
  return { first: first.done ? undefined : first.value, rest }
}

/**
 * Sends a stream piece by piece, never faster than the client reads, and lets other requests have their turn between two
 * pieces; stops asking for more once the client is gone. The number of bytes sent. Throws what the stream throws, or what
 * `assertGoesOn` does between two pieces; the answer is then cut off without its end, so that nobody takes it for whole.
 */
export async function sendStream(
  response: ServerResponse,
  { first, rest }: OpenStream,
  assertGoesOn: () => Promise<void> | null = () => null,
): Promise<number> {
  let bytes = 0
  let piece = first
  try {
    while (piece !== undefined && !response.destroyed) {
      bytes += Buffer.byteLength(piece)
      if (!response.write(piece)) await drained(response)
      await turn()
      const asserted = assertGoesOn()
      if (asserted !== null) await asserted
      const next = await rest.next()
      piece = next.done ? undefined : next.value
    }
  } catch (error) {
    response.destroy()
    throw error
  } finally {
    if (piece !== undefined) await closeStream(rest)
  }
  response.end()
  return bytes
}

/** Lets a stream that is not read to its end give back what it holds. */
export async function closeStream(rest: AsyncIterator<string>): Promise<void> {
  await rest.return?.()
}

let turns: Promise<unknown> = Promise.resolve()

/**
 * Waits for a turn of the event loop of one's own. A store in this process and a client that keeps up make a stream that
 * never waits, and whatever else arrives would wait for its end. So each piece has a turn, and of many streams only one
 * piece is made in each.
 */
export function turn(): Promise<unknown> {
  turns = turns.then(() => setImmediate())
  return turns
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go)
      resolve()
    }
    if (response.destroyed) go()
    else response.on('drain', go).on('close', go)
  })
}
