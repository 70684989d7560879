import { faultOf, unanswered, type RollcallFault } from './fault.ts'

/** Where a directory is, and who asks. */
export interface ClientOptions {
  /** Origin of the server, `https://directory.example.com`; the page's own where it is left out. */
  readonly url?: string
  /** A bearer token; without it a browser sends its session. */
  readonly token?: string
  /** Headers on every request. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * How often a request that the server refused for now (429, 503) is sent again, after the time it asked for, or at
   * most a minute. 0 where it is left out.
   */
  readonly retriesMax?: number
  readonly fetch?: typeof fetch
}

/** What every method takes as its last argument. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Where the server takes one: the same key with the same request is done once, and gets the first answer again. */
  readonly idempotencyKey?: string
  /** Asks for an answer of that revision of the directory or a later one (412 where it is not there yet). */
  readonly minRevision?: number
}

/** What is asked beside method and path. */
export interface Question extends CallOptions {
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly mediaType?: string
  readonly accept?: string
  /** Insists that what is written is still of that revision (412 otherwise). */
  readonly ifRevision?: number
}

/** One request and its JSON answer. Throws RollcallFault; an aborted one throws what `fetch` throws. */
export type Exchange = <T>(method: string, path: string, question?: Question) => Promise<T>

/** One request and its answer before the body is read. Throws like Exchange. */
export type Send = (method: string, path: string, question?: Question) => Promise<Response>

/** Makes the one place where requests are sent. */
export function openSend(options: ClientOptions): Send {
  const { url = '', retriesMax = 0, fetch: transport = globalThis.fetch.bind(globalThis) } = options
  return async (method, path, question = {}) => {
    const target = url.replace(/\/$/, '') + path + queryText(question.query)
    for (let retries = 0; ; retries++) {
      const answer = await transport(target, requestOf(method, question, options)).catch((error: unknown) => {
        if (question.signal?.aborted === true) throw error
        throw unanswered(error)
      })
      if (answer.ok) return answer
      const fault = await faultOf(answer)
      if (retries >= retriesMax || !isForNow(fault)) throw fault
      await pause(pauseMs(fault, retries), question.signal)
    }
  }
}

/** The same, with answers read as JSON; undefined where there is nothing to read. What breaks off or is no JSON is no answer. */
export function openExchange(send: Send): Exchange {
  return async <T>(method: string, path: string, question?: Question): Promise<T> => {
    const answer = await send(method, path, question)
    if (answer.status === 204) return undefined as T
    return (await answer.json().catch((error: unknown) => {
      if (question?.signal?.aborted === true) throw error
      throw unanswered(error)
    })) as T
  }
}

function requestOf(method: string, question: Question, options: ClientOptions): RequestInit {
  const { body, signal, idempotencyKey, minRevision, ifRevision } = question
  const headers = new Headers({ accept: question.accept ?? 'application/json', ...options.headers })
  if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`)
  if (idempotencyKey !== undefined) headers.set('idempotency-key', JSON.stringify(idempotencyKey))
  if (minRevision !== undefined) headers.set('if-min-revision', String(minRevision))
  if (ifRevision !== undefined) headers.set('if-match', `"${ifRevision}"`)
  if (body !== undefined) headers.set('content-type', question.mediaType ?? 'application/json')
  return {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }
}

// Both say that nothing was done, and that it may be done later.
function isForNow({ status }: RollcallFault): boolean {
  return status === 429 || status === 503
}

const PAUSE_MAX_MS = 60_000
const FIRST_PAUSE_MS = 250

function pauseMs({ retryAfterS }: RollcallFault, retries: number): number {
  return Math.min(retryAfterS === null ? FIRST_PAUSE_MS * 2 ** retries : retryAfterS * 1000, PAUSE_MAX_MS)
}

function pause(lengthMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      signal?.removeEventListener('abort', end)
      clearTimeout(timer)
      if (signal?.aborted === true) reject(signal.reason as Error)
      else resolve()
    }
    const timer = setTimeout(end, lengthMs)
    signal?.addEventListener('abort', end)
    if (signal?.aborted === true) end()
  })
}

type Parameter = string | number | boolean | null | undefined | readonly string[]

/** `?name=value…`, lists with commas between; nothing for what is undefined, null or an empty text. */
export function queryText(query: Readonly<Record<string, unknown>> = {}): string {
  const parameters = new URLSearchParams()
  // A list becomes text with commas between.
  for (const [name, value] of Object.entries(query as Readonly<Record<string, Parameter>>)) {
    const text = String(value ?? '')
    if (text !== '') parameters.set(name, text)
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}
