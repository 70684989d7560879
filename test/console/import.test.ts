import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { asksBeforeClosing } from './closing.ts'
import { assertAccessibleInAllLooks, assertAccessibleInBothThemes } from './looks.ts'
import { becomes, comesAbout, until } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

const OKTA = [
  'login,firstName,lastName,email,status,Shoe size',
  'ada.l,Ada,Lovelace,ada.l@x.example,ACTIVE,38',
  '"mül,ler","Jür\ngen",Müller,muller@x.example,SUSPENDED,44',
  'broken,Bro,Ken,no address,ACTIVE,40',
  'zoe,Zoë,Brien,zoe@x.example,STAGED,39',
].join('\n')

describe('importing in the console', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client

  before(async () => {
    server = await serveSetUp(60)
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    // What the browser itself says of a request that a test lets fail.
    browser = await openBrowser(server.url, { expected: ['net::ERR_CONNECTION_RESET /v1/imports'] })
    await signIn(browser, server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  async function openFile(name: string, content: string | Buffer): Promise<Page> {
    const page = await browser.open('/console/import')
    await give(page, name, content)
    return page
  }

  async function give(page: Page, name: string, content: string | Buffer): Promise<void> {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).press('Enter')
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
    await page.getByRole('table', { name: 'The first rows' }).or(page.getByRole('alert')).first().waitFor()
  }

  /** What had the focus may be gone, but the focus is not. */
  async function assertFocused(page: Page): Promise<void> {
    await until(page, 'document.activeElement?.closest("main") !== null')
  }

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const group = async (name: string) => (await client.users.list({ group: name, limit: 1 })).total

  it('says what a file is, tries its first rows, checks all, imports, and gives back what was refused', async () => {
    const page = await browser.open('/console/import')
    await button(page, 'Choose a file').waitFor()
    await assertAccessibleInAllLooks(page)
    await give(page, 'people.csv', OKTA)
    await becomes(() => page.getByRole('combobox', { name: 'Kind of file' }).inputValue(), 'okta')
    await page.getByText('5 of 6 columns known').waitFor()
    const shoes = page.getByRole('combobox', { name: 'What Shoe size is' })
    await becomes(() => shoes.inputValue(), '')
    await shoes.selectOption('attributes.Shoe size')
    await page.getByText('6 of 6 columns known').waitFor()
    await page.getByText('1 of the first 4 rows would be refused.').waitFor()
    const refused = page.getByRole('table', { name: 'The first rows' }).getByRole('row', { name: /refused/ })
    // The row before it takes two lines of the file.
    assert.equal(await refused.getByRole('rowheader').innerText(), '5')
    await refused.getByText('email must be an e-mail address').waitFor()
    await assertFocused(page)
    await assertAccessibleInAllLooks(page)

    await button(page, 'Check all rows').press('Enter')
    await page.getByRole('heading', { name: 'Checked' }).waitFor()
    await page.locator('p', { hasText: /^3 rows can be imported, 1 refused\.$/ }).waitFor()
    assert.equal((await client.users.list({ identifier: 'ada.l', limit: 1 })).total, 0)
    await assertFocused(page)

    await button(page, 'Import them now').press('Enter')
    await page.getByRole('heading', { name: 'Imported' }).waitFor()
    await page.locator('p', { hasText: /^3 users created, 0 updated, 0 unchanged, 1 refused\.$/ }).waitFor()
    await assertAccessibleInAllLooks(page)
    const [user] = (await client.users.list({ identifier: 'mül,ler' })).users
    assert.deepEqual(
      [user?.givenName, user?.status, user?.attributes],
      ['Jür\ngen', 'suspended', { 'Shoe size': '44' }],
    )

    const download = page.waitForEvent('download')
    await button(page, 'Save 1 refused row').press('Enter')
    const file = await download
    assert.equal(file.suggestedFilename(), 'people.refused.csv')
    const text = readFileSync(await file.path(), 'utf8')
    assert.equal(
      text,
      'rollcall_line,rollcall_reason,login,firstName,lastName,email,status,Shoe size\r\n' +
        '5,email must be an e-mail address.,broken,Bro,Ken,no address,ACTIVE,40\r\n',
    )
    // Mended, the same file is taken, and the columns that were added mean nothing.
    await button(page, 'Another file').press('Enter')
    await button(page, 'Choose a file').waitFor()
    await assertFocused(page)
    await give(page, 'people.refused.csv', text.replace('no address', 'broken@x.example'))
    await page.getByText('The first 1 row can be imported.').waitFor()
    await button(page, 'Import').press('Enter')
    await page.locator('p', { hasText: /^1 user created, / }).waitFor()
    await page.close()
  })

  it('takes a file that is dropped', async () => {
    const page = await browser.open('/console/import')
    const files = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['{"identifier":"dropped","group":"dropped"}\\n{"identifier":'], 'users.jsonl'))
      return transfer
    })()`)
    const zone = page.getByText('Drop a file of users here')
    await zone.dispatchEvent('dragover', { dataTransfer: files })
    await zone.dispatchEvent('drop', { dataTransfer: files })
    await page.getByText('1 of the first 2 rows would be refused.').waitFor()
    await page.getByText('The line is not well-formed JSON.').waitFor()
    await button(page, 'Import').click()
    await page.locator('p', { hasText: /^1 user created, .* 1 refused\.$/ }).waitFor()
    assert.equal(await group('dropped'), 1)
    await page.close()
  })

  it('updates who is there already, by what was chosen', async () => {
    await client.users.create({ identifier: 'old', email: 'same@x.example', group: 'match', externalId: 'E-1' })
    const page = await openFile(
      'match.csv',
      'email,externalId,group,role\nsame@x.example,E-1,match,Driver\nnew@x.example,E-2,match,\n',
    )
    const match = page.getByRole('combobox', { name: 'Who is there already is known by' })
    await match.selectOption('email')
    await page.getByRole('row', { name: /updated same@/ }).waitFor()
    await page.getByRole('combobox', { name: 'What email is' }).selectOption('')
    await page.getByRole('alert').getByText('No column is the e-mail address').waitFor()
    await becomes(() => button(page, 'Import').isDisabled(), true)
    await match.selectOption('externalId')
    await button(page, 'Import').click()
    await page
      .locator('p', {
        hasText: /^1 user created, 1 updated, 0 unchanged\.$|^0 users created, 1 updated, .* 1 refused\.$/,
      })
      .waitFor()
    const [old] = (await client.users.list({ identifier: 'old' })).users
    assert.equal(old?.role, 'Driver')
    await page.close()
  })

  it('says clearly that it guesses an encoding, and reads another where one is chosen', async () => {
    const latin = Buffer.from('identifier,givenName\nlatin,Jürgen\n', 'latin1')
    const page = await openFile('latin.csv', latin)
    const encoding = page.getByRole('combobox', { name: 'Encoding' })
    await becomes(() => encoding.inputValue(), 'windows-1252')
    await page.getByText('A guess: the file is not UTF-8.').waitFor()
    await page.getByRole('cell', { name: 'Jürgen' }).first().waitFor()
    await encoding.selectOption('utf-8')
    await page.getByRole('alert').getByText('The file is not UTF-8').waitFor()
    await page.close()
  })

  it('keeps what was chosen where the file is read with another encoding', async () => {
    const page = await openFile('kept.csv', 'identifier,email,givenName\nkept,kept@example.com,Jürgen\n')
    const match = page.getByRole('combobox', { name: 'Who is there already is known by' })
    await match.selectOption('email')
    await page.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1252')
    await page.getByRole('cell', { name: 'JÃ¼rgen' }).first().waitFor()
    await becomes(() => match.inputValue(), 'email')
    await page.close()
  })

  it('refuses in words what is no file of users', async () => {
    const page = await openFile('book.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))
    await page.getByRole('alert').getByText('save it as CSV').waitFor()
    await give(page, 'twice.csv', 'a,a\n1,2\n')
    await page.getByRole('alert').getByText('names the column "a" twice').waitFor()
    await page.close()
  })

  const many = (name: string, rows: number) =>
    `identifier,group\n${Array.from({ length: rows }, (_, index) => `${name}-${index},${name}`).join('\n')}\n`

  it('pauses, asks before the page is left, survives a lost connection, and goes on', async () => {
    const page = await openFile('lost.csv', many('lost', 2300))
    // The third batch is written, and its answer is lost.
    let batches = 0
    await page.route('**/v1/imports', async (route) => {
      batches += 1
      if (batches !== 3) return route.continue()
      await route.fetch()
      return route.abort('connectionreset')
    })
    await button(page, 'Import').click()
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await assertAccessibleInAllLooks(page)
    await page.getByRole('link', { name: 'Customers' }).click()
    const leaving = page.getByRole('dialog', { name: 'Leave while users are being imported?' })
    await leaving.waitFor()
    await assertAccessibleInBothThemes(page)
    await leaving.getByRole('button', { name: 'Stay' }).press('Enter')
    await leaving.waitFor({ state: 'detached' })
    await button(page, 'Go on').click()
    await page.locator('p', { hasText: /^1,800 users created, 0 updated, 500 unchanged\.$/ }).waitFor()
    assert.equal(await group('lost'), 2300)
    await page.close()
  })

  it('ends with what is under way when the page is left', async () => {
    const page = await openFile('left.csv', many('left', 2300))
    const { promise: left, resolve: release } = Promise.withResolvers<undefined>()
    let batches = 0
    await page.route('**/v1/imports', async (route) => {
      batches += 1
      await left
      await route.continue()
    })
    await button(page, 'Import').click()
    // Two at once, and no more.
    await becomes(() => batches, 2)
    await page.getByRole('progressbar', { name: 'Rows imported' }).waitFor()
    await page.getByRole('link', { name: 'Customers' }).click()
    await button(page, 'Leave').click()
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    let answers = 0
    const both = page.waitForResponse((answer) => answer.url().endsWith('/v1/imports') && ++answers === 2)
    release(undefined)
    await both
    await page.getByRole('link', { name: 'Users' }).click()
    await page.locator('[data-row="0"]').getByRole('link').waitFor()
    assert.equal(batches, 2)
    assert.equal(await group('left'), 1000)
    await page.close()
  })

  it('stops where it is told to, and goes on after the last line that is done', async () => {
    const page = await openFile('stop.csv', many('stop', 2300))
    const { promise: stopped, resolve: release } = Promise.withResolvers<undefined>()
    let batches = 0
    await page.route('**/v1/imports', async (route) => {
      batches += 1
      await stopped
      await route.continue()
    })
    await button(page, 'Import').click()
    await becomes(() => batches, 2)
    await page.getByRole('progressbar', { name: 'Rows imported' }).waitFor()
    assert.equal(await asksBeforeClosing(page), true)
    await button(page, 'Stop').click()
    release(undefined)
    await page
      .getByText(/^Stopped after 1,000 rows: 1,000 users created/)
      .last()
      .waitFor()
    assert.equal(await group('stop'), 1000)
    await button(page, 'Go on after line 1,001').click()
    await page.locator('p', { hasText: /^2,300 users created, 0 updated, 0 unchanged\.$/ }).waitFor()
    assert.equal(await group('stop'), 2300)
    await becomes(() => asksBeforeClosing(page), false)
  })

  it('says how many rows are done, how fast it goes and how long it still takes', async () => {
    const rows = 5000
    const page = await openFile('slow.csv', many('slow', rows))
    const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
    const held: (() => void)[] = []
    await page.route('**/v1/imports', async (route) => {
      await Promise.race([released, new Promise<void>((resolve) => held.push(resolve))])
      await route.continue()
    })
    const letGo = async () => {
      await comesAbout('a batch is on its way', () => held.length > 0)
      held.shift()?.()
    }
    await button(page, 'Import').click()
    const bar = page.getByRole('progressbar', { name: 'Rows imported' })
    await bar.waitFor()
    await page.getByText('0 %, 0 rows').waitFor()
    assert.equal(await page.getByText(/per second/).count(), 0)
    let before = 0
    for (const done of [500, 1000, 1500]) {
      // Nobody can say how fast it goes before some time went by.
      await setTimeout(600)
      await letGo()
      const line = page.locator('p', { hasText: `, ${done.toLocaleString('en')} rows` }).filter({ hasText: /left$/ })
      const text = (await line.innerText()).replace(/\s+/g, ' ')
      const found = /^(\d+) %, [\d,]+ rows ([\d,]+) rows? per second about (\d+) (s|min) left$/.exec(text)
      const [percent = 0, perSecond = 0, timeLeft = 0] = (found ?? [])
        .slice(1, 4)
        .map((one) => Number(one.replace(',', '')))
      const secondsLeft = found?.[4] === 'min' ? timeLeft * 60 : timeLeft
      const share = done / rows
      assert.ok(percent > 100 * share * 0.5 && percent < 100 * share * 2 && percent > before, text)
      assert.ok(perSecond > 0 && perSecond < done / 0.6, text)
      const secondsMeant = (rows - done) / perSecond
      assert.ok(secondsLeft > secondsMeant * 0.4 - 1 && secondsLeft < secondsMeant * 2 + 1, text)
      await becomes(async () => Math.floor(100 * Number(await bar.getAttribute('value'))), percent)
      before = percent
    }
    // Screen readers hear of every quarter.
    await page
      .getByRole('status')
      .filter({ hasText: /^(25|50) percent$/ })
      .waitFor({ state: 'attached' })
    await assertAccessibleInAllLooks(page)
    release(undefined)
    await page.locator('p', { hasText: /^5,000 users created, 0 updated, 0 unchanged\.$/ }).waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: /^5,000 users created/ })
      .waitFor({ state: 'attached' })
    await page.close()
  })

  it('has broken nothing on the way', () => browser.assertClean())
})
