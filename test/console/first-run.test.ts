import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { run, serve, workingFolder, type Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { becomes, untilFocused } from './patience.ts'
import { setUpLinkIn } from './signed-in.ts'

const PASSWORD = 'four words nobody says'

describe('the first run', { skip: WITHOUT_BROWSER }, () => {
  const folder = workingFolder()
  let server: Served
  let browser: Browser
  let link: string

  before(async () => {
    server = await serve([], { cwd: folder })
    link = setUpLinkIn(server.stdout).slice(server.url.length)
    browser = await openBrowser(server.url, { expected: ['400 /v1/setup', '401 /v1/setup'] })
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  it('says that a link which nobody printed is no longer good', async () => {
    const page = await browser.open(`/console/setup#rc_${'0'.repeat(49)}`)
    await page.getByLabel('Identifier').fill('eve')
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
    await page.getByRole('button', { name: /^Set up/ }).click()
    await page.getByRole('heading', { level: 1, name: 'This link is no longer good' }).waitFor()
    await assertAccessible(page)
    await page.close()
  })

  it('says what is missing of a link without its secret', async () => {
    const page = await browser.open('/console/setup')
    await page.getByRole('heading', { level: 1, name: 'This link is not whole' }).waitFor()
    await page.close()
  })

  it('takes the secret out of the address before anything is typed, and shows the form in all looks', async () => {
    const page = await browser.open(link)
    await page.getByRole('heading', { level: 1, name: 'Set up Rollcall' }).waitFor()
    await page.waitForURL((url) => url.hash === '')
    await becomes(() => page.title(), 'Set up Rollcall · Rollcall')
    await page.getByRole('textbox', { name: 'Password' }).fill('short1')
    await assertAccessibleInAllLooks(page)
    await page.close()
  })

  it('keeps what was typed where the password is too short, and says so beside it', async () => {
    const page = await browser.open(link)
    await page.getByLabel('Identifier').fill('ada')
    const password = page.getByRole('textbox', { name: 'Password' })
    await password.fill('short1')
    await page.getByRole('button', { name: /^Set up/ }).click()
    await page.getByText(/must have 8 to/).waitFor()
    await becomes(() => password.getAttribute('aria-invalid'), 'true')
    assert.equal(await page.getByLabel('Identifier').inputValue(), 'ada')
    await page.close()
  })

  it('makes the first administrator, by keyboard alone, and opens the console', async () => {
    const page = await browser.open(link)
    await untilFocused(page.getByLabel('Identifier'))
    for (const text of ['ada', 'Ada', 'Lovelace', 'ada@example.com', PASSWORD]) {
      await page.keyboard.type(text)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await becomes(() => page.getByRole('textbox', { name: 'Password' }).getAttribute('type'), 'text')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    await page.getByText('Signed in as').first().waitFor({ state: 'attached' })
    const me = await page.evaluate(async () => (await fetch('/v1/me')).json() as Promise<Record<string, unknown>>)
    const { fullName } = me['user'] as { readonly fullName: string }
    const { permissions, scope } = me['token'] as { readonly permissions: readonly string[]; readonly scope: unknown }
    assert.deepEqual(
      { fullName, permissions, scope },
      { fullName: 'Ada Lovelace', permissions: ['admin'], scope: 'all' },
    )
    await page.close()
  })

  it('says afterwards that it is set up, to whoever opens the link again', async () => {
    const page = await browser.open(link)
    await page.getByRole('heading', { level: 1, name: 'Rollcall is set up already' }).waitFor()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.close()
  })

  it('says at the next start that it is set up, and prints no link', async () => {
    await server.stop()
    server = await serve([], { cwd: folder })
    assert.match(server.stdout, /is set up/)
    assert.doesNotMatch(server.stdout, /setup#/)
  })

  it('lets in again by a link of setup-link whoever has lost the password', async () => {
    await server.stop()
    const { stdout } = await run(['setup-link'], { cwd: folder })
    server = await serve([], { cwd: folder })
    const locked = await openBrowser(server.url)
    const page = await locked.open(`/console/setup${new URL(stdout.trim()).hash}`)
    await page.getByRole('button', { name: 'Use this link' }).click()
    await page.getByLabel('Identifier').fill('ada')
    await page.getByRole('textbox', { name: 'Password' }).fill('another four words')
    await page.getByRole('button', { name: /^Set up/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    locked.assertClean()
    await locked.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
