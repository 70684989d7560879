import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page, Route } from 'playwright-core'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { serveUsers } from './directory.ts'
import { seenRows } from './seen-rows.ts'
import { becomes, comesAbout, until } from './patience.ts'
import { signIn } from './signed-in.ts'

const USERS = 1_000_000
const LAST = USERS - 1

const BOX = 'document.querySelector("[role=grid]")'
/** What part of its way the scroll bar is on. */
const DRAGGED = `${BOX}.scrollTop / (${BOX}.scrollHeight - ${BOX}.clientHeight)`

interface Answer {
  readonly users: readonly Readonly<Record<string, unknown>>[]
}

// No test fills a directory as long as this. The server is asked for its first users, who are then told to stand where the page asked.
async function answerMillion(route: Route): Promise<void> {
  const url = new URL(route.request().url())
  const offset = Number(url.searchParams.get('offset') ?? 0)
  url.searchParams.delete('offset')
  const answer = await route.fetch({ url: url.href })
  const { users, ...rest } = (await answer.json()) as Answer
  const numbered = users.slice(0, USERS - offset).map((user, at) => ({
    ...user,
    id: `00000000-0000-4000-8000-${String(offset + at).padStart(12, '0')}`,
    fullName: `Row ${offset + at}`,
  }))
  const hasMore = offset + users.length < USERS
  await route.fulfill({ json: { ...rest, users: numbered, total: USERS, page: { hasMore } } })
}

describe('A list of a million users', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let page: Page

  before(async () => {
    server = await serveUsers(200)
    browser = await openBrowser(server.url)
    await signIn(browser, server.url, { token: tokenIn(server.stdout) })
    await browser.context.route('**/v1/users?*', answerMillion)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const grid = () => page.getByRole('grid', { name: 'Users' })
  /** A row with the user who stands there. */
  const row = (index: number) =>
    grid()
      .locator(`[data-row="${index}"]`)
      .getByRole('link', { name: `Row ${index}` })
  const open = async (search: string, index = 0) => {
    page = await browser.open(`/console/users${search}`)
    await row(index).waitFor()
    await page.locator('[data-exact="true"]').filter({ hasText: '1,000,000 users' }).waitFor()
  }
  const seen = () => seenRows(grid())
  const first = async () => (await seen())[0]
  const last = async () => (await seen()).at(-1)
  const untilFirst = async (index: number) => {
    // Addresses count from 1.
    await page.waitForURL((url) => url.searchParams.get('row') === String(index + 1))
    await row(index).waitFor()
    await becomes(first, index)
  }
  const topOf = async (index: number) => (await row(index).boundingBox())?.y ?? NaN
  const wheel = async (pixels: number) => {
    await page.mouse.move(800, 500)
    await page.mouse.wheel(0, pixels)
  }
  /** Moves the scroll bar to a part of its way, as a hand does that drags it; the next frame has rows of that part all over. */
  const drag = async (part: number) => {
    const drawn = await page.evaluate<readonly (readonly [row: number, top: number, bottom: number])[]>(
      `new Promise((told) => {
        ${BOX}.scrollTop = (${BOX}.scrollHeight - ${BOX}.clientHeight) * ${part}
        requestAnimationFrame(() => {
          const { top, bottom } = ${BOX}.getBoundingClientRect()
          const rows = [...${BOX}.querySelectorAll('[data-row]')].map((row) => [row, row.getBoundingClientRect()])
          told(rows.map(([row, at]) => [Number(row.dataset.row), at.top - top, bottom - at.bottom]))
        })
      })`,
    )
    const [top, bottom] = [drawn[0], drawn.at(-1)]
    assert.ok(top && bottom && top[1] < 40 && bottom[2] < 40, 'There are rows all over.')
    for (const [index] of drawn) assert.ok(Math.abs(index - part * USERS) < 50, String(index))
  }

  it('goes to the last row and back to the first by a key', async () => {
    await open('')
    await grid().press('End')
    await row(LAST).waitFor()
    await becomes(last, LAST)
    for (const key of ['ArrowUp', 'k', 'PageUp', 'PageUp']) await grid().press(key)
    let up = LAST
    await comesAbout('it has gone up by about two pages', async () => {
      up = (await first()) ?? LAST
      return up < LAST - 20 && up > LAST - 60
    })
    await row(up).waitFor()
    await grid().press('Home')
    await row(0).waitFor()
    await becomes(first, 0)
    await page.close()
  })

  it('opens at the row in the address, goes on from there by keys and wheel, and is there again after a reload', async () => {
    await open('?row=900001', 900_000)
    await becomes(first, 900_000)
    await until(page, `Math.abs(${DRAGGED} - 0.9) < 0.0001`)
    await wheel(400)
    await untilFirst(900_010)
    await wheel(-4000)
    await untilFirst(899_910)
    await until(page, `Math.abs(${DRAGGED} - 0.89991) < 0.0001`)
    await page.reload()
    await row(899_910).waitFor()
    await becomes(first, 899_910)
    await page.close()
  })

  it('goes at once to the part of the list to which the scroll bar is dragged, and no row moves when that rests', async () => {
    await open('')
    for (const part of [0.7, 0.1, 0.25]) await drag(part)
    const [uppermost = 0] = await seen()
    await row(uppermost).waitFor()
    const before = await topOf(uppermost)
    await page.waitForURL((url) => url.searchParams.has('row'))
    assert.equal(await topOf(uppermost), before)
    for (const [part, index] of [
      [1, LAST],
      [0, 0],
    ] as const) {
      await drag(part)
      await row(index).waitFor()
      await becomes(part === 1 ? last : first, index)
    }
    await page.close()
  })

  it('shows the last row at the bottom of a window of any size', async () => {
    await open('')
    await grid().press('End')
    for (const size of [
      { width: 1280, height: 1400 },
      { width: 320, height: 500 },
    ]) {
      await page.setViewportSize(size)
      await grid().press('ArrowUp')
      await grid().press('End')
      await row(LAST).waitFor()
      await becomes(last, LAST)
    }
    await page.close()
  })

  it('has broken nothing on the way', () => browser.assertClean())
})
