import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { serveUsers } from './directory.ts'
import { becomes } from './patience.ts'
import { signIn } from './signed-in.ts'

const USUAL = ['Name', 'E-mail', 'Status', 'Customer', 'Role', 'Type', 'Last sign-in', 'Changed']

describe('An address of the users page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let sender: Browser
  let reader: Browser
  let page: Page

  before(async () => {
    server = await serveUsers(2000)
    const people: Browser[] = []
    for (let person = 0; person < 2; person += 1) {
      const browser = await openBrowser(server.url)
      await signIn(browser, server.url, { token: tokenIn(server.stdout) })
      people.push(browser)
    }
    ;[sender, reader] = people as [Browser, Browser]
    page = await reader.open('/console/users')
    await page.getByRole('button', { name: 'Columns' }).click()
    const dialog = page.getByRole('dialog', { name: 'Columns' })
    for (const name of USUAL.slice(2)) await dialog.getByLabel(name, { exact: true }).uncheck()
    await dialog.getByLabel('Number', { exact: true }).check()
    await dialog.getByRole('button', { name: 'Done' }).click()
  })
  after(async () => {
    await sender.close()
    await reader.close()
    await server.stop()
  })

  const open = async (path: string) => {
    await page.goto(server.url + path)
    await page.locator('[data-row="0"]').getByRole('link').waitFor()
  }
  const heads = async (of: Page) => {
    await of.locator('[data-row="0"]').getByRole('link').waitFor()
    return (await of.getByRole('columnheader').allInnerTexts()).map((text) => text.trim()).slice(1)
  }

  it('shows the same columns to whoever is sent it, whatever they like', async () => {
    for (const path of ['/console/users', '/console/users?sort=number', '/console/users?columns=role,fullName']) {
      const sent = await sender.open(path)
      await sent.waitForURL((url) => url.searchParams.has('columns'))
      const shown = await heads(sent)
      await open(sent.url().slice(server.url.length))
      await becomes(() => heads(page), shown)
      await sent.close()
    }
    await open('/console/users?sort=number')
    await becomes(() => heads(page), USUAL)
  })

  it('leaves the columns to whoever comes to the page by its name, and says them then', async () => {
    await open('/console/users')
    await becomes(() => heads(page), ['Name', 'E-mail', 'Number'])
    await page.waitForURL((url) => url.searchParams.get('columns') === 'fullName,email,number')
    await page.getByRole('link', { name: 'Customers' }).click()
    await page.getByRole('treegrid', { name: 'Customers' }).getByRole('link').first().click()
    await page.waitForURL((url) => url.searchParams.has('customer'))
    await becomes(() => heads(page), ['Name', 'E-mail', 'Number'])
    await page.waitForURL((url) => url.searchParams.get('columns') === 'fullName,email,number')
  })

  it('is copied by a button as it stands', async () => {
    await open('/console/users?sort=number')
    await page.waitForURL((url) => url.searchParams.get('columns') === 'usual')
    await page.getByRole('button', { name: 'Copy a link to this view' }).click()
    await page.getByText('A link to this view was copied.').first().waitFor()
    await becomes(() => page.evaluate('navigator.clipboard.readText()'), page.url())
  })

  it('shows nobody, and says why, where a part of it cannot be understood', async () => {
    const faults: readonly (readonly [string, string])[] = [
      ['sort=nonsense', 'The sort in the address: users cannot be sorted by nonsense.'],
      ['customer=abc', 'The customer in the address: abc is not the number of a customer.'],
      ['columns=foo', 'The columns in the address: there is no column foo.'],
      ['deleted=maybe', 'The deleted in the address: it is yes or no, not maybe.'],
      ['status=locked', 'The address: there is no status to a list of users.'],
    ]
    for (const [search, sentence] of faults) {
      const asked: string[] = []
      page.on('request', (request) => {
        if (request.url().includes('/v1/users?')) asked.push(request.url())
      })
      await page.goto(`${server.url}/console/users?${search}`)
      await page.getByRole('alert').getByText(sentence).waitFor()
      await page.getByRole('tree', { name: 'Customers' }).getByRole('treeitem').first().waitFor()
      assert.equal(await page.locator('[data-row]').count(), 0, search)
      assert.deepEqual(asked, [])
      page.removeAllListeners('request')
    }
    await page.goto(`${server.url}/console/users?sort=nonsense`)
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await page.locator('[data-row="0"]').getByRole('link').waitFor()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    reader.assertClean()
    sender.assertClean()
  })
})
