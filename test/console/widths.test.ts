import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertFits } from './looks.ts'
import { becomes, comesAbout, until, untilLoaded } from './patience.ts'
import { signIn } from './signed-in.ts'

const PAGES = ['users', 'customers', 'import', 'tokens', 'activity', 'settings', 'account']
/** What a line of a page may be wide: beyond it the eye does not find back. */
const LINE_MAX_PX = 1600
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
  { width: 3840, height: 2160 },
]

describe('On wide screens the console', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let page: Page

  before(async () => {
    server = await serve(['--demo', '300'], { cwd: workingFolder() })
    browser = await openBrowser(server.url)
    await signIn(browser, server.url, { token: tokenIn(server.stdout) })
    page = await browser.open('/console/users')
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const boxOf = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox()
    assert.ok(box, selector)
    return box
  }
  const pixels = SIZES.map(({ width }) => width).join(', ')

  it(`begins every page at the same place and keeps lines short, at ${pixels} px`, async () => {
    for (const direction of ['ltr', 'rtl']) {
      await page.evaluate(`localStorage.setItem('rollcall-preferences', '{"direction":"${direction}"}')`)
      const begins = new Map(SIZES.map(({ width }) => [width, new Set<number>()]))
      for (const name of PAGES) {
        await page.goto(`${server.url}/console/${name}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await untilLoaded(page)
        await becomes(() => page.evaluate<string>('document.documentElement.dir || "ltr"'), direction)
        for (const size of SIZES) {
          await page.setViewportSize(size)
          await until(page, `innerWidth === ${size.width}`)
          await assertFits(page)
          const heading = await boxOf('main h1')
          const begin = direction === 'rtl' ? size.width - heading.x - heading.width : heading.x
          begins.get(size.width)?.add(Math.round(begin))
          if (name === 'users') assert.ok((await boxOf('[role=search] input')).width <= 1024)
          else assert.ok((await boxOf('main header')).width <= LINE_MAX_PX, name)
        }
      }
      for (const [width, at] of begins) assert.equal(at.size, 1, `${width}: ${[...at].join()}`)
    }
    await page.evaluate(`localStorage.removeItem('rollcall-preferences')`)
  })

  it(`shows all tabs of a user beside all columns of the list, at ${pixels} px`, async () => {
    await page.goto(`${server.url}/console/users`)
    await page.locator('[data-row="0"]').getByRole('link').click()
    const tabs = page.getByRole('tablist', { name: 'What is known of the user' })
    await tabs.waitFor()
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await until(page, `innerWidth === ${size.width}`)
      for (const box of [tabs, page.getByRole('grid', { name: 'Users' })]) {
        const over = () =>
          box.evaluate((one) => {
            const { scrollWidth, clientWidth } = one as unknown as { scrollWidth: number; clientWidth: number }
            return scrollWidth - clientWidth
          })
        await becomes(over, 0)
      }
    }
  })

  it('ends the columns of the list somewhere, and lets its lines go on', async () => {
    await page.setViewportSize({ width: 3840, height: 2160 })
    await page.goto(`${server.url}/console/users`)
    await page.locator('[data-row="0"]').getByRole('link').waitFor()
    await comesAbout('lines go on after the columns, which stand below their heads', async () => {
      const row = await boxOf('[data-row="0"]')
      const last = await boxOf('[data-row="0"] > :last-child')
      const head = await boxOf('[role=columnheader]:last-child')
      return last.x + last.width < row.x + row.width - 300 && Math.round(head.x) === Math.round(last.x)
    })
    browser.assertClean()
  })
})
