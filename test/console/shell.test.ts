import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInBothThemes, assertFits } from './looks.ts'
import { becomes, until, untilFocused } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

describe('what stands around every page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser

  before(async () => {
    server = await serveSetUp(60)
    browser = await openBrowser(server.url, {
      // While nobody answers it is asked again every few seconds whether somebody does.
      expected: ['net::ERR_FAILED /v1/tokens', 'net::ERR_FAILED /healthz', 'net::ERR_INTERNET_DISCONNECTED /healthz'],
    })
    await signIn(browser, server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  it('names the page in the title, and takes focus and voice to it on arrival', async () => {
    const page = await browser.open('/console/tokens')
    await page.getByRole('heading', { level: 1, name: 'Tokens' }).waitFor()
    await becomes(() => page.title(), 'Tokens · Rollcall')
    await page.getByRole('link', { name: 'Customers' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    await until(page, 'document.title === "Customers · Rollcall"')
    await until(page, 'document.activeElement.id === "main"')
    await page
      .getByRole('status')
      .filter({ hasText: /^Customers/ })
      .first()
      .waitFor({ state: 'attached' })
    await page.goBack()
    await until(page, 'document.title === "Tokens · Rollcall"')
    await page.close()
  })

  it('lets the keyboard skip to the page', async () => {
    const page = await browser.open('/console/tokens')
    await page.getByRole('heading', { level: 1, name: 'Tokens' }).waitFor()
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to the page' })
    await untilFocused(skip)
    await page.keyboard.press('Enter')
    await becomes(() => page.evaluate('document.activeElement.id'), 'main')
    assert.equal(new URL(page.url()).hash, '')
    await page.close()
  })

  it('folds the navigation into a drawer on a narrow screen', async () => {
    const page = await browser.open('/console/tokens')
    await page.setViewportSize({ width: 320, height: 640 })
    const opener = page.getByRole('button', { name: 'Open the navigation' })
    await opener.press('Enter')
    const drawer = page.getByRole('dialog', { name: 'Navigation' })
    await drawer.waitFor()
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await untilFocused(opener)
    await opener.press('Enter')
    await drawer.getByRole('link', { name: 'Customers' }).click()
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    await drawer.waitFor({ state: 'detached' })
    await assertFits(page)
    await page.close()
  })

  it('changes theme and direction from the menu with one’s name', async () => {
    const page = await browser.open('/console/tokens')
    await page.getByRole('button', { name: /^Signed in as/ }).press('Enter')
    await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor()
    await assertAccessibleInBothThemes(page)
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await page.locator('html[data-theme="dark"]').waitFor()
    await page.getByRole('menuitemradio', { name: 'Dark', checked: true }).waitFor()
    await page.getByRole('menuitemradio', { name: 'Right to left' }).click()
    await page.locator('html[dir="rtl"]').waitFor()
    await assertAccessible(page)
    await page.getByRole('menuitemradio', { name: 'Left to right' }).click()
    await page.getByRole('menuitemradio', { name: 'As the system' }).click()
    await becomes(() => page.locator('html').getAttribute('data-theme'), null)
    await page.close()
  })

  it('says that it is offline, and goes on by itself', async () => {
    const page = await browser.open('/console/tokens')
    await page.getByRole('table').waitFor()
    await browser.context.setOffline(true)
    const banner = page.getByText(/^This device is offline/)
    await banner.waitFor()
    await assertAccessibleInBothThemes(page)
    await browser.context.setOffline(false)
    await banner.waitFor({ state: 'detached' })
    await page.close()
  })

  it('says that the server does not answer, keeps the page, and goes on when it does', async () => {
    const page = await browser.open('/console/account')
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
    await page.route(/\/(v1\/|healthz)/, (route) => route.abort())
    await page.getByRole('link', { name: 'Tokens' }).click()
    const banner = page.getByText(/^The server does not answer/)
    await banner.waitFor()
    await assertAccessibleInBothThemes(page)
    await page.unroute(/\/(v1\/|healthz)/)
    await page.getByRole('button', { name: 'Try now' }).click()
    await banner.waitFor({ state: 'detached' })
    await page.getByRole('table').waitFor()
    await page.close()
  })

  it('says in words that a page does not exist, and goes on from there', async () => {
    const page = await browser.open('/console/no-such-page')
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await assertAccessible(page)
    await page.getByRole('link', { name: 'Go to the users' }).click()
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    await page.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
