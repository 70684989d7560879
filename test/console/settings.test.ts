import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openClient } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { becomes } from './patience.ts'
import { admit, serveSetUp, signIn } from './signed-in.ts'

const READER = { identifier: 'reader', password: 'only reads a few users' }

describe('the settings page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser

  before(async () => {
    server = await serveSetUp(60)
    await admit(server.url, tokenIn(server.stdout), READER, { permissions: ['users:read'], scope: 'all' })
    browser = await openBrowser(server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  it('shows every setting with its value, its origin and what it means', async () => {
    await signIn(browser, server.url)
    const told = await openClient({ url: server.url, token: tokenIn(server.stdout) }).settings()
    const page = await browser.open('/console/settings')
    const table = page.getByRole('table', { name: 'Settings' })
    await table.waitFor()
    await becomes(() => table.getByRole('row').count(), told.settings.length + 1)
    await page.getByText(told.version, { exact: true }).waitFor()
    await page.getByText('SQLite', { exact: true }).waitFor()
    const given = told.settings.find(({ origin }) => origin === 'flag')
    assert.ok(given)
    const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: given.name, exact: true }) })
    await becomes(() => row.getByRole('cell').nth(1).textContent(), 'flag')
    await assertAccessibleInAllLooks(page)
    await page.close()
  })

  it('finds a setting by its name, and keeps that in the address', async () => {
    const page = await browser.open('/console/settings')
    const table = page.getByRole('table', { name: 'Settings' })
    await table.waitFor()
    const all = await table.getByRole('row').count()
    await page.getByLabel('Search settings').fill('port')
    await page.getByLabel('Search settings').fill('no such setting')
    await page.getByRole('heading', { name: 'No setting is called that' }).waitFor()
    await page.getByLabel('Search settings').fill('data')
    await table.waitFor()
    assert.ok((await table.getByRole('row').count()) < all)
    await page.waitForURL((url) => url.searchParams.get('q') === 'data')
    await page.reload()
    await table.waitFor()
    await becomes(() => page.getByLabel('Search settings').inputValue(), 'data')
    await page.close()
  })

  it('is not offered to who is no administrator, and refuses them in words', async () => {
    await browser.context.clearCookies()
    await signIn(browser, server.url, READER)
    const page = await browser.open('/console/settings')
    await page.getByRole('heading', { name: 'You may not see this page' }).waitFor()
    await page.getByRole('main').getByText('admin', { exact: true }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Settings' }).count(), 0)
    await assertAccessible(page)
    await page.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
