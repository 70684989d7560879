import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { serveUsers } from './directory.ts'
import { seenRows } from './seen-rows.ts'
import { becomes, until } from './patience.ts'
import { signIn } from './signed-in.ts'

const USERS = 2000
/** Wide enough that the list stands beside an open user. */
const VIEWPORT = { width: 1600, height: 800 }

describe('The place in the users list', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let page: Page
  let last: number

  before(async () => {
    server = await serveUsers(USERS)
    browser = await openBrowser(server.url, { viewport: VIEWPORT })
    await signIn(browser, server.url, { token: tokenIn(server.stdout) })
    page = await browser.open('/console/users')
    await rowAt(0).getByRole('link').waitFor()
    await until(page, 'document.querySelector("[data-exact=true]") !== null')
    last = Number(await grid().getAttribute('aria-rowcount')) - 2
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const grid = () => page.getByRole('grid', { name: 'Users' })
  const rowAt = (index: number) => grid().locator(`[data-row="${index}"]`)
  const said = (name: string) => new URL(page.url()).searchParams.get(name)
  const seen = () => seenRows(grid())
  const untilActive = (index: number) =>
    until(page, `document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant') === 'row-${index}'`)
  const open = async (search: string, row = 0) => {
    await page.goto(`${server.url}/console/users${search}`)
    await rowAt(row).getByRole('link').waitFor()
  }
  const toEnd = async () => {
    // The end is where it is once the list is counted.
    await until(page, `document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === '${last + 2}'`)
    await grid().press('End')
    await rowAt(last).getByRole('link').waitFor()
    await page.waitForURL((url) => url.searchParams.has('row'))
    await becomes(async () => (await seen()).at(-1), last)
  }
  /** At the last row, with the same rows in sight as there were. */
  const isAtEnd = async (before: readonly number[]) => {
    await rowAt(last).getByRole('link').waitFor()
    await untilActive(last)
    await becomes(seen, before)
    assert.equal(before.at(-1), last)
  }

  it('is the same after a reload', async () => {
    await open('?sort=number')
    await toEnd()
    const before = await seen()
    await page.reload()
    await isAtEnd(before)
  })

  it('is read at once, without what lies before it', async () => {
    await open('?sort=number')
    await toEnd()
    const asked: string[] = []
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.pathname === '/v1/users' && url.searchParams.get('limit') === '100') asked.push(url.search)
    })
    await page.reload()
    await rowAt(last).getByRole('link').waitFor()
    await until(page, 'document.querySelector("[data-exact=true]") !== null')
    assert.match(asked[0] ?? '', new RegExp(`offset=${Math.floor(Number(said('row')) / 100) * 100}`))
    assert.equal(asked.filter((search) => !search.includes('offset=') && !search.includes('cursor=')).length, 0)
    page.removeAllListeners('request')
  })

  it('is the same when one comes back from another page', async () => {
    await open('?sort=number')
    await toEnd()
    const before = await seen()
    await page.getByRole('link', { name: 'Customers' }).click()
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
    await page.goBack()
    await isAtEnd(before)
  })

  it('is the same when one comes back from the page of a user', async () => {
    await open('?sort=number')
    await toEnd()
    const before = await seen()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.has('user'))
    const id = said('user') ?? ''
    await page.getByRole('link', { name: 'Open as a page' }).click()
    await page.waitForURL((url) => url.pathname === `/console/users/${id}`)
    await page.goBack()
    await page.waitForURL((url) => url.pathname === '/console/users' && url.searchParams.get('user') === id)
    await rowAt(last).getByRole('link').waitFor()
    await page.goBack()
    await page.waitForURL((url) => url.pathname === '/console/users' && !url.searchParams.has('user'))
    await isAtEnd(before)
  })

  it('is shown to whoever is sent the address', async () => {
    await open('?sort=number')
    await toEnd()
    const before = await seen()
    const copied = page.url()
    const other = await openBrowser(server.url, { viewport: VIEWPORT })
    const mine = page
    try {
      await signIn(other, server.url, { token: tokenIn(server.stdout) })
      page = await other.open(copied.slice(server.url.length))
      await isAtEnd(before)
      other.assertClean()
    } finally {
      page = mine
      await other.close()
    }
  })

  it('follows the wheel when that rests, and leaves no steps to go back', async () => {
    await open('?sort=number')
    const steps = await page.evaluate<number>('history.length')
    await page.mouse.move(800, 500)
    for (let turn = 0; turn < 10; turn += 1) await page.mouse.wheel(0, 800)
    await page.waitForURL((url) => Number(url.searchParams.get('row')) === 201)
    assert.equal(await page.evaluate('history.length'), steps)
    const before = await seen()
    await page.reload()
    await rowAt(200).getByRole('link').waitFor()
    await becomes(seen, before)
    assert.equal(before[0], 200)
  })

  it('is the first row again where the list becomes another, and comes back with the list', async () => {
    await open('?sort=number')
    await toEnd()
    const before = await seen()
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await page.waitForURL((url) => url.searchParams.get('sort') === 'fullName' && !url.searchParams.has('row'))
    await rowAt(0).getByRole('link').waitFor()
    await untilActive(0)
    await page.goBack()
    await isAtEnd(before)
    await page.keyboard.press('/')
    await page.keyboard.type('an')
    await page.waitForURL((url) => url.searchParams.get('q') === 'an' && !url.searchParams.has('row'))
    await rowAt(0).getByRole('link').waitFor()
    assert.equal(said('active'), null)
  })

  it('is the end where the list has become shorter, and no place where it is no number', async () => {
    await page.goto(`${server.url}/console/users?row=90000`)
    await rowAt(last).getByRole('link').waitFor()
    await becomes(async () => (await seen()).at(-1), last)
    await page.goto(`${server.url}/console/users?row=last`)
    await page.getByRole('alert').getByText('The row in the address: last is not the number of a row.').waitFor()
    browser.assertClean()
  })
})
