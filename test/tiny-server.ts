import { randomBytes } from 'node:crypto'
import { createConnection } from 'node:net'
import type { View } from '../src/core/directory.ts'
import type { Directory } from '../src/core/directory.ts'
import { operator } from '../src/core/principal.ts'
import type { Store } from '../src/core/store.ts'
import { createDirectory } from '../src/core/view.ts'
import type { Dialect, GuardedRoute, PublicRoute, Route } from '../src/dialects/dialect.ts'
import type { Operation } from '../src/dialects/operation.ts'
import { statusOf } from '../src/dialects/status.ts'
import type { Event } from '../src/http/event.ts'
import { openServer, type Server } from '../src/http/server.ts'
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../src/http/settings.ts'
import { generateSigningJwk, openSigningKey, type SigningKey } from '../src/http/signing.ts'
import { openStore } from '../src/storage/index.ts'
import { sender, type RawAnswer, type RawRequest } from './request.ts'

export interface TinyOptions {
  readonly routes: readonly Route[]
  /** What the dialect has beside its routes. */
  readonly dialect?: Partial<Dialect>
  readonly settings?: Partial<ServerSettings>
  /** Stands in for the store the server is given, over the real one. */
  readonly store?: (store: Store) => Store
  readonly now?: () => number
  /** The folder of built pages. */
  readonly consoleFolder?: string
}

/** A server of one small dialect over a real directory, in which what happens can be looked at. */
export interface TinyServer {
  readonly url: string
  readonly port: number
  readonly server: Server
  readonly directory: Directory
  readonly store: Store
  readonly signing: SigningKey
  /** The directory as the operator sees it. */
  readonly view: View
  /** The user all tokens belong to. */
  readonly userId: string
  /** A token with `users:read`. */
  readonly secret: string
  readonly tokenId: string
  readonly events: readonly Event[]
  /** Sends a request, with the token unless the headers bring another. */
  send(request: Partial<RawRequest> & { readonly path: string }): Promise<RawAnswer>
  /** Sends bytes as they are and gives what comes back until the server closes the connection. */
  sendBytes(...pieces: readonly (string | Uint8Array)[]): Promise<string>
  close(): Promise<void>
}

/** The settings of a tiny server unless a test says otherwise: no limits, no waiting. */
export const TINY_SETTINGS: ServerSettings = {
  ...DEFAULT_SERVER_SETTINGS,
  port: 0,
  rateLimits: { profile: 'default', requestsPerMinute: 0, failuresPerMinute: 0 },
  timeouts: { ...DEFAULT_SERVER_SETTINGS.timeouts, drainNoticeMs: 0 },
}

export async function openTiny(options: TinyOptions): Promise<TinyServer> {
  const now = options.now ?? Date.now
  const opened = await openStore('sqlite::memory:')
  const store = options.store?.(opened) ?? opened
  const directory = createDirectory({ store, now, randomBytes, cursorKey: randomBytes(32) })
  const view = directory.as(operator(1))
  await view.createCustomer({ id: 1, code: 'root', name: 'Root' })
  const user = await view.createUser({ identifier: 'caller', fullName: 'Caller', email: 'caller@example.com' })
  const draft = { name: 'test', userId: user.id, permissions: ['users:read'], scope: 'all', expiresAt: null } as const
  const { token, secret } = await view.issueToken(draft)
  const events: Event[] = []
  const signing = await signingKey()
  const server = await openServer({
    directory,
    store,
    dialects: [tinyDialect(options)],
    signing,
    settings: { ...TINY_SETTINGS, ...options.settings },
    log: { write: (event) => void events.push(event), flush: () => Promise.resolve() },
    now,
    ...(options.consoleFolder === undefined ? {} : { consoleFolder: options.consoleFolder }),
  })
  const requests = sender(server.url)
  const port = Number(new URL(server.url).port)
  return {
    url: server.url,
    port,
    server,
    directory,
    store,
    signing,
    view,
    userId: user.id,
    secret,
    tokenId: token.id,
    events,
    send: ({ method = 'GET', headers = {}, ...request }) =>
      requests.send({ method, headers: { authorization: `Bearer ${secret}`, ...headers }, ...request }),
    sendBytes: (...pieces) => sendBytes(port, pieces),
    async close() {
      requests.close()
      await server.close()
      await store.close()
    },
  }
}

/** An error as the tiny dialect says it. */
export interface TinyError {
  readonly tiny: string
  readonly reason?: string
  readonly message: string
  readonly where?: Readonly<Record<string, unknown>>
  readonly usage?: { readonly total: number; readonly today: number }
}

function tinyDialect({ routes, dialect }: TinyOptions): Dialect {
  return {
    name: 'tiny',
    title: 'Tiny',
    routes,
    owns: (path) => path.startsWith('/tiny'),
    vendorLimits: [],
    renderError(error, { usage }) {
      const { code: tiny, reason, message, where } = error
      return {
        status: statusOf(error),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tiny, reason, message, where, usage } satisfies Record<keyof TinyError, unknown>),
      }
    },
    ...dialect,
  }
}

const operationOf = (id: string): Operation => ({ id, summary: id, parameters: [], responses: [], refusals: [] })

/** A route that needs a token with `users:read`. */
export function guarded(path: string, route: Partial<GuardedRoute> & Pick<GuardedRoute, 'answer'>): GuardedRoute {
  return {
    method: 'GET',
    path,
    access: 'users:read',
    operation: operationOf(`${route.method ?? 'GET'} ${path}`),
    ...route,
  }
}

/** A route anyone may call. */
export function open(path: string, route: Partial<PublicRoute> & Pick<PublicRoute, 'answer'>): PublicRoute {
  return { method: 'GET', path, access: 'public', operation: operationOf(`${route.method ?? 'GET'} ${path}`), ...route }
}

let signing: Promise<SigningKey> | undefined

// Made once per process: finding large primes takes longer than everything else here.
function signingKey(): Promise<SigningKey> {
  signing ??= generateSigningJwk().then((jwk) => openSigningKey(jwk, { issuer: 'issuer', audience: 'audience' }))
  return signing
}

function sendBytes(port: number, pieces: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)))
    socket.on('close', () => resolve(text))
    for (const piece of pieces) socket.write(piece)
  })
}

/** The error in an answer of the tiny dialect. */
export function errorIn({ text }: RawAnswer): TinyError {
  return JSON.parse(text) as TinyError
}
