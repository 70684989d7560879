import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { ask, tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { serveUsers } from './directory.ts'
import { becomes, until } from './patience.ts'
import { signIn } from './signed-in.ts'

/** What the search waits for after a key. */
const PAUSE_MS = 150

describe('Counts and questions of the users page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let token: string
  let browser: Browser
  let page: Page

  before(async () => {
    server = await serveUsers(2000)
    token = tokenIn(server.stdout)
    browser = await openBrowser(server.url)
    await signIn(browser, server.url, { token })
    page = await browser.open('/console/account')
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const open = async (search: string) => {
    await page.goto(`${server.url}/console/users${search}`)
    await page.locator('[data-row="0"]').getByRole('link').waitFor()
    await page.locator('[data-exact=true]').waitFor()
  }
  const said = (sentence: string) =>
    until(
      page,
      `[...document.querySelectorAll('[role=status][aria-live=polite]')].some(({ textContent }) => textContent.trim() === ${JSON.stringify(sentence)})`,
    )
  const totalOf = async (query: string) => {
    const { body } = await ask(server.url, `/v1/users?limit=1&${query}`, token)
    return (body as { readonly total: number }).total
  }

  it('are said to who hears the page: how many there are, and how many are selected', async () => {
    await open('?q=status%3Alocked')
    const users = await totalOf('status=locked')
    await said(`${users.toLocaleString('en')} users`)
    await page.getByRole('grid', { name: 'Users' }).focus()
    await page.keyboard.press('x')
    await said('1 user selected')
    await page.keyboard.press('Shift+J')
    await said('2 users selected')
    await page.keyboard.press('Escape')
  })

  it('are asked for once, when one has typed, and not before', async () => {
    await page.clock.install()
    await open('')
    const asked: string[] = []
    page.on('request', (request) => {
      const { searchParams } = new URL(request.url())
      if (searchParams.has('search') && searchParams.get('limit') === '100')
        asked.push(searchParams.get('search') ?? '')
    })
    await page.getByRole('combobox', { name: 'Search users' }).focus()
    await page.clock.pauseAt(Date.now() + 3_600_000)
    for (const key of 'annabel') {
      await page.keyboard.press(key)
      await page.clock.runFor(PAUSE_MS - 50)
    }
    await page.clock.runFor(49)
    assert.deepEqual(asked, [])
    assert.equal(new URL(page.url()).searchParams.get('q'), null)
    await page.clock.runFor(1)
    await page.clock.resume()
    await page.waitForURL((url) => url.searchParams.get('q') === 'annabel')
    const users = await totalOf('search=annabel')
    await page
      .locator('[data-exact=true]')
      .filter({ hasText: `${users.toLocaleString('en')} user` })
      .waitFor()
    assert.deepEqual(asked, ['annabel'])
    page.removeAllListeners('request')
  })

  it('are about so many once the directory was written, until they are counted again', async () => {
    await open('')
    const before = await totalOf('')
    const body = JSON.stringify({ identifier: 'one-more' })
    assert.equal((await ask(server.url, '/v1/users', token, { method: 'POST', body })).status, 201)
    const total = page.locator('[data-exact=false]').filter({ hasText: `About ${before.toLocaleString('en')} users` })
    // It is looked for changes from time to time, once the list is there.
    await becomes(async () => {
      await page.clock.fastForward(60_000)
      return total.count()
    }, 1)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page
      .locator('[data-exact=true]')
      .filter({ hasText: `${(before + 1).toLocaleString('en')} users` })
      .waitFor()
    browser.assertClean()
  })
})
