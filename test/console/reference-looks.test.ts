import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER } from './browser.ts'
import { inBothThemes } from './signed-in.ts'

const PAGES = [
  '/reference',
  '/reference/rollcall',
  '/reference/rollcall/listUsers?status=400',
  '/reference/rollcall/batchUsers',
  '/reference/alvys/listUsers',
  '/reference/alvys/issueToken',
  '/reference/nameshield/listUsers',
  '/reference/d3lay/createUser?status=409',
  '/reference/devrev/sysUsersListPost',
  '/reference/plaspy/patchUser?status=200',
  '/reference/plaspy/nothing',
]

describe('the looks of the reference', { skip: WITHOUT_BROWSER }, () => {
  let served: Served
  let token = ''
  before(async () => {
    const folder = workingFolder()
    served = await serve(['--demo', '200', '--data', `${folder}/data`], { cwd: folder })
    token = tokenIn(served.stdout)
  })
  after(() => served.stop())

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`leave nothing for axe to find in ${colorScheme}, with answers, refusals and everything open`, async (t) => {
      const browser = await openBrowser(served.url, { colorScheme, expected: ['401 /users'] })
      t.after(() => browser.close())
      for (const path of PAGES) {
        const page = await browser.open(path)
        await page.getByRole('main').getByRole('heading').first().waitFor()
        await assertAccessible(page)
        await page.close()
      }
      const page = await browser.open('/reference/d3lay/listUsers')
      await page.getByRole('textbox', { name: 'curl' }).fill(`curl -s 'https://a.example/users?x=1' --nope`)
      await page.getByRole('button', { name: 'Show where' }).waitFor()
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByRole('alert').waitFor()
      await assertAccessible(page)
      await page.getByRole('button', { name: 'Send it without one' }).click()
      await page.locator('[data-status="401"]').waitFor()
      await assertAccessible(page)
      await page.getByLabel('Token', { exact: true }).fill(token)
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.locator('[data-status="200"]').waitFor()
      await page.getByText(/^Headers \(\d+\)$/).click()
      await assertAccessible(page)
      await page.getByRole('tab', { name: 'Raw' }).click()
      await page.getByLabel('Language', { exact: true }).selectOption('java')
      await assertAccessible(page)
      browser.assertClean()
    })
  }

  it('need no more than 320 px, from left to right and from right to left', async (t) => {
    const browser = await openBrowser(served.url, { viewport: { width: 320, height: 640 } })
    t.after(() => browser.close())
    for (const direction of ['ltr', 'rtl']) {
      for (const path of PAGES) {
        const page = await browser.open(path)
        await page.getByRole('main').getByRole('heading').first().waitFor()
        assert.equal(await page.evaluate('document.documentElement.dir || "ltr"'), direction)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, path)
        await page.close()
      }
      const page = await browser.open('/reference/rollcall/getMe')
      await page.getByRole('button', { name: 'Operations', exact: true }).click()
      const link = page.getByRole('link', { name: /^Create a user POST$/ })
      await link.waitFor()
      await inBothThemes(page, () => assertAccessible(page))
      await link.click()
      await page.getByRole('heading', { level: 1, name: 'Create a user' }).waitFor()
      assert.equal(await page.getByRole('link', { name: /^Create a user POST$/ }).count(), 0)
      await page.evaluate(`localStorage.setItem('rollcall-preferences', '{"direction":"rtl"}')`)
      await page.close()
    }
    browser.assertClean()
  })

  it('follow the theme that is chosen', async (t) => {
    // With reduced motion a change of colour is a very short one, and this looks at once.
    const browser = await openBrowser(served.url, { colorScheme: 'light', reducedMotion: 'no-preference' })
    t.after(() => browser.close())
    const page = await browser.open('/reference')
    const ground = 'getComputedStyle(document.documentElement).backgroundColor'
    const light = await page.evaluate<string>(ground)
    await page.getByLabel('Theme').selectOption('dark')
    const dark = await page.evaluate<string>(ground)
    assert.notEqual(dark, light)
    await page.reload()
    await page.getByLabel('Theme').waitFor()
    assert.equal(await page.evaluate(ground), dark)
  })
})
