import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { ListQuery } from '@rollcall/sdk'
import { exportQuery, type ExportChoice } from '../../console/src/pages/export/export-query.ts'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { serveSetUp, signIn } from './signed-in.ts'

describe('what an export asks for', () => {
  const query: ListQuery = { filter: 'status eq "active"', sort: ['familyName'], search: 'x', fields: ['id'] }
  const shown: ExportChoice = { extent: 'shown', format: 'csv', keepsFormulas: false, withDeleted: false }
  const { fields: _, ...list } = query

  it('is the list with its columns, the list with every field, or everything', () => {
    assert.deepEqual(exportQuery(shown, query, ['email', 'role']), {
      ...list,
      format: 'csv',
      fields: ['email', 'role'],
    })
    assert.deepEqual(exportQuery({ ...shown, extent: 'list' }, query, ['email']), { ...list, format: 'csv' })
    const all = { ...shown, extent: 'all', format: 'jsonl' } as const
    assert.deepEqual(exportQuery(all, query, ['email']), { format: 'jsonl' })
    assert.deepEqual(exportQuery({ ...all, withDeleted: true }, query, []), { format: 'jsonl', includeDeleted: true })
  })

  it('keeps formulas only in CSV, and only where that was chosen', () => {
    const kept = { ...shown, keepsFormulas: true }
    assert.deepEqual(exportQuery(kept, {}, ['email']), { format: 'csv', formulas: 'keep', fields: ['email'] })
    assert.deepEqual(exportQuery({ ...kept, format: 'jsonl' }, {}, ['email']), { format: 'jsonl', fields: ['email'] })
  })
})

describe('exporting from the console', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client

  before(async () => {
    server = await serveSetUp(120)
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    await client.users.create({ identifier: 'formula', displayName: '=1+1', role: '@SUM', group: 'sheet' })
    // The browser says itself that an answer was a refusal: one test brings that about.
    browser = await openBrowser(server.url, { expected: ['503 /v1/session'] })
    await signIn(browser, server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  async function openExport(search: string): Promise<Page> {
    const page = await browser.open(`/console/users${search}`)
    await page.locator('[data-row="0"]').getByRole('checkbox').waitFor()
    await page.getByRole('button', { name: 'Export' }).focus()
    await page.keyboard.press('Enter')
    // It takes the focus a moment after it is there.
    await page.getByRole('dialog', { name: 'Export' }).locator(':focus').waitFor()
    return page
  }

  async function exported(page: Page): Promise<{ readonly name: string; readonly lines: readonly string[] }> {
    const link = page.getByRole('dialog').getByRole('link', { name: /^Export \d/ })
    await link.focus()
    const download = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    const file = await download
    const lines = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split(/\r?\n/)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.close()
    return { name: file.suggestedFilename(), lines }
  }

  it('takes away exactly what is shown: its users, in its order, with its columns', async () => {
    const page = await openExport('?q=status:active&sort=familyName:desc&columns=number,status')
    await assertAccessibleInAllLooks(page)
    const { users } = await client.users.list({ status: 'active', sort: ['familyName:desc'], limit: 1000 })
    await page.getByText(`What is shown: ${users.length} users, 2 columns`).waitFor()
    const { name, lines } = await exported(page)
    assert.match(name, /^users-\d{4}-\d\d-\d\d\.csv$/)
    assert.equal(lines[0], 'number,status')
    assert.deepEqual(
      lines.slice(1).map((line) => line.split(',')[0]),
      users.map(({ number }) => String(number)),
    )
  })

  it('takes away everything as JSON Lines, by keyboard alone', async () => {
    const page = await openExport('?q=status:locked')
    await page.getByRole('radio', { name: /^What is shown/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('checkbox', { name: 'Deleted users too' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('radio', { name: 'CSV' }).focus()
    await page.keyboard.press('ArrowDown')
    const { total = 0 } = await client.users.list({ includeDeleted: true, limit: 1 })
    await page.getByRole('link', { name: `Export ${total} users` }).waitFor()
    const { name, lines } = await exported(page)
    assert.match(name, /\.jsonl$/)
    assert.equal(lines.length, total)
    assert.ok('attributes' in (JSON.parse(lines[0] ?? '') as object))
  })

  it('keeps spreadsheets from working anything out, unless that is wanted', async () => {
    const search = '?q=group:sheet&columns=displayName,role'
    assert.deepEqual((await exported(await openExport(search))).lines, ['displayName,role', "'=1+1,'@SUM"])
    const page = await openExport(search)
    await page.getByRole('checkbox', { name: /^Keep cells/ }).check()
    await page.getByText('Do not open such a file in a spreadsheet').waitFor()
    assert.deepEqual((await exported(page)).lines, ['displayName,role', '=1+1,@SUM'])
  })

  it('says what is wrong instead of promising a file that will not come', async () => {
    const page = await openExport('')
    await page.route('**/v1/session', (route) => route.fulfill({ status: 503, body: '{}' }))
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /^Export \d/ })
      .press('Enter')
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await page.unroute('**/v1/session')
    assert.ok((await exported(page)).lines.length > 120)
  })

  it('has broken nothing on the way', () => browser.assertClean())
})
