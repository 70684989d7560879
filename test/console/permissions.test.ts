import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openClient, type Client, type Permission } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { becomes } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

const PAGES = ['Users', 'Customers', 'Import', 'Tokens', 'Activity', 'Settings'] as const
const DENIED = 'You may not see this page'

/** What is meant to be offered with one permission and no other. */
const OFFERED: readonly (readonly [Permission, (typeof PAGES)[number] | 'Account'])[] = [
  ['users:read', 'Users'],
  ['users:write', 'Import'],
  ['customers:read', 'Customers'],
  ['customers:write', 'Account'],
  ['tokens:write', 'Tokens'],
  ['audit:read', 'Activity'],
]

describe('What the console offers to somebody with', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let client: Client
  let userId: string

  before(async () => {
    server = await serveSetUp(300)
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    userId = (await client.me()).user.id
  })
  after(() => server.stop())

  async function over(permissions: readonly Permission[], act: (page: Page, browser: Browser) => Promise<void>) {
    const { secret } = await client.tokens.issue({ name: permissions.join(), userId, permissions, scope: 'all' })
    // Whatever is refused is written into the log of the browser, and nothing is expected there.
    const browser = await openBrowser(server.url)
    try {
      await signIn(browser, server.url, { token: secret })
      await act(await browser.open('/console'), browser)
    } finally {
      await browser.close()
    }
  }
  const buttonsOf = (page: Page) => page.getByRole('main').getByRole('button').allInnerTexts()

  for (const [permission, first] of OFFERED) {
    it(`${permission} alone is its page and one's own, and nothing is asked that would be refused`, async () => {
      await over([permission], async (page) => {
        await page.waitForURL(`**/console/${first.toLowerCase()}`)
        await page.getByRole('heading', { level: 1, name: first }).first().waitFor()
        const links = page.getByRole('navigation', { name: 'Console' }).getByRole('link')
        await becomes(() => links.allInnerTexts(), first === 'Account' ? ['API reference'] : [first, 'API reference'])
        for (const title of PAGES) {
          await page.goto(`${server.url}/console/${title.toLowerCase()}`)
          await page.getByRole('heading', { level: 1, name: title }).first().waitFor()
          await becomes(() => page.getByRole('heading', { name: DENIED }).count(), title === first ? 0 : 1)
          if (title !== first) assert.deepEqual(await buttonsOf(page), [], title)
        }
        await page.goto(`${server.url}/console/users/${userId}`)
        await page
          .getByRole('heading', { name: first === 'Users' ? 'Administrator' : DENIED })
          .first()
          .waitFor()
      })
    })
  }

  it('users:read: to look, search, filter and take away, and to change nothing', async () => {
    await over(['users:read'], async (page) => {
      await page.getByRole('grid', { name: 'Users' }).locator('[data-row="0"]').getByRole('link').waitFor()
      const changing = /New user|Import|Edit|Suspend|Delete|Status|Tags|Role|Restore|Revoke|Allow/
      assert.deepEqual(
        (await buttonsOf(page)).filter((text) => /New user|Import/.test(text)),
        [],
      )
      await page.locator('[data-row="0"] [data-choose]').click()
      const bar = page.getByRole('region', { name: 'Selected users' })
      await bar.getByText('1 selected').waitFor()
      assert.deepEqual(
        (await bar.getByRole('button').allInnerTexts()).filter((text) => changing.test(text)),
        [],
      )
      await page.getByRole('button', { name: 'Views' }).click()
      await page.getByRole('menuitem', { name: 'Save this view…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Save this view' })
      await dialog.getByLabel('Name').fill('Shared by a reader')
      await dialog.getByLabel('Share it with everyone who may see you').check()
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.goto(`${server.url}/console/users/${userId}`)
      await page.getByRole('tab', { name: 'JSON' }).waitFor()
      assert.deepEqual(
        (await buttonsOf(page)).filter((text) => changing.test(text)),
        [],
      )
      await page.keyboard.press('Control+k')
      await page.getByRole('option', { name: 'Users' }).first().waitFor()
      const actions = await page.getByRole('option').allInnerTexts()
      assert.deepEqual(
        actions.filter((text) => /New|Import|Tokens|Settings|Activity|Customers/.test(text)),
        [],
      )
    })
  })

  it('customers:read: the tree, without ways to users they may not see', async () => {
    await over(['customers:read'], async (page) => {
      await page.getByRole('treegrid').getByText('Aurora France').waitFor()
      assert.equal(await page.getByRole('treegrid').getByRole('link').count(), 0)
      assert.equal(await page.getByRole('button', { name: 'Actions for Aurora France' }).count(), 0)
    })
  })

  it('tokens:write: a token of their own, and no users to choose from', async () => {
    await over(['tokens:write'], async (page) => {
      await page.getByRole('button', { name: 'New token' }).click()
      const dialog = page.getByRole('dialog', { name: 'New token' })
      await dialog.getByText('It acts for you').waitFor()
      await dialog.getByLabel('Name', { exact: true }).fill('narrower')
      await dialog.getByRole('checkbox', { name: /^tokens:write / }).check()
      await dialog.getByRole('combobox', { name: 'Sees' }).fill('1234')
      await page.getByRole('option', { name: 'Customer 1234' }).click()
      await assertAccessibleInAllLooks(page)
      await dialog.getByRole('button', { name: 'Issue the token' }).click()
      await page.getByRole('dialog', { name: 'narrower is issued' }).waitFor()
    })
  })
})
