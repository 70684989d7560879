import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { becomes } from './patience.ts'
import { signIn } from './signed-in.ts'

const COLUMNS = 'columns=fullName,createdBy,updatedBy,primaryIdentity,customerId'

describe('Names in place of ids in the list of users', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let client: Client
  let token: string

  before(async () => {
    server = await serve(['--demo', '600'], { cwd: workingFolder() })
    token = tokenIn(server.stdout)
    client = openClient({ url: server.url, token })
  })
  after(() => server.stop())

  async function over(given: string, act: (browser: Browser) => Promise<void>): Promise<void> {
    const browser = await openBrowser(server.url)
    try {
      await signIn(browser, server.url, { token: given })
      await act(browser)
      browser.assertClean()
    } finally {
      await browser.close()
    }
  }

  it('stand under who created and changed a user and who it is besides, with the id to be seen on hover', async () => {
    const { user: admin } = await client.me()
    const twin = await client.users.create({ identifier: 'twin', givenName: 'Theo', familyName: 'Twin' })
    await client.users.create({ identifier: 'named-by-id', givenName: 'Nina', primaryIdentity: twin.id })
    await over(token, async (browser) => {
      const page = await browser.open(`/console/users?q=identifier:named-by-id&${COLUMNS}`)
      const row = page.locator('[data-row="0"]')
      await row.getByTitle(admin.id).first().getByText(admin.fullName, { exact: true }).waitFor()
      await becomes(() => row.getByTitle(admin.id).count(), 2)
      await row.getByTitle(twin.id).getByText('Theo Twin', { exact: true }).waitFor()
      await row.getByTitle(String(twin.customerId), { exact: true }).waitFor()
    })
  })

  it('are chosen and shown in filters by who created a user', async () => {
    const { user: admin } = await client.me()
    const count = (await client.users.list({ filter: `createdBy eq "${admin.id}"`, limit: 1 })).total ?? 0
    assert.ok(count > 0)
    await over(token, async (browser) => {
      const page = await browser.open('/console/users')
      await page.getByRole('button', { name: 'Add filter' }).first().click()
      const dialog = page.getByRole('dialog', { name: 'Add filter' })
      await dialog.getByLabel('Field').selectOption({ label: 'Created by' })
      await dialog.getByRole('combobox', { name: 'User' }).fill('administrator')
      await page
        .getByRole('option', { name: /^Administrator/ })
        .first()
        .click()
      await dialog.getByRole('button', { name: 'Add filter' }).click()
      await page.getByRole('button', { name: `Change the filter Created by is ${admin.fullName}` }).click()
      const shown = page.getByRole('dialog', { name: 'Change filter' }).getByRole('combobox', { name: 'User' })
      await becomes(() => shown.inputValue(), admin.fullName)
      await page.keyboard.press('Escape')
      await page
        .locator('[data-exact="true"]')
        .filter({ hasText: new RegExp(`^${count} users?$`) })
        .waitFor()
    })
  })

  it('are ids where the caller may not see who it is', async () => {
    const { customers } = await client.customers.list()
    const { id: customerId = 0 } = customers.find(({ name }) => name === 'Aurora France') ?? {}
    const { user: admin } = await client.me()
    await client.users.create({ identifier: 'seen-alone', givenName: 'Solene', customerId })
    const permissions = ['users:read', 'users:read-metadata'] as const
    const { secret } = await client.tokens.issue({ name: 'narrow', userId: admin.id, permissions, scope: customerId })
    await over(secret, async (browser) => {
      const page = await browser.open(`/console/users?q=identifier:seen-alone&${COLUMNS}`)
      await page.locator('[data-row="0"]').getByText(admin.id, { exact: true }).first().waitFor()
    })
  })

  it('are asked for no more often than pages are, however slowly the list is scrolled', async () => {
    await over(token, async (browser) => {
      const page = await browser.open(`/console/users?${COLUMNS}`)
      let asked = 0
      page.on('request', (request) => {
        if (request.url().endsWith('/v1/users/query')) asked += 1
      })
      const grid = page.getByRole('grid', { name: 'Users' })
      await page.locator('[data-row="0"]').getByRole('link').waitFor()
      for (let row = 0; row < 500; row += 8) {
        await grid.evaluate((box, top) => ((box as unknown as { scrollTop: number }).scrollTop = top), row * 40)
        await page
          .locator(`[data-row="${row + 3}"]`)
          .getByRole('link')
          .waitFor()
      }
      await page.waitForLoadState('networkidle')
      // Six pages, once with the one before and once with the one after.
      assert.ok(asked > 0 && asked <= 12, `${asked} requests for names`)
    })
  })
})
