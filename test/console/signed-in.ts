import assert from 'node:assert/strict'
import { serve, workingFolder, type Served } from '../e2e/command.ts'
import type { Browser } from './browser.ts'

/** Who can sign in. */
export interface Credentials {
  readonly identifier: string
  readonly password: string
}

/** The administrator of `serveSetUp`. */
export const ADA: Credentials = { identifier: 'ada', password: 'correct horse battery staple' }

/** The link that a first start prints. */
export function setUpLinkIn(stdout: string): string {
  const link = /http:\/\/\S+\/console\/setup#rc_[0-9A-Za-z]{49}/.exec(stdout)?.[0]
  if (link === undefined) throw new Error(`No set-up link in: ${stdout}`)
  return link
}

/** A server with made-up users that has been set up by Ada Lovelace. */
export async function serveSetUp(users: number): Promise<Served> {
  const server = await serve(['--demo', String(users)], { cwd: workingFolder() })
  const secret = setUpLinkIn(server.stdout).split('#')[1]
  const user = { identifier: ADA.identifier, givenName: 'Ada', familyName: 'Lovelace' }
  const answer = await fetch(`${server.url}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret, user, password: ADA.password }),
  })
  assert.equal(answer.status, 201)
  return server
}

/** Gives a browser a session by password or token, without the page that people sign in on. */
export async function signIn(
  browser: Browser,
  origin: string,
  given: Credentials | { readonly token: string } = ADA,
): Promise<void> {
  const headers = { 'X-Rollcall-Console': '1', 'Sec-Fetch-Site': 'same-origin' }
  const answer = await browser.context.request.post(`${origin}/v1/session`, { data: given, headers })
  assert.equal(answer.status(), 201)
}

/** Lets a new user sign in, with what an administrator gives. */
export async function admit(
  url: string,
  token: string,
  { identifier, password }: Credentials,
  sign: { readonly permissions: readonly string[]; readonly scope: number | 'all' },
): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const made = await fetch(`${url}/v1/users`, { method: 'POST', headers, body: JSON.stringify({ identifier }) })
  const { id } = (await made.json()) as { readonly id: string }
  const body = JSON.stringify({ ...sign, password })
  const admitted = await fetch(`${url}/v1/users/${id}/sign-in`, { method: 'PUT', headers, body })
  assert.equal(admitted.status, 200)
}
