import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks, assertAccessibleInBothThemes } from './looks.ts'
import { becomes, until, untilFocused } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

describe('the customers page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client

  before(async () => {
    server = await serveSetUp(300)
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    browser = await openBrowser(server.url, { expected: ['409 /v1/customers', '409 /v1/customers/{id}'] })
    await signIn(browser, server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const open = async (path = '/console/customers'): Promise<Page> => {
    const page = await browser.open(path)
    await page.getByRole('treegrid').waitFor()
    return page
  }
  const line = (page: Page, name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.querySelector("a")?.textContent ?? ""')

  it('shows the forest with the users of each, with and without subsidiaries', async () => {
    const page = await open()
    const { customers } = await client.customers.tree()
    const [root] = customers
    assert.ok(root)
    const cells = line(page, root.name).getByRole('gridcell')
    await becomes(
      async () => (await cells.allTextContents()).slice(0, 5),
      [root.name, root.code, String(root.id), String(root.users), String(root.usersWithSubsidiaries)],
    )
    await becomes(() => line(page, 'Company').getAttribute('aria-level'), '2')
    await assertAccessibleInAllLooks(page)
    await page.close()
  })

  it('is walked, folded and opened by keyboard, and keeps what is folded in the address', async () => {
    const page = await open()
    await line(page, 'Rollcall Demo').focus()
    await page.keyboard.press('ArrowDown')
    await becomes(() => focused(page), 'Company')
    await page.keyboard.press('ArrowLeft')
    await line(page, 'Company Méditerranée').waitFor({ state: 'detached' })
    await becomes(() => line(page, 'Company').getAttribute('aria-expanded'), 'false')
    await page.reload()
    await line(page, 'Company').waitFor()
    assert.equal(await line(page, 'Company Méditerranée').count(), 0)
    await line(page, 'Company').focus()
    await page.keyboard.press('ArrowRight')
    await line(page, 'Company Méditerranée').waitFor()
    await page.keyboard.press('ArrowRight')
    await becomes(() => focused(page), 'Company Méditerranée')
    await page.keyboard.press('ArrowLeft')
    await becomes(() => line(page, 'Company Méditerranée').getAttribute('aria-expanded'), 'false')
    assert.equal(await focused(page), 'Company Méditerranée')
    await page.keyboard.press('ArrowLeft')
    await becomes(() => focused(page), 'Company')
    await page.close()
  })

  it('leads to the users of a customer', async () => {
    const page = await open()
    await line(page, 'Company').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    await page.waitForURL((url) => url.searchParams.get('customer') === '1234')
    await page.close()
  })

  it('finds customers by a part of their name, and shows what lies above', async () => {
    const page = await open()
    await page.getByLabel('Search customers').fill('mediterr')
    await line(page, 'Aurora Group').waitFor({ state: 'detached' })
    await becomes(() => line(page, 'Company').count(), 1)
    await becomes(() => line(page, 'Company Méditerranée').count(), 1)
    await page.getByLabel('Search customers').fill('no such customer')
    await page.getByRole('button', { name: 'Show all customers' }).click()
    await line(page, 'Aurora Group').waitFor()
    await page.close()
  })

  it('creates a customer below another, says what is taken, renames and removes it, by keyboard', async () => {
    const page = await open()
    await line(page, 'Company').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'New customer below' }).waitFor()
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await untilFocused(page.getByRole('dialog', { name: 'New customer' }).getByLabel('Name', { exact: true }))
    await page.keyboard.type('Company Nord')
    await page.keyboard.press('Tab')
    await page.keyboard.type('northwind')
    await page.keyboard.press('Enter')
    const code = page.getByLabel('Code')
    await page
      .getByText(/in use/)
      .first()
      .waitFor()
    await becomes(() => code.getAttribute('aria-invalid'), 'true')
    await assertAccessibleInBothThemes(page)
    await code.fill('company-nord')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await becomes(() => line(page, 'Company Nord').getAttribute('aria-level'), '3')

    await line(page, 'Company Nord').focus()
    await page.keyboard.press('F2')
    await page.getByLabel('Name', { exact: true }).fill('Company North')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await line(page, 'Company North').focus()
    await page.keyboard.press('Delete')
    await page.getByRole('dialog', { name: 'Remove Company North?' }).waitFor()
    await page.getByRole('button', { name: 'Remove', exact: true }).press('Enter')
    await line(page, 'Company North').waitFor({ state: 'detached' })
    await page.close()
  })

  it('moves a customer, and says in words why not below itself', async () => {
    const { id } = await client.customers.create({ code: 'mover', name: 'Mover', parentId: 2000 })
    await client.customers.create({ code: 'moved', name: 'Moved along', parentId: id })
    const page = await open()
    await line(page, 'Mover').getByRole('button', { name: 'Actions for Mover' }).click()
    await page.getByRole('menuitem', { name: 'Move', exact: true }).click()
    const below = page.getByRole('combobox', { name: 'Below' })
    await below.fill('moved al')
    await page.getByRole('option', { name: /^Moved along/ }).waitFor()
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await page.getByText(/cannot be moved below itself/).waitFor()
    await below.fill('Aurora Europe')
    await page.getByRole('option', { name: /^Aurora Europe/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const moved = await client.customers.get(id)
    assert.equal(
      moved.parentId,
      (await client.customers.list()).customers.find(({ name }) => name === 'Aurora Europe')?.id,
    )
    await page.close()
  })

  it('says what is in the way of removing a customer', async () => {
    const page = await open('/console/customers?edit=remove&customer=1234')
    const dialog = page.getByRole('dialog', { name: 'Remove Company?' })
    await dialog.getByText(/users of its own/).waitFor()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await dialog
      .getByRole('alert')
      .filter({ hasText: /still has users/ })
      .waitFor()
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.waitForURL((url) => url.search === '')
    await page.close()
  })

  it('keeps no more lines in the page than are in sight, of hundreds', async () => {
    const { id: parentId } = await client.customers.create({ code: 'crowd', name: 'Crowd', parentId: null })
    for (let from = 0; from < 600; from += 50) {
      const some = Array.from({ length: 50 }, (_, index) => from + index)
      await Promise.all(some.map((n) => client.customers.create({ code: `crowd-${n}`, name: `Crowd ${n}`, parentId })))
    }
    const page = await open()
    const grid = page.getByRole('treegrid')
    await line(page, 'Rollcall Demo').waitFor()
    assert.ok(Number(await grid.getAttribute('aria-rowcount')) > 600)
    assert.ok((await page.getByRole('row').count()) < 60)
    await line(page, 'Rollcall Demo').focus()
    await page.keyboard.press('End')
    const last = page.getByRole('row').last()
    await until(page, 'document.activeElement.getAttribute("aria-rowindex") > 600')
    await becomes(() => last.getAttribute('aria-rowindex'), await grid.getAttribute('aria-rowcount'))
    assert.match(await focused(page), /^Crowd \d+$/)
    await page.getByLabel('Search customers').fill('crowd 599')
    await line(page, 'Crowd 599').waitFor()
    await assertAccessible(page)
    await page.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
