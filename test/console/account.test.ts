import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { becomes } from './patience.ts'
import { ADA, serveSetUp, signIn } from './signed-in.ts'

describe('the account page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser

  before(async () => {
    server = await serveSetUp(60)
    browser = await openBrowser(server.url, { expected: ['400 /v1/me/password'] })
    await signIn(browser, server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  /** A session in another browser, as the cookie it would send. */
  async function elsewhere(userAgent: string, password = ADA.password): Promise<string> {
    const answer = await fetch(`${server.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': userAgent },
      body: JSON.stringify({ identifier: ADA.identifier, password }),
    })
    assert.equal(answer.status, 201)
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  }
  const statusOf = async (cookie: string) => (await fetch(`${server.url}/v1/me`, { headers: { cookie } })).status

  it('says who one is and what one may', async () => {
    const page = await browser.open('/console/account')
    await page.getByRole('main').getByRole('link', { name: 'Ada Lovelace' }).waitFor()
    await page.getByText('Everything', { exact: true }).waitFor()
    await assertAccessibleInAllLooks(page)
    await page.close()
  })

  it('lists the sessions, marks this one, and ends another', async () => {
    const cookie = await elsewhere('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
    assert.equal(await statusOf(cookie), 200)
    const page = await browser.open('/console/account')
    const end = page.getByRole('button', { name: 'End the session in Firefox on Linux' })
    await end.waitFor()
    assert.equal(await page.getByText('this one', { exact: true }).count(), 1)
    await end.focus()
    await page.keyboard.press('Enter')
    await end.waitFor({ state: 'detached' })
    await becomes(() => statusOf(cookie), 401)
    // The button is gone, and the keyboard goes on from where it stood.
    await page.locator('main section:focus').filter({ hasText: 'this one' }).waitFor()
    await page.close()
  })

  it('changes the password, says beside it what is wrong, and ends the other sessions', async () => {
    const cookie = await elsewhere('Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0')
    const page = await browser.open('/console/account')
    const current = page.getByRole('textbox', { name: 'Current password' })
    await current.fill('not the password')
    await page.getByRole('textbox', { name: 'New password' }).fill('a new one of four words')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText(/is not the password/).waitFor()
    assert.equal(await current.getAttribute('aria-invalid'), 'true')
    await current.fill(ADA.password)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page
      .getByText(/^Your password is changed/)
      .first()
      .waitFor()
    assert.equal(await statusOf(cookie), 401)
    await elsewhere('curl', 'a new one of four words')
    // This browser goes on.
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
    await page.close()
  })

  it('keeps theme, direction and shortcuts, also for the next visit', async () => {
    const page = await browser.open('/console/account')
    await page.getByLabel('Theme').selectOption({ label: 'Dark' })
    await page.getByLabel('Direction').selectOption({ label: 'Right to left' })
    await page.getByRole('checkbox', { name: /^Single-key shortcuts/ }).uncheck()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
    await page.locator('html[data-theme="dark"][dir="rtl"]').waitFor()
    await assertAccessible(page)
    await page.keyboard.press('?')
    // A dialog would be in the way of what is clicked now.
    await page.getByRole('checkbox', { name: /^Single-key shortcuts/ }).check()
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
