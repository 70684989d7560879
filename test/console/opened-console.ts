import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { ask, serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { openBrowser, type Browser } from './browser.ts'
import { signIn } from './signed-in.ts'

type Json = Readonly<Record<string, unknown>>

/** The console at its list of users, as an administrator sees it, and the server behind it. */
export interface OpenedConsole {
  readonly server: Served
  readonly token: string
  readonly browser: Browser
  readonly page: Page
  /** Asks the server beside the console, and throws where it refuses. */
  readonly write: (method: string, path: string, body?: Json) => Promise<Json>
  /** Creates a user and gives its id. */
  readonly create: (user: Json) => Promise<string>
  /** A user as the server has it, also a deleted one. */
  readonly read: (id: string) => Promise<Json>
  /** Turns the user that the page shows into a form. */
  readonly edit: () => Promise<Locator>
  readonly close: () => Promise<void>
}

/** Opens the console over a server with made-up users; `expected` are refusals, as `openBrowser` takes them. */
export async function openConsole(users: number, expected: readonly string[]): Promise<OpenedConsole> {
  const server = await serve(['--demo', String(users)], { cwd: workingFolder() })
  const token = tokenIn(server.stdout)
  // The browser says itself that an answer was a refusal.
  const browser = await openBrowser(server.url, { expected })
  await signIn(browser, server.url, { token })
  const page = await browser.open('/console/users')
  const write = async (method: string, path: string, body?: Json) => {
    const { status, body: answer } = await ask(server.url, path, token, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    assert.ok(status < 300, JSON.stringify(answer))
    return answer
  }
  return {
    server,
    token,
    browser,
    page,
    write,
    create: async (user) => String((await write('POST', '/v1/users', user))['id']),
    read: async (id) => (await ask(server.url, `/v1/users/${id}?includeDeleted=true`, token)).body,
    async edit() {
      await page.getByRole('button', { name: 'Edit' }).click()
      return page.getByRole('form', { name: 'Edit the user' })
    },
    async close() {
      await browser.close()
      await server.stop()
    },
  }
}
