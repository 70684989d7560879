import { after, before, describe, it } from 'node:test'
import type { Page, Route } from 'playwright-core'
import type { Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { becomes, until } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

const TITLE = 'This could not be loaded'
const PAGE = /\/console\/assets\/tokens-page-[^/]*\.js/
const DIALOG = /\/console\/assets\/new-user-dialog-[^/]*\.js/

const gone = (route: Route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{}' })
const unreachable = (route: Route) => route.abort('connectionrefused')

describe('Files of the console that come late or not at all', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let page: Page

  before(async () => {
    server = await serveSetUp(60)
    browser = await openBrowser(server.url, {
      expected: [
        '404 /console/assets/tokens-page-{hash}.js',
        '404 /console/assets/new-user-dialog-{hash}.js',
        'net::ERR_CONNECTION_REFUSED /console/assets/tokens-page-{hash}.js',
        'error: Error: A page of the console: Failed to fetch dynamically imported module: /console/assets/tokens-page-{hash}.js',
        'error: TypeError: Failed to fetch dynamically imported module: /console/assets/new-user-dialog-{hash}.js',
      ],
    })
    await signIn(browser, server.url)
    page = await browser.open('/console/account')
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  it('show a bar while a page is on its way, and none once it is there', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route(PAGE, async (route) => {
      await held
      await route.continue()
    })
    await page.getByRole('link', { name: 'Tokens' }).click()
    const bar = page.getByRole('progressbar', { name: 'Loading the page' })
    await bar.waitFor()
    await assertAccessible(page)
    release()
    await page.getByRole('heading', { level: 1, name: 'Tokens' }).waitFor()
    await bar.waitFor({ state: 'detached' })
    await page.unroute(PAGE)
  })

  for (const [title, answer] of [
    ['of another version', gone],
    ['of a server that cannot be reached', unreachable],
  ] as const) {
    it(`say so in the place of a page ${title}, keep what stands around it, and offer to load it anew`, async () => {
      await page.goto(`${server.url}/console/account`)
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
      await page.route(PAGE, answer)
      await page.getByRole('link', { name: 'Tokens' }).click()
      await page.getByRole('alert').getByRole('heading', { name: TITLE }).waitFor()
      await assertAccessibleInAllLooks(page)
      await page
        .getByRole('link', { name: 'Account' })
        .or(page.getByRole('link', { name: 'Users' }))
        .first()
        .waitFor()
      await page.unroute(PAGE)
      await page.getByRole('button', { name: 'Reload' }).click()
      await page.getByRole('heading', { level: 1, name: 'Tokens' }).waitFor()
    })
  }

  it('leave the page as it is where a dialog is missing', async () => {
    await page.goto(`${server.url}/console/users`)
    await page.route(DIALOG, gone)
    const box = page.getByRole('combobox', { name: 'Search users' })
    const listed = page.waitForResponse(
      (answer) => answer.url().includes('/v1/users?') && answer.url().includes('active'),
    )
    await box.fill('status:active')
    await page.waitForURL((url) => url.searchParams.get('q') === 'status:active')
    // What is chosen is forgotten with the list before.
    await listed
    await until(page, 'document.querySelector("[role=grid]")?.getAttribute("aria-busy") !== "true"')
    await page.locator('[data-row="0"] [data-choose]').click()
    await page.getByRole('button', { name: 'New user' }).click()
    const dialog = page.getByRole('dialog', { name: TITLE })
    await dialog.waitFor()
    await assertAccessible(page)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await dialog.waitFor({ state: 'detached' })
    await becomes(() => box.inputValue(), 'status:active')
    await page.getByRole('region', { name: 'Selected users' }).getByText('1 selected').waitFor()
    await page.unroute(DIALOG)
    await page.getByRole('button', { name: 'New user' }).click()
    await dialog.getByRole('button', { name: 'Reload' }).click()
    await page.getByRole('dialog', { name: 'New user' }).waitFor()
    browser.assertClean()
  })
})
