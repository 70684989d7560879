import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { openClient, type Client } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { becomes, until, untilFocused } from './patience.ts'
import { serveSetUp, signIn } from './signed-in.ts'

const QUESTION = 'Discard what you typed?'

describe('Forms of the console', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client
  let page: Page
  let userId: string

  before(async () => {
    server = await serveSetUp(300)
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    userId = (await client.users.create({ identifier: 'forms', givenName: 'Fiona', familyName: 'Forms' })).id
    browser = await openBrowser(server.url, {
      expected: [
        '400 /v1/me/password',
        '400 /v1/users',
        '400 /v1/users/{id}/sign-in',
        '400 /v1/views',
        '409 /v1/customers',
      ],
    })
    await signIn(browser, server.url)
    page = await browser.open('/console/users')
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const dialog = (name: string) => page.getByRole('dialog', { name, exact: true })
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).first().click()
  const go = (path: string) => page.goto(`${server.url}/console${path}`)

  describe('lead to the first field with a fault', () => {
    it('in the dialog for a new user, said by the console and by the server', async () => {
      await go('/users?new=yes')
      const form = dialog('New user')
      await form.getByRole('button', { name: 'Create' }).click()
      await untilFocused(form.getByLabel('E-mail'))
      await form.getByLabel('E-mail').fill('no address')
      await form.getByRole('button', { name: 'Create' }).click()
      await form
        .getByText(/not an e-mail address|e-mail/i)
        .last()
        .waitFor()
      await untilFocused(form.getByLabel('E-mail'))
      await becomes(() => form.getByLabel('E-mail').getAttribute('aria-invalid'), 'true')
      await assertAccessible(page)
    })

    it('in the dialog for a new token, also where that is a group', async () => {
      await go('/tokens?edit=new')
      const form = dialog('New token')
      await form.getByLabel('Name', { exact: true }).fill('faulty')
      await form.getByRole('button', { name: 'Issue the token' }).click()
      await untilFocused(form.getByRole('combobox', { name: 'Sees' }))
      await form.getByRole('checkbox', { name: /^users:read / }).uncheck()
      await form.getByRole('button', { name: 'Issue the token' }).click()
      await until(page, 'document.activeElement?.closest("fieldset") !== null')
    })

    it('in the dialog for a customer', async () => {
      const { customers } = await client.customers.tree()
      await go('/customers?edit=new')
      const form = dialog('New customer')
      await form.getByLabel('Name').fill('Twice')
      await form.getByLabel('Code').fill(customers[0]?.code ?? '')
      await form.getByLabel('Code').press('Tab')
      await form.getByRole('button', { name: 'Create' }).click()
      await untilFocused(form.getByLabel('Code'))
    })

    it('where a view is saved', async () => {
      await go('/users?q=jan')
      await press('Views')
      await page.getByRole('menuitem', { name: 'Save this view…' }).click()
      const form = dialog('Save this view')
      await form.getByLabel('Name').fill('   ')
      await form.getByRole('button', { name: 'Save' }).click()
      await untilFocused(form.getByLabel('Name'))
      await becomes(() => form.getByLabel('Name').getAttribute('aria-invalid'), 'true')
    })

    it('where a user may sign in', async () => {
      await go(`/users/${userId}?tab=access`)
      await press('Allow')
      const form = page.getByRole('tabpanel')
      await until(page, 'document.activeElement?.type === "checkbox"')
      await form.getByLabel('Password', { exact: true }).fill('short')
      await form.getByRole('button', { name: 'Save' }).click()
      await untilFocused(form.getByLabel('Password', { exact: true }))
    })

    it('where a filter is made, at the part that is missing', async () => {
      await go('/users')
      await press('Add filter')
      const form = dialog('Add filter')
      await form.getByRole('button', { name: 'Add filter' }).click()
      await until(page, 'document.activeElement?.closest("fieldset") !== null')
      await form.getByLabel('Field').selectOption({ label: 'Tags' })
      await form.getByLabel('Question').selectOption({ label: 'has a value' })
      await form.getByRole('button', { name: 'Add filter' }).click()
      await form.getByText('A name without spaces').waitFor()
      await untilFocused(form.getByLabel('Name of the tag'))
    })

    it('where one changes one’s own password', async () => {
      await go('/account')
      const form = page.getByRole('form', { name: 'Change password' })
      await form.getByLabel('Current password').fill('not mine at all')
      await form.getByLabel('New password').fill('another one, long enough')
      await form.getByRole('button', { name: 'Change password' }).click()
      await untilFocused(form.getByLabel('Current password'))
    })
  })

  describe('are not left with what was typed before asking', () => {
    interface Case {
      readonly title: string
      readonly path: () => string
      readonly open: () => Promise<void>
      readonly box: () => Locator
      readonly field: string
      /** Written into the field. */
      readonly text: string
      /** It stands in the page, without a dialog around it. */
      readonly isInline?: boolean
    }
    const cases: readonly Case[] = [
      {
        title: 'New user',
        path: () => '/users',
        open: () => press('New user'),
        box: () => dialog('New user'),
        field: 'Given name',
        text: 'Grace',
      },
      {
        title: 'New token',
        path: () => '/tokens',
        open: () => press('New token'),
        box: () => dialog('New token'),
        field: 'Name',
        text: 'nightly',
      },
      {
        title: 'New customer',
        path: () => '/customers',
        open: () => press('New customer'),
        box: () => dialog('New customer'),
        field: 'Code',
        text: 'north-9',
      },
      {
        title: 'Save this view',
        path: () => '/users?q=jan',
        open: async () => {
          await press('Views')
          await page.getByRole('menuitem', { name: 'Save this view…' }).click()
        },
        box: () => dialog('Save this view'),
        field: 'Name',
        text: 'All the Jans',
      },
      {
        title: 'Add filter',
        path: () => '/users',
        open: async () => {
          await press('Add filter')
        },
        box: () => dialog('Add filter'),
        field: 'Field',
        text: 'role',
      },
      {
        title: 'Suspend',
        path: () => `/users/${userId}`,
        open: () => press('Suspend'),
        box: () => dialog('Suspend Fiona Forms'),
        field: 'Reason',
        text: 'on leave',
      },
      {
        title: 'Sign-in with a password',
        path: () => `/users/${userId}?tab=access`,
        open: () => press('Allow'),
        box: () => page.getByRole('tabpanel').getByRole('button', { name: 'Save' }).locator('xpath=ancestor::form'),
        field: 'Password',
        text: 'correct horse',
        isInline: true,
      },
      {
        title: 'The profile',
        path: () => `/users/${userId}`,
        open: () => press('Edit'),
        box: () => page.getByRole('form', { name: 'Edit the user' }),
        field: 'Given name',
        text: 'Frederica',
        isInline: true,
      },
    ]
    for (const { title, path, open, box, field, text, isInline = false } of cases) {
      it(`${title}: nothing is asked where nothing was typed, and once where something was`, async () => {
        await go(path())
        await open()
        const input = box().getByLabel(field, { exact: true })
        await input.waitFor()
        await box().getByRole('button', { name: 'Cancel' }).click()
        await box().waitFor({ state: 'detached' })

        await open()
        await input.waitFor()
        const isSelect = (await input.and(page.locator('select')).count()) === 1
        const type = (value: string) => (isSelect ? input.selectOption(value) : input.fill(value))
        const before = await input.inputValue()
        await type(text)
        await type(before)
        await box().getByRole('button', { name: 'Cancel' }).click()
        await box().waitFor({ state: 'detached' })

        await open()
        await type(text)
        await box().getByRole('button', { name: 'Cancel' }).click()
        await dialog(QUESTION).getByRole('button', { name: 'Keep editing' }).click()
        await dialog(QUESTION).waitFor({ state: 'detached' })
        await becomes(() => input.inputValue(), text)
        // Within a box of a page, Escape belongs to the box.
        const place = isInline ? box().getByRole('button', { name: 'Save' }) : input
        await place.press('Escape')
        await dialog(QUESTION).waitFor()
        await assertAccessible(page)
        // Escape answers that nothing is to be lost.
        await page.keyboard.press('Escape')
        await dialog(QUESTION).waitFor({ state: 'detached' })
        await becomes(() => input.inputValue(), text)
        await box().getByRole('button', { name: 'Cancel' }).click()
        await dialog(QUESTION).getByRole('button', { name: 'Discard' }).click()
        await box().waitFor({ state: 'detached' })
        assert.equal(await dialog(QUESTION).count(), 0)
      })
    }

    it('asks before going back, and before going elsewhere by Ctrl+K', async () => {
      await go('/users')
      await press('New user')
      const name = dialog('New user').getByLabel('Given name')
      await name.fill('Grace')
      await page.goBack()
      await dialog(QUESTION).getByRole('button', { name: 'Keep editing' }).click()
      await dialog(QUESTION).waitFor({ state: 'detached' })
      await becomes(() => name.inputValue(), 'Grace')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Pages, actions, users and customers' }).fill('settings')
      await page.getByRole('option', { name: 'Settings' }).and(page.locator('[data-active-item]')).waitFor()
      await page.keyboard.press('Enter')
      await dialog(QUESTION).getByRole('button', { name: 'Discard' }).click()
      await page.waitForURL(/\/console\/settings$/)
    })

    it('does not ask once it is saved', async () => {
      await go('/users')
      await press('New user')
      await dialog('New user').getByLabel('Identifier').fill('saved-at-once')
      await dialog('New user').getByRole('button', { name: 'Create' }).click()
      await page.waitForURL((url) => url.searchParams.has('user') && !url.searchParams.has('new'))
      assert.equal(await dialog(QUESTION).count(), 0)
    })
  })

  it('are not told of a conflict with what one did oneself, nor covered by what is said of it', async () => {
    const { id } = await client.users.create({ identifier: 'let-in', givenName: 'Lena', familyName: 'Letin' })
    await go(`/users?user=${id}&tab=access`)
    await press('Allow')
    await page.getByLabel('Password', { exact: true }).fill('a phrase that is long')
    await press('Save')
    const notices = page.getByRole('region', { name: 'Notices' })
    // What is pointed at stays for as long, so it is by keyboard that one goes on.
    await notices.getByText('Lena Letin can sign in.').hover()
    await page.getByRole('tab', { name: 'Profile' }).press('Enter')
    await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter')
    const form = page.getByRole('form', { name: 'Edit the user' })
    await form.getByLabel('Role').fill('Dispatcher')
    await form.getByRole('button', { name: 'Save' }).click()
    await notices.getByText('Lena Letin was saved.').waitFor()
    assert.equal(await notices.getByText('Lena Letin can sign in.').count(), 1)
    await press('Suspend')
    await dialog('Suspend Lena Letin').getByLabel('Reason').fill('on leave')
    await page.keyboard.press('Enter')
    await notices.getByText('Lena Letin is suspended.').waitFor()
  })

  it('logs no errors and asks no other origin', () => {
    browser.assertClean()
  })
})
