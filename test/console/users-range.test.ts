import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openClient, type Client, type ListQuery } from '../../sdk/src/index.ts'
import { ask, tokenIn, type Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { serveUsers } from './directory.ts'
import { signIn } from './signed-in.ts'

const USERS = 12_000

type Below = ListQuery & { readonly customerId: number }

describe('A range of rows', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client
  let token: string
  let page: Page
  /** Some thousand users, and below them a part of them. */
  let group: Below
  let europe: Below

  const grid = () => page.getByRole('grid', { name: 'Users' })
  const row = (index: number) => grid().locator(`[data-row="${index}"]`)
  const selected = (count: number) =>
    page.getByRole('region', { name: 'Selected users' }).getByText(`${count.toLocaleString('en')} selected`)
  const open = async (search: string) => {
    await page.goto(`${server.url}/console/users${search}`)
    await row(0).getByRole('link').waitFor()
    await page.locator('[data-exact="true"]').waitFor()
  }
  const choose = (index: number) => row(index).getByRole('checkbox').click()
  const toEnd = async (last: number) => {
    await grid().press('End')
    await row(last).getByRole('link').waitFor()
  }
  /** Rows of a list as the server has them. */
  const idsOf = async (query: ListQuery) => {
    const ids: string[] = []
    for await (const { users } of client.users.pages({ ...query, fields: ['id'] }))
      ids.push(...users.map(({ id }) => id))
    return ids
  }

  before(async () => {
    server = await serveUsers(USERS)
    token = tokenIn(server.stdout)
    client = openClient({ url: server.url, token })
    const { customers } = await client.customers.list()
    const below = (name: string) => {
      const customer = customers.find((one) => one.name === name)
      assert.ok(customer)
      return { customerId: customer.id, includeSubsidiaries: true }
    }
    group = below('Aurora Group')
    europe = below('Aurora Europe')
    browser = await openBrowser(server.url)
    await signIn(browser, server.url, { token })
    page = await browser.open('/console/users')
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  it('has all users between two rows, also those that were never loaded', async () => {
    const query = { ...europe, sort: ['familyName', 'id:desc'] }
    const ids = await idsOf(query)
    await open(`?customer=${europe.customerId}&sort=familyName,id:desc`)
    await choose(7)
    await toEnd(ids.length - 1)
    await row(ids.length - 3).click({ modifiers: ['Shift'] })
    // The End key made the last row the one it goes from.
    await selected(4).waitFor()
    await page.keyboard.press('Escape')
    await grid().press('Home')
    await choose(7)
    await toEnd(ids.length - 1)
    await page.keyboard.press('Shift+Space')
    await selected(ids.length - 7).waitFor()

    await page.getByRole('button', { name: 'Tags' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change tags' })
    await dialog.getByLabel('Tags to set').fill('range=whole')
    await dialog.getByLabel(/to confirm$/).fill(String(ids.length - 7))
    await dialog.getByRole('button', { name: /^Change / }).click()
    await dialog.getByText(`${(ids.length - 7).toLocaleString('en')} users changed.`).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    assert.deepEqual(await idsOf({ filter: 'tags.range eq "whole"', sort: query.sort }), ids.slice(7))
  })

  it('is made with Shift by every key that goes from row to row', async () => {
    const { length } = await idsOf(europe)
    await open(`?customer=${europe.customerId}`)
    await grid().focus()
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+J')
    await page.keyboard.press('Shift+J')
    await selected(3).waitFor()
    await page.keyboard.press('Shift+K')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    await selected(5).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+End')
    await selected(length - 4).waitFor()
    await page.keyboard.press('Shift+Home')
    await selected(length).waitFor()
  })

  it('says above ten thousand that it is too long, and offers all of the list', async () => {
    const { total = 0 } = await client.users.list({ limit: 1 })
    await open('')
    await choose(0)
    await grid().press('Shift+End')
    await page
      .getByText(`${total.toLocaleString('en')} users are more than a range can have (10,000).`)
      .first()
      .waitFor()
    await selected(1).waitFor()
    await page
      .getByRole('region', { name: 'Notices' })
      .getByRole('button', { name: `Select all ${total.toLocaleString('en')}` })
      .click()
    await selected(total).waitFor()
  })

  it('chooses nobody where the list is no longer the one that was seen', async () => {
    await open(`?customer=${europe.customerId}&sort=identifier`)
    await choose(0)
    const count = Number(await grid().getAttribute('aria-rowcount')) - 1
    await toEnd(count - 1)
    const body = JSON.stringify({ identifier: 'm-comes-between', customerId: europe.customerId })
    assert.equal((await ask(server.url, '/v1/users', token, { method: 'POST', body })).status, 201)
    await page.keyboard.press('Shift+Space')
    await page.getByText('The list has changed since it was read.').first().waitFor()
    await selected(1).waitFor()
  })

  it('says how far it is, and is stopped by a button or Escape', async () => {
    await open(`?customer=${group.customerId}`)
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route(/fields=id&.*cursor=/, async (route) => {
      await held
      await route.continue().catch(() => undefined)
    })
    await choose(0)
    const bar = page.getByRole('region', { name: 'Selecting users' })
    for (const stop of [() => bar.getByRole('button', { name: 'Stop' }).click(), () => page.keyboard.press('Escape')]) {
      await grid().press('Home')
      await grid().press('Shift+End')
      await bar.getByText(/^Selecting 1,000 of \d,\d{3} users…$/).waitFor()
      await assertAccessible(page)
      await stop()
      await bar.waitFor({ state: 'detached' })
      await selected(1).waitFor()
    }
    release()
    await page.unroute(/fields=id&.*cursor=/)
    await selected(1).waitFor()
    browser.assertClean()
  })
})
