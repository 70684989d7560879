import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { ask, tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { serveUsers } from './directory.ts'
import { assertAccessibleInBothThemes } from './looks.ts'
import { becomes, comesAbout, until } from './patience.ts'
import { signIn } from './signed-in.ts'

describe('What opens on the users page', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let page: Page

  before(async () => {
    server = await serveUsers(2000)
    const token = tokenIn(server.stdout)
    const body = JSON.stringify({ name: 'Everybody', query: 'columns=usual' })
    assert.equal((await ask(server.url, '/v1/views', token, { method: 'POST', body })).status, 201)
    browser = await openBrowser(server.url)
    await signIn(browser, server.url, { token })
    page = await browser.open('/console/users')
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const button = (name: string) => page.getByRole('button', { name }).first()
  const inViews = async (item: string) => {
    await button('Views').click()
    await page.getByRole('menuitem', { name: item }).click()
    await page.getByRole('dialog').waitFor()
  }
  const inDialog = async (label: string, text: string) => {
    await page.getByRole('dialog').getByRole('combobox', { name: label }).fill(text)
    await page.locator('[role=listbox] [role=option]').first().waitFor()
  }
  const OPENINGS: readonly (readonly [string, () => Promise<unknown>])[] = [
    [
      'suggestions of the search',
      async () => {
        await page.getByRole('combobox', { name: 'Search users' }).focus()
        await page.keyboard.type('sta')
        await page.getByRole('option', { name: 'status: Status' }).waitFor()
        await until(page, `location.search.includes('sta')`)
      },
    ],
    ['what to select', () => page.getByRole('button', { name: 'Select', exact: true }).click()],
    ['columns', () => button('Columns').click()],
    ['sort', () => button('Sort').click()],
    ['views', () => button('Views').click()],
    ['the view to save', () => inViews('Save this view…')],
    ['views to manage', () => inViews('Rename, share, delete…')],
    ['a filter', () => button('Add filter').click()],
    [
      'a new user, with customers to pick from',
      async () => {
        await button('New user').click()
        await inDialog('Customer', 'a')
      },
    ],
  ]
  for (const [what, open] of OPENINGS) {
    it(`is accessible in both themes: ${what}`, async () => {
      await page.goto(`${server.url}/console/users`)
      await page.locator('[data-row="0"]').getByRole('link').waitFor()
      await open()
      await page.locator('[role=dialog], [role=menu], [role=listbox]').first().waitFor()
      // Rows of the question before are shown paler until those of this one are there.
      await until(page, `document.querySelector('[role=grid]')?.getAttribute('aria-busy') !== 'true'`)
      await assertAccessibleInBothThemes(page)
      browser.assertClean()
    })
  }

  it('moves where motion is liked, and does not where less of it is', async () => {
    await page.goto(`${server.url}/console/users`)
    await page.locator('[data-row="0"]').getByRole('link').waitFor()
    const moving = () =>
      page.evaluate<number>(`[...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(one)
        const isLong = (text) => text.split(',').some((part) => parseFloat(part) > 0.001)
        return isLong(transitionDuration) || (animationName !== 'none' && isLong(animationDuration))
      }).length`)
    await becomes(moving, 0)
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await comesAbout('more than ten elements can move', async () => (await moving()) > 10)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await becomes(moving, 0)
  })

  it('runs from right to left too: names are cut at their end, and keys of the tree are the other way round', async () => {
    await page.evaluate(`localStorage.setItem('rollcall-preferences', '{"direction":"rtl"}')`)
    await page.goto(`${server.url}/console/users`)
    const tree = page.getByRole('tree', { name: 'Customers' })
    await tree.getByRole('treeitem').first().waitFor()
    await until(page, `document.documentElement.dir === 'rtl'`)
    const cutNames = `(() => {
      const names = [...document.querySelectorAll('[role=treeitem] [title]')].filter((one) => one.scrollWidth > one.clientWidth)
      const headless = names.filter((one) => {
        const range = document.createRange()
        const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode()
        range.setStart(text, 0)
        range.setEnd(text, 1)
        const first = range.getBoundingClientRect()
        const box = one.getBoundingClientRect()
        return first.left < box.left - 1 || first.right > box.right + 1
      })
      return { areSome: names.length > 0, headless: headless.map((one) => one.title) }
    })()`
    await becomes(() => page.evaluate<object>(cutNames), { areSome: true, headless: [] })
    const branch = tree.locator('[role=treeitem][aria-expanded]').first()
    await branch.focus()
    await page.keyboard.press('ArrowRight')
    await becomes(() => branch.getAttribute('aria-expanded'), 'false')
    await page.keyboard.press('ArrowLeft')
    await becomes(() => branch.getAttribute('aria-expanded'), 'true')
    await page.keyboard.press('ArrowLeft')
    await until(page, `document.activeElement?.getAttribute('aria-level') === '2'`)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await until(page, `document.activeElement?.getAttribute('aria-level') === '1'`)
    await page.evaluate(`localStorage.removeItem('rollcall-preferences')`)
  })
})
