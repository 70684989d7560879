import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { ask, tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks, assertAccessibleInBothThemes } from './looks.ts'
import { becomes, untilActive, untilFocused } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

describe('the tokens page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client

  before(async () => {
    server = await serveSetUp(300)
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    browser = await openBrowser(server.url)
    await signIn(browser, server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  it('issues a token by keyboard, shows its secret once, and copies it', async () => {
    const user = await client.users.create({ identifier: 'exporter', givenName: 'Quinn', familyName: 'Exporter' })
    const page = await browser.open('/console/tokens')
    await page.getByRole('button', { name: 'New token' }).press('Enter')
    const form = page.getByRole('dialog', { name: 'New token' })
    await untilFocused(form.getByLabel('Name', { exact: true }))
    await assertAccessibleInAllLooks(page)
    await page.keyboard.type('nightly export')
    await page.keyboard.press('Enter')
    await form.getByText('Choose what the token sees.').waitFor()
    await assertAccessibleInBothThemes(page)

    await form.getByRole('combobox', { name: 'Acts for' }).focus()
    await page.keyboard.type('quinn exp')
    await untilActive(page.getByRole('option', { name: /^Quinn Exporter/ }))
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await form.getByRole('combobox', { name: 'Sees' }).focus()
    await page.keyboard.type('company m')
    await untilActive(page.getByRole('option', { name: /^Company Méditerranée/ }))
    await page.keyboard.press('Enter')
    await form.getByLabel('Expires').selectOption({ label: '30 days' })
    await form.getByRole('button', { name: 'Issue the token' }).press('Enter')

    const shown = page.getByRole('dialog', { name: 'nightly export is issued' })
    const secret = await shown.getByLabel('The token').textContent()
    assert.match(secret ?? '', /^rc_[0-9A-Za-z]{49}$/)
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('Escape')
    assert.equal(await shown.count(), 1)
    // It says so for some seconds.
    await Promise.all([
      shown.getByRole('button', { name: 'Copied' }).waitFor(),
      shown.getByRole('button', { name: 'Copy the token' }).click(),
    ])
    await becomes(() => page.evaluate<string>('navigator.clipboard.readText()'), secret ?? '')
    await page.goBack()
    const leave = page.getByRole('dialog', { name: 'Leave before the token is kept?' })
    await leave.waitFor()
    await assertAccessibleInBothThemes(page)
    await leave.getByRole('button', { name: 'Stay' }).click()
    await leave.waitFor({ state: 'detached' })
    assert.equal(await shown.getByLabel('The token').textContent(), secret)
    await shown.getByRole('button', { name: 'I have kept it' }).click()
    await shown.waitFor({ state: 'detached' })
    assert.equal((await page.content()).includes(secret ?? 'none'), false)

    const { body } = await ask(server.url, '/v1/me', secret ?? '')
    const token = body['token'] as {
      readonly permissions: readonly string[]
      readonly scope: number
      readonly expiresAt: string
    }
    assert.equal((body['user'] as { readonly id: string }).id, user.id)
    assert.deepEqual(token.permissions, ['users:read', 'users:write'])
    assert.equal(token.scope, 1235)
    assert.ok(Math.abs(Date.parse(token.expiresAt) - Date.now() - 30 * 86_400_000) < 3_600_000)
    await page.close()
  })

  it('shows whose each token is, what it may, and what has become of it; by state and by name', async () => {
    const { user } = await client.me()
    const draft = { userId: user.id, permissions: ['users:read'], scope: 'all' } as const
    const revoked = await client.tokens.issue({ ...draft, name: 'was revoked' })
    await client.tokens.revoke(revoked.id)
    await client.tokens.issue({ ...draft, name: 'goes on' })
    const page = await browser.open('/console/tokens')
    const row = (name: string) =>
      page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
    await row('was revoked').getByText('revoked', { exact: true }).waitFor()
    assert.equal(await row('was revoked').getByRole('button').count(), 0)
    await row('goes on').getByRole('link', { name: user.fullName }).waitFor()
    await assertAccessibleInAllLooks(page)
    await page.getByLabel('State').selectOption({ label: 'Revoked' })
    await row('goes on').waitFor({ state: 'detached' })
    await becomes(() => row('was revoked').count(), 1)
    await page.getByLabel('Search tokens').fill('goes')
    await page.getByRole('heading', { name: 'No token is like that' }).waitFor()
    await page.waitForURL((url) => url.searchParams.get('q') === 'goes')
    await page.reload()
    await page.getByRole('button', { name: 'Show all tokens' }).click()
    await row('goes on').waitFor()
    await page.close()
  })

  it('revokes a token, after asking once more', async () => {
    const { user } = await client.me()
    const doomed = await client.tokens.issue({
      name: 'doomed',
      userId: user.id,
      permissions: ['users:read'],
      scope: 'all',
    })
    const page = await browser.open('/console/tokens')
    const revoke = page.getByRole('button', { name: 'Revoke doomed' })
    await revoke.click()
    await page.getByRole('dialog', { name: 'Revoke doomed?' }).waitFor()
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('Escape')
    assert.equal((await ask(server.url, '/v1/me', doomed.secret)).status, 200)
    await revoke.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('doomed is revoked.').first().waitFor()
    await revoke.waitFor({ state: 'detached' })
    await becomes(async () => (await ask(server.url, '/v1/me', doomed.secret)).status, 401)
    await page.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
