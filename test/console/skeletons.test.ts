import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { ask, tokenIn, type Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { becomes } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

interface Wait {
  readonly subject: string
  readonly path: (id: string) => string
  /** The requests whose answers are held up. */
  readonly asks: string
  readonly label: string
  /** What stands there once they are answered. */
  readonly content: (page: Page) => Locator
}

const WAITS: readonly Wait[] = [
  {
    subject: 'the list of users',
    path: () => '/console/users',
    asks: '**/v1/users**',
    label: 'Loading',
    content: (page) => page.getByRole('grid', { name: 'Users' }).locator('[data-row="0"]').getByRole('link'),
  },
  {
    subject: 'a user',
    path: (id) => `/console/users/${id}`,
    asks: '**/v1/users/**',
    label: 'Loading the user',
    content: (page) => page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }),
  },
  {
    subject: 'the customers',
    path: () => '/console/customers',
    asks: '**/v1/customers**',
    label: 'Loading the customers',
    content: (page) => page.getByRole('main').getByRole('row').nth(1),
  },
  {
    subject: 'the tokens',
    path: () => '/console/tokens',
    asks: '**/v1/tokens**',
    label: 'Loading the tokens',
    content: (page) => page.getByRole('table', { name: 'Tokens' }).getByRole('rowheader').first(),
  },
  {
    subject: 'the activity',
    path: () => '/console/activity',
    asks: '**/v1/activity**',
    label: 'Loading the activity',
    content: (page) => page.getByRole('main').getByRole('heading', { level: 2 }).first(),
  },
]

describe('while an answer is on its way, the console', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let page: Page
  let id = ''

  before(async () => {
    server = await serveSetUp(60)
    browser = await openBrowser(server.url)
    await signIn(browser, server.url)
    const { body } = await ask(server.url, '/v1/users?identifier=ada', tokenIn(server.stdout))
    id = (body['users'] as readonly { readonly id: string }[])[0]?.id ?? ''
    page = await browser.context.newPage()
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  for (const { subject, path, asks, label, content } of WAITS) {
    it(`shows where ${subject} will stand, and says so, until it does`, async () => {
      const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
      await page.route(asks, async (route) => {
        await released
        await route.continue()
      })
      await page.goto(server.url + path(id))
      const skeleton = page.getByRole('status', { name: label, exact: true })
      await skeleton.waitFor()
      await becomes(() => skeleton.getAttribute('aria-busy'), 'true')
      // Whoever does not see it hears it, where it takes long.
      const said = page.getByRole('status').filter({ hasText: label })
      await said.waitFor({ state: 'attached' })
      await assertAccessible(page)
      assert.equal(await content(page).count(), 0)
      release(undefined)
      await content(page).waitFor()
      await skeleton.waitFor({ state: 'detached' })
      await said.waitFor({ state: 'detached' })
      await page.unroute(asks)
    })
  }
})
