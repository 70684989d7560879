import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openClient } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks, assertAccessibleInBothThemes } from './looks.ts'
import { becomes, until, untilActive, untilFocused } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

describe('the palette', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let userId: string

  before(async () => {
    server = await serveSetUp(300)
    const client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    userId = (await client.users.create({ identifier: 'zenobia', givenName: 'Zenobia', familyName: 'Quill' })).id
    browser = await openBrowser(server.url, { expected: ['400 /v1/users'] })
    await signIn(browser, server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const open = async () => {
    const page = await browser.open('/console/tokens')
    await page.getByRole('table').waitFor()
    await page.keyboard.press('Control+k')
    await untilFocused(page.getByRole('combobox', { name: 'Pages, actions, users and customers' }))
    return page
  }
  const focusedId = 'document.activeElement.id'

  it('opens with Ctrl+K, shows pages and actions, closes with Escape and gives focus back', async () => {
    const page = await browser.open('/console/tokens')
    const search = page.getByLabel('Search tokens')
    await search.focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('option', { name: 'Customers' }).waitFor()
    await page.getByRole('option', { name: 'New token' }).waitFor()
    await assertAccessibleInAllLooks(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await untilFocused(search)
    await page.close()
  })

  it('goes to a page', async () => {
    const page = await open()
    await page.keyboard.type('custom')
    await untilActive(page.getByRole('option', { name: 'Customers' }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    await until(page, `${focusedId} === "main"`)
    await page.close()
  })

  it('begins an action', async () => {
    const page = await open()
    await page.keyboard.type('new cust')
    await untilActive(page.getByRole('option', { name: 'New customer' }))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'New customer' }).getByLabel('Name', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('option', { name: 'New user' }).click()
    await page.getByRole('dialog', { name: 'New user' }).waitFor()
    await page.close()
  })

  it('finds users by name, forgiving a slip, and opens one', async () => {
    const page = await open()
    await page.keyboard.type('zenboia')
    await untilActive(page.getByRole('option', { name: /^Zenobia Quill/ }))
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/console/users/${userId}*`)
    await page.close()
  })

  it('finds customers, and shows their users', async () => {
    const page = await open()
    await page.keyboard.type('mediterranee')
    await untilActive(page.getByRole('option', { name: /^Company Méditerranée/ }))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/console/users?customer=1235*')
    await page.close()
  })

  it('says where nothing is called so', async () => {
    const page = await open()
    await page.keyboard.type('qqqqqqxyz')
    await page.getByText('Nothing is called that.').waitFor()
    await page.close()
  })

  it('says where users could not be searched', async () => {
    const page = await open()
    await page.route('**/v1/users?*', (route) => route.fulfill({ status: 400, json: { detail: 'Broken on purpose.' } }))
    await page.keyboard.type('qqqqqqfail')
    await page.getByRole('alert').getByText('Users could not be searched').waitFor()
    assert.equal(await page.getByText('Nothing is called that.').count(), 0)
    await page.close()
  })

  it('shows with ? which keys act here, and with what they do', async () => {
    const page = await browser.open('/console/customers')
    await page.getByRole('treegrid').waitFor()
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await help.getByRole('heading', { name: 'Everywhere' }).waitFor()
    await help.getByRole('heading', { name: /^Customers/ }).waitFor()
    await assertAccessibleInAllLooks(page)
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    await page.getByLabel('Search customers').focus()
    await page.keyboard.type('?')
    await becomes(() => page.getByLabel('Search customers').inputValue(), '?')
    assert.equal(await help.count(), 0)
    await page.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
