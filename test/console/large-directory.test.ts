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
import { becomes } from './patience.ts'
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
    // The browser says itself that an answer was a refusal: one test brings one about.
    browser = await openBrowser(server.url, { expected: ['412 /v1/users/{id}'] })
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

  it('searches, filters and sorts them, and goes to the last', async () => {
    const page = await openUsers('?columns=fullName,email,familyName')
    const total = page.locator('[data-exact]')
    const until = async (count: number) => {
      await total.filter({ hasText: new RegExp(`^${count.toLocaleString('en')} users?$`) }).waitFor()
    }
    await until(await has({}))
    await page.keyboard.press('/')
    await page.keyboard.type('jonhson status:active')
    const count = await has({ search: 'jonhson', status: 'active' })
    assert.ok(count > 0)
    await until(count)
    await page.keyboard.press('Escape')
    await page.goto(`${server.url}/console/users?columns=fullName,email,familyName`)
    await page.getByRole('button', { name: 'Add filter' }).first().click()
    await page.getByRole('dialog').getByLabel('suspended').check()
    await page.getByRole('dialog').getByRole('button', { name: 'Add filter' }).click()
    await until(await has({ status: 'suspended' }))
    await page.getByRole('columnheader', { name: 'Family name' }).getByRole('button').click()
    const sorted = { status: 'suspended', sort: ['familyName'] }
    const ends = await Promise.all(
      [sorted, { ...sorted, offset: (await has(sorted)) - 1 }].map((query) =>
        client.users.list({ ...query, limit: 1 }),
      ),
    )
    const [first, last] = ends.map(({ users }) => users[0])
    await page.locator(`[data-row="0"] a[href*="${first?.id ?? ''}"]`).waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('End')
    await page.locator(`[data-row="${(await has(sorted)) - 1}"] a[href*="${last?.id ?? ''}"]`).waitFor()
    await page.close()
  })

  it('changes one of them where somebody else was quicker', async () => {
    const { users } = await client.users.list({ status: 'suspended', sort: ['familyName'], offset: 100, limit: 1 })
    const id = users[0]?.id ?? ''
    const page = await browser.open(`/console/users/${id}`)
    await page.getByRole('button', { name: 'Edit' }).click()
    const form = page.getByRole('form', { name: 'Edit the user' })
    await form.getByLabel('Role', { exact: true }).fill('Mine')
    await client.users.update(id, { role: 'Theirs', group: 'Theirs' })
    await form.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this user' })
    await dialog.getByText('Theirs').first().waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    const { role, group } = await client.users.get(id)
    assert.deepEqual({ role, group }, { role: 'Mine', group: 'Theirs' })
    await page.close()
  })

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
    const text = createInterface({ input: createReadStream(await (await download).path()), crlfDelay: Infinity })
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
    await becomes(() => has({ status: 'inactive', role: 'Asleep' }), count)
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
