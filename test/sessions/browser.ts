import { operator, type Permission, type Scope } from '../../src/core/principal.ts'
import { startRollcall, type Rollcall, type RollcallOptions } from '../harness.ts'
import type { RawAnswer, RawRequest } from '../request.ts'

export const PASSWORD = 'correct horse battery staple'
/** What a page of the server sends with what changes something. */
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'x-rollcall-console': '1' }

/** A server with two people who sign in, `zoe` and `yan`. */
export interface SessionServer {
  readonly url: string
  readonly directory: Rollcall['directory']
  readonly tokens: Rollcall['tokens']
  readonly send: (request: RawRequest) => Promise<RawAnswer>
  /** Signs somebody in and gives the cookie, `name=value`. */
  readonly signIn: (identifier: string, headers?: RawRequest['headers']) => Promise<string>
  /** Sends JSON as a page of the server does, in a session or without. */
  readonly page: (method: string, path: string, cookie?: string, body?: object) => Promise<RawAnswer>
}

/** Lends a server to a test. */
export async function withSessions(
  test: (server: SessionServer) => Promise<void>,
  options: RollcallOptions = {},
): Promise<void> {
  const server = await startRollcall(options)
  const view = server.directory.as(operator(1))
  const letIn = async (identifier: string, permissions: readonly Permission[], scope: Scope) => {
    const { id } = await view.createUser({ identifier })
    await view.putSignIn(id, { permissions, scope, password: PASSWORD })
  }
  const page: SessionServer['page'] = (method, path, cookie, body) =>
    server.send({
      method,
      path,
      headers: {
        ...OWN_PAGE,
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
  try {
    await letIn('zoe', ['admin'], 'all')
    await letIn('yan', ['users:read'], 1234)
    await test({
      url: server.url,
      directory: server.directory,
      tokens: server.tokens,
      send: (request) => server.send(request),
      page,
      async signIn(identifier, headers = {}) {
        const answer = await server.send({
          method: 'POST',
          path: '/v1/session',
          headers: { ...OWN_PAGE, 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ identifier, password: PASSWORD }),
        })
        return cookieIn(answer)
      },
    })
  } finally {
    await server.stop()
  }
}

/** The cookie an answer sets, as a browser sends it back. */
export function cookieIn({ headers, status, text }: RawAnswer): string {
  const [cookie] = (headers['set-cookie'] ?? '').split(';')
  if (cookie === undefined || cookie === '') throw new Error(`No cookie: ${status} ${text}`)
  return cookie
}
