import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
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

/** Throws where a page is wider than its window; tables may scroll within themselves. */
export async function assertFits(page: Page): Promise<void> {
  const over = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  assert.equal(over, 0)
}

/** Looks at a page in both themes. */
export async function inBothThemes(page: Page, look: () => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // Colours that change in no time at all are in between all the same until they are asked for again.
    await until(page, 'document.getAnimations().every(({ playState }) => playState !== "running")')
    await look()
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Looks at a page in both themes and on a narrow screen. */
export async function inAllLooks(page: Page, look: () => Promise<void>): Promise<void> {
  const usual = page.viewportSize()
  await inBothThemes(page, look)
  await page.setViewportSize({ width: 320, height: 640 })
  await look()
  await assertFits(page)
  if (usual) await page.setViewportSize(usual)
}

const PATIENCE_MS = 15_000
const PAUSE_MS = 25

/** Waits until an expression holds in a page. Playwright's own way would be an `eval` there, which no page allows. */
export async function until(page: Page, expression: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!(await page.evaluate<boolean>(expression))) {
    assert.ok(Date.now() < end, `It never came about that ${expression}`)
    await setTimeout(PAUSE_MS)
  }
}
