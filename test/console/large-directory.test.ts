import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { createInterface } from 'node:readline'
import type { Page } from 'playwright-core'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { serveUsers } from './directory.ts'
import { signIn } from './signed-in.ts'

const USERS = 100_000
const PATIENCE = { timeout: 180_000 }

describe('the console over a hundred thousand users', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client

  before(async () => {
    server = await serveUsers(USERS)
    const token = tokenIn(server.stdout)
    client = openClient({ url: server.url, token })
    browser = await openBrowser(server.url)
    await signIn(browser, server.url, { token })
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const has = async (query: Record<string, unknown>) => (await client.users.list({ ...query, limit: 1 })).total ?? 0

  async function openUsers(search: string): Promise<Page> {
    const page = await browser.open(`/console/users${search}`)
    await page.locator('[data-row="0"]').getByRole('checkbox').waitFor()
    return page
  }

  it('exports all of them to a file', async () => {
    const page = await openUsers('?columns=number')
    await page.getByRole('button', { name: 'Export' }).click()
    const total = await has({})
    assert.ok(total > USERS * 0.9)
    const download = page.waitForEvent('download', PATIENCE)
    await page
      .getByRole('dialog')
      .getByRole('link', { name: `Export ${total.toLocaleString('en')} users` })
      .click()
    let lines = 0
    const text = createInterface({ input: createReadStream(await (await download).path()) })
    text.on('line', () => (lines += 1))
    await once(text, 'close')
    assert.equal(lines, total + 1)
    await page.close()
  })

  it('changes thousands that match, with one confirmation', async () => {
    const count = await has({ status: 'inactive' })
    assert.ok(count > 1000)
    const shown = count.toLocaleString('en')
    const page = await openUsers('?q=status:inactive')
    await page.locator('[data-row="0"]').getByRole('checkbox').click()
    const bar = page.getByRole('region', { name: 'Selected users' })
    await bar.getByRole('button', { name: `Select all ${shown}` }).click()
    await bar.getByRole('button', { name: 'Role' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change the role' })
    await dialog.getByRole('textbox', { name: 'New role' }).fill('Asleep')
    await dialog.getByRole('textbox', { name: `Type ${shown} to confirm` }).fill(shown)
    await dialog.getByRole('button', { name: `Change ${shown} users` }).click()
    await dialog.getByText(`${shown} users changed.`).waitFor(PATIENCE)
    assert.equal(await has({ status: 'inactive', role: 'Asleep' }), count)
    assert.equal(await has({ role: 'Asleep' }), count)
    await page.close()
  })

  it('imports thousands more', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `large-${index},Zoë ${index},large`)
    const page = await browser.open('/console/import')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).click()
    const buffer = Buffer.from(`identifier,givenName,group\n${rows.join('\n')}\n`)
    await (await chooser).setFiles({ name: 'large.csv', mimeType: 'text/csv', buffer })
    await page.getByText('The first 20 rows can be imported.').waitFor()
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.locator('p', { hasText: /^5,000 users created, / }).waitFor(PATIENCE)
    assert.equal(await has({ group: 'large' }), 5000)
    await page.close()
  })

  it('has broken nothing on the way', () => browser.assertClean())
})
