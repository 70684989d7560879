import { setTimeout as sleep } from 'node:timers/promises'
import { CommandError, EXIT, messageOf } from '../command-error.ts'

/** A running server's `/v1`, as one caller. */
export interface Client {
  readonly url: string
  /**
   * The JSON answer. Waits and tries again where the server asks for it and, for what may be sent twice, where the
   * network fails. Throws a sentence for a refusal.
   */
  readonly send: (method: 'GET' | 'POST' | 'DELETE', path: string, options?: SendOptions) => Promise<unknown>
  /** The bytes of an answer as they come. Throws a sentence for a refusal, and where the answer ends too early. */
  readonly read: (path: string) => Promise<AsyncIterable<Uint8Array>>
}

interface SendOptions {
  readonly body?: object
  /** Whether a second time does nothing more than the first. */
  readonly repeatable?: boolean
}

/** A refusal of the server: its sentence, and the HTTP status. */
export class ServerRefusal extends CommandError {
  readonly status: number

  constructor(status: number, message: string) {
    super(message, status === 401 || status === 403 ? EXIT.unauthorised : status === 404 ? EXIT.notFound : EXIT.failed)
    this.status = status
  }
}

const TRIES_MAX = 5
const FIRST_PAUSE_MS = 250
/** The longest a server may ask to wait before that is an error. */
const PAUSE_MAX_MS = 120_000

/** Makes a client of a server. Throws a sentence where there is no token to show. */
export function openClient(url: string, token: string | null): Client {
  if (token === null) {
    throw new CommandError(
      'A token is needed to talk to the server; put it in the environment variable ROLLCALL_TOKEN.',
      EXIT.unauthorised,
    )
  }
  const origin = url.replace(/\/$/, '')
  const attempt = async (method: string, path: string, body: object | undefined) => {
    const response = await fetch(origin + path, {
      method,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, wait: response.headers.get('retry-after'), text: await response.text() }
  }
  return {
    url: origin,
    async read(path) {
      const headers = { authorization: `Bearer ${token}` }
      const asked = fetch(origin + path, { redirect: 'error', headers })
      const response = await asked.catch((error: unknown) => Promise.reject(unreachable(origin, error)))
      if (response.status >= 300) throw refusalOf(response.status, await response.text())
      return whole(origin, response)
    },
    async send(method, path, { body, repeatable = false } = {}) {
      for (let tries = 1; ; tries++) {
        const pauseMs = FIRST_PAUSE_MS * 2 ** (tries - 1)
        try {
          const answer = await attempt(method, path, body)
          if (answer.status < 300) return answer.text === '' ? null : (JSON.parse(answer.text) as unknown)
          const asked = answer.status === 429 || answer.status === 503
          if (!asked || tries === TRIES_MAX) throw refusalOf(answer.status, answer.text)
          await sleep(Math.min(Math.max(Number(answer.wait ?? 0) * 1000, pauseMs), PAUSE_MAX_MS))
        } catch (error) {
          if (error instanceof CommandError) throw error
          if (!repeatable || tries === TRIES_MAX) throw unreachable(origin, error)
          await sleep(pauseMs)
        }
      }
    },
  }
}

async function* whole(origin: string, { body }: Response): AsyncGenerator<Uint8Array> {
  try {
    if (body !== null) yield* body
  } catch (error) {
    throw new CommandError(`The server at ${origin} broke off; not all of the answer came.`, EXIT.unavailable, error)
  }
}

function refusalOf(status: number, text: string): CommandError {
  const detail = detailOf(text) ?? `The server answered with status ${status}.`
  if (status >= 500 || status === 429) return new CommandError(detail, EXIT.unavailable)
  return new ServerRefusal(status, detail)
}

function detailOf(text: string): string | undefined {
  try {
    const problem = JSON.parse(text) as Readonly<Record<string, unknown>>
    return typeof problem['detail'] === 'string' ? problem['detail'] : undefined
  } catch {
    return undefined
  }
}

function unreachable(url: string, error: unknown): CommandError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : messageOf(cause)
  return new CommandError(`The server at ${url} does not answer (${code}).`, EXIT.unavailable, error)
}
