import { after, before, describe, it } from 'node:test'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { becomes, comesAbout, until } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

const ASKED = 9

/** Whether the canvas has a pixel of a colour: bars are drawn in the accent of the theme. */
const IS_DRAWN_IN = `((colour) => {
  const canvas = document.querySelector('canvas')
  if (!canvas?.width) return false
  const { width, height } = canvas
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  copy.drawImage(canvas, 0, 0)
  const { data } = copy.getImageData(0, 0, width, height)
  return data.some((_, at) => at % 4 === 0 && colour.every((part, offset) => data[at + offset] === part))
})`

describe('the activity page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client

  before(async () => {
    server = await serveSetUp(60)
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    const { user } = await client.me()
    const draft = { userId: user.id, permissions: ['users:read'], scope: 'all', name: 'busy export' } as const
    const { secret } = await client.tokens.issue(draft)
    const busy = openClient({ url: server.url, token: secret })
    for (let asked = 0; asked < ASKED; asked += 1) await busy.users.list({ limit: 1 })
    browser = await openBrowser(server.url)
    await signIn(browser, server.url)
    await counted()
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  /** Requests are counted a moment after they were answered. */
  async function counted(): Promise<void> {
    const isThere = async () => {
      const { tokens } = await client.activity()
      return tokens.some(({ name, requests }) => name === 'busy export' && requests.at(-1) === ASKED)
    }
    await comesAbout('the requests of the busy export are counted', isThere)
  }

  it('draws requests per day, with the same as a table, and the tokens by what they asked', async () => {
    const page = await browser.open('/console/activity')
    await page.getByRole('img', { name: /^Bars of requests per day: / }).waitFor()
    await page.locator('canvas').waitFor()
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'busy export' }) })
    await becomes(() => row.getByRole('cell').nth(1).textContent(), String(ASKED))
    await page.getByText('The same as a table').click()
    const days = page.getByRole('table', { name: 'Requests per day' })
    await becomes(() => days.getByRole('row').count(), 31)
    await assertAccessibleInAllLooks(page)
    await page.close()
  })

  it('shows the days of one token, by keyboard, and says so in the address', async () => {
    const page = await browser.open('/console/activity')
    await page.getByRole('button', { name: 'Show days of busy export' }).press('Enter')
    await page.getByRole('heading', { name: 'Requests per day of busy export' }).waitFor()
    await page.getByRole('img', { name: `Bars of requests per day: ${ASKED} in 30 days`, exact: false }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Requests per day of busy export' }).waitFor()
    await page.getByRole('button', { name: 'Show all tokens' }).press('Enter')
    await page.getByRole('heading', { name: 'Requests per day', exact: true }).waitFor()
    await page.close()
  })

  it('has the browser sessions of a user in one line, whose days can be shown', async () => {
    for (let opened = 0; opened < 2; opened += 1) {
      const other = await openBrowser(server.url)
      await signIn(other, server.url)
      await (await other.open('/console/users')).getByRole('grid', { name: 'Users' }).waitFor()
      await other.close()
    }
    const isCounted = async () => (await client.activity()).tokens.some(({ sessions }) => Number(sessions) >= 3)
    await comesAbout('three browser sessions are counted', isCounted)
    const page = await browser.open('/console/activity')
    const show = page.getByRole('button', { name: 'Show days of browser sessions of Ada Lovelace' })
    await show.press('Enter')
    await page.getByRole('heading', { name: 'Requests per day of browser sessions' }).waitFor()
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /browser sessions/ }) })
    await becomes(() => row.count(), 1)
    await row.getByText(/^\d+ sessions$/).waitFor()
    await page.close()
  })

  it('shows as many days as are chosen, and keeps them in the address', async () => {
    const page = await browser.open('/console/activity')
    await page.getByLabel('Range').selectOption({ label: '7 days' })
    await page.getByRole('img', { name: /in 7 days/ }).waitFor()
    await page.waitForURL((url) => url.searchParams.get('days') === '7')
    await page.reload()
    await page.getByRole('img', { name: /in 7 days/ }).waitFor()
    await page.getByLabel('Range').selectOption({ label: '90 days' })
    await page.getByRole('img', { name: /in 90 days/ }).waitFor()
    await page.close()
  })

  it('draws in the colours of the theme, and again when that changes', async () => {
    const page = await browser.open('/console/activity')
    await until(page, `${IS_DRAWN_IN}([0x0f, 0x5f, 0x56])`)
    await page.emulateMedia({ colorScheme: 'dark' })
    await until(page, `${IS_DRAWN_IN}([0x63, 0xcb, 0xbb])`)
    await page.close()
  })

  it('shows the rate limits that are in force', async () => {
    const { policies } = await client.activity()
    const page = await browser.open('/console/activity')
    await page.getByRole('heading', { name: 'Rate limits' }).waitFor()
    const table = page.getByRole('table', { name: 'Rate limits' })
    await becomes(() => table.getByRole('row').count(), policies.length === 0 ? 0 : policies.length + 1)
    await page.close()
  })

  it('asks no other origin and logs no errors', () => {
    browser.assertClean()
  })
})
