import { faultOf, unanswered } from './fault.ts'

/** Where a directory is, and who asks. */
export interface ClientOptions {
  /** Origin of the server, `https://directory.example.com`; the page's own where it is left out. */
  readonly url?: string
  /** A bearer token; without it a browser sends its session. */
  readonly token?: string
  /** Headers on every request. */
  readonly headers?: Readonly<Record<string, string>>
  readonly fetch?: typeof fetch
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

interface Question extends CallOptions {
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly mediaType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One request and its JSON answer. Throws RollcallFault; an aborted one throws what `fetch` throws. */
export type Exchange = <T>(method: string, path: string, question?: Question) => Promise<T>

export function openExchange(options: ClientOptions): Exchange {
  const { url = '', token, fetch: send = globalThis.fetch.bind(globalThis) } = options
  return async <T>(method: string, path: string, question: Question = {}): Promise<T> => {
    const headers = new Headers({ accept: 'application/json', ...options.headers, ...question.headers })
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    const init: RequestInit = { method, headers, ...(question.signal ? { signal: question.signal } : {}) }
    if (question.body !== undefined) {
      headers.set('content-type', question.mediaType ?? 'application/json')
      init.body = JSON.stringify(question.body)
    }
    const answer = await send(url + path + queryText(question.query), init).catch((error: unknown) => {
      if (question.signal?.aborted === true) throw error
      throw unanswered(error)
    })
    if (!answer.ok) throw await faultOf(answer)
    return (answer.status === 204 ? undefined : await answer.json()) as T
  }
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
