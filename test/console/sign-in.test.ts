import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { tokenIn, type Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks, assertAccessibleInBothThemes } from './looks.ts'
import { becomes } from './patience.ts'
import { ADA, admit, serveSetUp, signIn } from './signed-in.ts'

const GRACE = { identifier: 'grace', password: 'another four long words' }

describe('signing in', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser

  before(async () => {
    server = await serveSetUp(60)
    await admit(server.url, tokenIn(server.stdout), GRACE, { permissions: ['users:read'], scope: 'all' })
    browser = await openBrowser(server.url, {
      expected: ['401 /v1/session', '429 /v1/session', '401 /v1/customers'],
    })
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const fill = async (page: Awaited<ReturnType<Browser['open']>>, { identifier, password } = ADA) => {
    await page.getByLabel('Identifier').fill(identifier)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  it('refuses a wrong password in words, keeps the identifier, and then goes where one wanted to go', async () => {
    await browser.context.clearCookies()
    const page = await browser.open('/console/customers?q=com')
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await assertAccessibleInAllLooks(page)
    await fill(page, { identifier: 'ada', password: 'wrong' })
    await page.getByRole('alert').filter({ hasText: 'do not let anybody in' }).waitFor()
    await becomes(() => page.getByLabel('Identifier').inputValue(), 'ada')
    await assertAccessible(page)
    await fill(page)
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    await page.waitForURL((url) => url.pathname + url.search === '/console/customers?q=com')
    await page.close()
  })

  it('asks for nothing that is refused where a page is opened signed out, also after signing out', async () => {
    await browser.context.clearCookies()
    const refused: string[] = []
    browser.context.on('response', (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`)
    })
    const page = await browser.open('/console/sign-in')
    // As in a browser in which nobody has been signed in before.
    await page.evaluate('localStorage.clear()')
    await page.goto(`${server.url}/console/users`)
    await fill(page)
    await page.getByRole('grid', { name: 'Users' }).locator('[data-row="0"]').getByRole('link').waitFor()
    await page.reload()
    await page.getByRole('button', { name: /^Signed in as/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.goto(`${server.url}/console/users`)
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    assert.deepEqual(refused, [])
    await page.close()
  })

  it('takes a token instead of a password', async () => {
    await browser.context.clearCookies()
    const page = await browser.open('/console/tokens')
    await page.getByRole('tab', { name: 'Token' }).click()
    await page.getByRole('textbox', { name: 'Token' }).fill(tokenIn(server.stdout))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Tokens' }).waitFor()
    await page.close()
  })

  it('sends nobody to another site', async () => {
    for (const to of ['//example.com/', 'https://example.com/', '/\\example.com', '/console//example.com']) {
      await browser.context.clearCookies()
      const page = await browser.open(`/console/sign-in?to=${encodeURIComponent(to)}`)
      await fill(page)
      await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
      assert.equal(new URL(page.url()).origin, server.url)
      await page.close()
    }
  })

  it('says how long to wait after too many wrong passwords', async () => {
    await browser.context.clearCookies()
    const guess = () =>
      fetch(`${server.url}/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier: 'mallory', password: 'guess' }),
      })
    let answer = await guess()
    for (let guesses = 1; answer.status === 401 && guesses < 40; guesses += 1) answer = await guess()
    assert.equal(answer.status, 429)
    const page = await browser.open('/console/sign-in')
    await fill(page, { identifier: 'mallory', password: 'guess' })
    await page.getByText(/^Try again in \d+ (minute|second)/).waitFor()
    await becomes(() => page.getByRole('button', { name: 'Sign in' }).isDisabled(), true)
    await page.close()
  })

  it('signs out from the menu, and shows nothing afterwards', async () => {
    await browser.context.clearCookies()
    await signIn(browser, server.url)
    const page = await browser.open('/console/customers')
    await page.getByRole('button', { name: /^Signed in as/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.goto(`${server.url}/console/customers`)
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.close()
  })

  it('asks to sign in again over the page, which keeps what was typed', async () => {
    await browser.context.clearCookies()
    await signIn(browser, server.url)
    const page = await browser.open('/console/customers?edit=new')
    await page.getByLabel('Name', { exact: true }).fill('Typed before')
    await page.getByLabel('Code').fill('typed-before')
    await browser.context.clearCookies()
    await page.getByRole('button', { name: 'Create' }).click()
    const dialog = page.getByRole('dialog', { name: 'You are signed out' })
    await dialog.waitFor()
    await becomes(() => dialog.getByLabel('Identifier').inputValue(), ADA.identifier)
    await page.keyboard.press('Escape')
    await assertAccessibleInBothThemes(page)
    await dialog.getByRole('textbox', { name: 'Password' }).fill(ADA.password)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await becomes(() => page.getByLabel('Name', { exact: true }).inputValue(), 'Typed before')
    await page.getByRole('button', { name: 'Create' }).click()
    await page
      .getByText(/^Typed before is created/)
      .first()
      .waitFor()
    await page.close()
  })

  it('loads the page anew where somebody else signs in, and says so before', async () => {
    await browser.context.clearCookies()
    await signIn(browser, server.url)
    const page = await browser.open('/console/customers?edit=new')
    await page.getByLabel('Name', { exact: true }).fill('Of Ada')
    await page.getByLabel('Code').fill('of-ada')
    await browser.context.clearCookies()
    await page.getByRole('button', { name: 'Create' }).click()
    const dialog = page.getByRole('dialog', { name: 'You are signed out' })
    await dialog.getByLabel('Identifier').fill(GRACE.identifier)
    await dialog.getByRole('textbox', { name: 'Password' }).fill(GRACE.password)
    await page.keyboard.press('Enter')
    const other = page.getByRole('dialog', { name: 'Somebody else is signed in' })
    await other.getByText('grace').waitFor()
    await other.waitFor()
    await assertAccessibleInBothThemes(page)
    await other.getByRole('button', { name: 'Load the page anew' }).click()
    await page.getByRole('button', { name: /^Signed in as grace/ }).waitFor()
    // She may not read customers, so she is not offered them.
    assert.equal(await page.getByRole('link', { name: 'Customers' }).count(), 0)
    await page.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
