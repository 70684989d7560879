import { after, before, describe, it } from 'node:test'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER } from './browser.ts'
import { assertAccessibleInBothThemes, assertFits } from './looks.ts'
import { becomes, comesAbout, until } from './patience.ts'

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

const USUAL = { width: 1280, height: 800 }
const NARROW = { width: 320, height: 640 }

describe('the looks of the reference', { skip: WITHOUT_BROWSER }, () => {
  let served: Served
  let token = ''
  before(async () => {
    const folder = workingFolder()
    served = await serve(['--demo', '200', '--data', `${folder}/data`], { cwd: folder })
    token = tokenIn(served.stdout)
  })
  after(() => served.stop())

  it('leave nothing for axe to find in either theme, and need no more than 320 px', async (t) => {
    const browser = await openBrowser(served.url)
    t.after(() => browser.close())
    const page = await browser.open('/reference')
    for (const path of PAGES) {
      await page.goto(served.url + path)
      await page.getByRole('main').getByRole('heading').first().waitFor()
      await assertAccessibleInBothThemes(page)
      await page.setViewportSize(NARROW)
      await until(page, `innerWidth === ${NARROW.width}`)
      await assertFits(page)
      await page.setViewportSize(USUAL)
    }
    browser.assertClean()
  })

  it('leave nothing for axe to find with answers, refusals and everything open', async (t) => {
    const browser = await openBrowser(served.url, { expected: ['401 /users'] })
    t.after(() => browser.close())
    const page = await browser.open('/reference/d3lay/listUsers')
    await page.getByRole('textbox', { name: 'curl' }).fill(`curl -s 'https://a.example/users?x=1' --nope`)
    await page.getByRole('button', { name: 'Show where' }).waitFor()
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('alert').waitFor()
    await assertAccessibleInBothThemes(page)
    await page.getByRole('button', { name: 'Send it without one' }).click()
    await page.locator('[data-status="401"]').waitFor()
    await assertAccessibleInBothThemes(page)
    await page.getByLabel('Token', { exact: true }).fill(token)
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.locator('[data-status="200"]').waitFor()
    await page.getByText(/^Headers \(\d+\)$/).click()
    await assertAccessibleInBothThemes(page)
    await page.getByRole('tab', { name: 'Raw' }).click()
    await page.getByLabel('Language', { exact: true }).selectOption('java')
    await assertAccessibleInBothThemes(page)
    browser.assertClean()
  })

  it('need no more than 320 px from right to left too, and open what leads to operations', async (t) => {
    const browser = await openBrowser(served.url, { viewport: NARROW })
    t.after(() => browser.close())
    const page = await browser.open('/reference')
    for (const direction of ['ltr', 'rtl']) {
      await page.evaluate(`localStorage.setItem('rollcall-preferences', '{"direction":"${direction}"}')`)
      await page.goto(`${served.url}/reference/rollcall/getMe`)
      await becomes(() => page.evaluate<string>('document.documentElement.dir || "ltr"'), direction)
      await page.getByRole('button', { name: 'Operations', exact: true }).click()
      const link = page.getByRole('link', { name: /^Create a user POST$/ })
      await link.waitFor()
      await assertAccessibleInBothThemes(page)
      await link.click()
      await page.getByRole('heading', { level: 1, name: 'Create a user' }).waitFor()
      await link.waitFor({ state: 'detached' })
    }
    for (const path of PAGES) {
      await page.goto(served.url + path)
      await page.getByRole('main').getByRole('heading').first().waitFor()
      await becomes(() => page.evaluate<string>('document.documentElement.dir'), 'rtl')
      await assertFits(page)
    }
    browser.assertClean()
  })

  it('follow the theme that is chosen', async (t) => {
    const browser = await openBrowser(served.url)
    t.after(() => browser.close())
    const page = await browser.open('/reference')
    const ground = 'getComputedStyle(document.documentElement).backgroundColor'
    const light = await page.evaluate<string>(ground)
    await page.getByLabel('Theme').selectOption('dark')
    await page.locator('html[data-theme="dark"]').waitFor()
    await comesAbout('the ground is another', async () => (await page.evaluate<string>(ground)) !== light)
    await until(page, 'document.getAnimations().every(({ playState }) => playState !== "running")')
    const dark = await page.evaluate<string>(ground)
    await page.reload()
    await page.getByLabel('Theme').waitFor()
    await becomes(() => page.evaluate<string>(ground), dark)
  })
})
