import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ask } from '../e2e/command.ts'
import { assertAccessible, openBrowser, WITHOUT_BROWSER } from './browser.ts'
import { asksBeforeClosing } from './closing.ts'
import { openConsole, type OpenedConsole } from './opened-console.ts'
import { assertAccessibleInBothThemes } from './looks.ts'
import { becomes, comesAbout, untilFocused, untilLoaded } from './patience.ts'
import { signIn } from './signed-in.ts'

describe('A user in the console', { skip: WITHOUT_BROWSER }, () => {
  let server: OpenedConsole['server']
  let token: OpenedConsole['token']
  let browser: OpenedConsole['browser']
  let page: OpenedConsole['page']
  let write: OpenedConsole['write']
  let create: OpenedConsole['create']
  let read: OpenedConsole['read']
  let edit: OpenedConsole['edit']
  let close: OpenedConsole['close']
  const panel = () => page.getByRole('complementary').filter({ has: page.getByRole('tablist') })
  const tab = (name: string) => page.getByRole('tab', { name })

  before(async () => {
    ;({ server, token, browser, page, write, create, read, edit, close } = await openConsole(300, [
      '401 /v1/users/{id}',
      '404 /v1/users/{id}',
      '409 /v1/users/{id}',
    ]))
  })
  after(() => close())

  it('is found, opened, changed and saved with the keyboard alone', async () => {
    const id = await create({ identifier: 'kea', givenName: 'Keagan', familyName: 'Kaiboard', role: 'Driver' })
    await page.goto(`${server.url}/console/users`)
    await page.getByRole('grid', { name: 'Users' }).locator('[data-row="0"]').getByRole('link').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('kaiboard')
    await page
      .locator('[data-exact]')
      .filter({ hasText: /^1 user$/ })
      .waitFor()
    await page.keyboard.press('Enter')
    await untilFocused(page.getByRole('grid', { name: 'Users' }))
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('user') === id)
    await page.getByRole('heading', { name: 'Keagan Kaiboard' }).waitFor()
    await page.keyboard.press('e')
    await page.getByRole('form', { name: 'Edit the user' }).locator(':focus').waitFor()
    const role = page.getByLabel('Role', { exact: true })
    const focused = role.and(page.locator(':focus'))
    for (let steps = 0; steps < 40 && (await focused.count()) === 0; steps += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Dispatcher')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    assert.equal((await read(id))['role'], 'Dispatcher')
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => url.searchParams.get('user') === null)
    await page.getByRole('grid', { name: 'Users' }).and(page.locator(':focus')).waitFor()
  })

  it('says beside the field what the server refuses, and keeps what was typed', async () => {
    const id = await create({ identifier: 'fay', givenName: 'Fay', email: 'fay@example.com' })
    await create({ identifier: 'gus', email: 'gus@example.com' })
    await page.goto(`${server.url}/console/users/${id}`)
    const form = await edit()
    await form.getByLabel('E-mail').fill('gus@example.com')
    await form.getByLabel('Given name').fill('Fayette')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('This e-mail address is in use.').waitFor()
    await becomes(() => form.getByLabel('E-mail').getAttribute('aria-invalid'), 'true')
    await form.getByLabel('E-mail').fill('fayette@example.com')
    await form.getByLabel('Attributes').fill('{"desk": ')
    await form.getByText(/This is not JSON/).waitFor()
    await form.getByLabel('Attributes').fill('{"desk": 9}')
    await form.getByLabel('Tags').fill('team: red\nshift: "a: b"')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    const { email, givenName, tags, attributes } = await read(id)
    assert.deepEqual(
      { email, givenName, tags, attributes },
      {
        email: 'fayette@example.com',
        givenName: 'Fayette',
        tags: { team: 'red', shift: 'a: b' },
        attributes: { desk: 9 },
      },
    )
  })

  it('sends only what was changed, at the revision it was read at', async () => {
    const id = await create({ identifier: 'hal', role: 'Driver', phones: ['+1', '+2'] })
    await page.goto(`${server.url}/console/users/${id}`)
    const form = await edit()
    await form.getByLabel('Group').fill('North')
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'PATCH'),
      form.getByRole('button', { name: 'Save' }).click(),
    ])
    const { revision } = await read(id)
    assert.deepEqual(answer.request().postDataJSON(), { group: 'North', revision: Number(revision) - 1 })
  })

  it('asks before what was typed is left, and keeps it where one stays', async () => {
    const id = await create({ identifier: 'joe', givenName: 'Joe' })
    await page.goto(`${server.url}/console/users?user=${id}`)
    const form = await edit()
    await form.getByLabel('Given name').fill('Joseph')
    await tab('JSON').click()
    const dialog = page.getByRole('dialog', { name: 'Discard what you typed?' })
    await dialog.waitFor()
    await assertAccessibleInBothThemes(page)
    await dialog.getByRole('button', { name: 'Keep editing' }).click()
    await becomes(() => form.getByLabel('Given name').inputValue(), 'Joseph')
    assert.equal(await asksBeforeClosing(page), true)
    await becomes(() => form.getByLabel('Given name').inputValue(), 'Joseph')
    await panel().getByRole('button', { name: 'Close' }).click()
    await dialog.getByRole('button', { name: 'Discard' }).click()
    await page.waitForURL((url) => url.searchParams.get('user') === null)
    assert.equal((await read(id))['givenName'], 'Joe')
  })

  it('is closed without a question where nothing was typed, or nothing that changes it', async () => {
    const id = await create({ identifier: 'jon', givenName: 'Jon' })
    const other = await browser.open(`/console/users/${id}`)
    await other.getByRole('button', { name: 'Edit' }).click()
    const name = other.getByRole('form', { name: 'Edit the user' }).getByLabel('Given name')
    await name.fill('Jonathan')
    await name.fill('Jon')
    await becomes(() => asksBeforeClosing(other), false)
  })

  it('keeps what was typed when the session ends, and saves it after signing in again', async () => {
    const id = await create({ identifier: 'kim', givenName: 'Kim' })
    await page.goto(`${server.url}/console/users/${id}`)
    const form = await edit()
    await form.getByLabel('Given name').fill('Kimberly')
    await browser.context.clearCookies()
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor()
    await page.getByRole('dialog').getByRole('tab', { name: 'Token' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill(token)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await becomes(() => form.getByLabel('Given name').inputValue(), 'Kimberly')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    assert.equal((await read(id))['givenName'], 'Kimberly')
  })

  it('is shown as JSON and as every dialect has it', async () => {
    const id = await create({ identifier: 'lea', givenName: 'Lea', email: 'lea@example.com' })
    await page.goto(`${server.url}/console/users/${id}`)
    await tab('JSON').click()
    const shown = await page.getByRole('region', { name: 'The user as JSON' }).innerText()
    assert.deepEqual(JSON.parse(shown), await read(id))
    // It says so for some seconds.
    await Promise.all([
      page.getByRole('button', { name: 'Copied' }).waitFor(),
      page.getByRole('button', { name: 'Copy JSON' }).click(),
    ])
    await tab('As each dialect sees it').click()
    const { body: wire } = await ask(server.url, `/v1/users/${id}/wire`, token)
    for (const dialect of ['alvys', 'nameshield', 'd3lay', 'devrev', 'plaspy', 'rollcall']) {
      await tab(dialect).click()
      const text = await page.getByRole('region', { name: `The user as ${dialect} shows it` }).innerText()
      assert.deepEqual(JSON.parse(text), wire[dialect])
    }
  })

  it('has a history of who changed what, member by member', async () => {
    const id = await create({ identifier: 'max', givenName: 'Max', role: 'Driver' })
    await page.goto(`${server.url}/console/users/${id}`)
    const form = await edit()
    await form.getByLabel('Role', { exact: true }).fill('Safety')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    await tab('History').click()
    const newest = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Changed by Administrator' }) })
    await newest.waitFor()
    assert.equal(await newest.getByRole('deletion').innerText(), 'Driver')
    assert.equal(await newest.getByRole('insertion').innerText(), 'Safety')
  })

  it('shows more of a long history when asked, to the version it began with', async () => {
    const id = await create({ identifier: 'often', role: 'role 0' })
    for (let n = 1; n <= 30; n += 1) {
      await write('PUT', `/v1/users/${id}`, { identifier: 'often', role: `role ${n}` })
    }
    await page.goto(`${server.url}/console/users/${id}?tab=history`)
    const versions = page.getByRole('heading', { name: /^(Changed|Created) by/ })
    await versions.nth(24).waitFor()
    await becomes(() => versions.count(), 25)
    // The last one shown says what it changed, although the one before it is on the next page.
    const oldest = page.getByRole('listitem').filter({ has: versions }).last()
    assert.equal(await oldest.getByRole('deletion').innerText(), 'role 5')
    assert.equal(await oldest.getByRole('insertion').innerText(), 'role 6')
    const more = page.getByRole('button', { name: 'Show older ones' })
    await more.click()
    await page.getByRole('heading', { name: 'Created by Administrator' }).waitFor()
    await becomes(() => versions.count(), 31)
    await more.waitFor({ state: 'detached' })
  })

  it('is seen signing in and asking, by those who may know', async () => {
    const id = await create({ identifier: 'seen', givenName: 'Seen' })
    await page.goto(`${server.url}/console/users/${id}`)
    await page.getByText('Last seen never').waitFor()
    const password = 'correct horse battery staple'
    await write('PUT', `/v1/users/${id}/sign-in`, { permissions: ['users:read'], scope: 'all', password })
    const { revision } = await read(id)
    const theirs = await openBrowser(server.url)
    try {
      await signIn(theirs, server.url, { identifier: 'seen', password })
      const own = await theirs.open(`/console/users/${id}`)
      // Who may read neither tokens nor activity is told what stands in the user, and nothing of its tokens.
      await own.getByText('Last sign-in on record: none').waitFor()
      // What tokens ask is noted a moment later.
      await comesAbout('it is known when they were seen', async () => {
        const { body } = await ask(server.url, `/v1/users/${id}/last-seen`, token)
        return typeof body['lastSeenAt'] === 'string'
      })
      await page.reload()
      await page.getByText(/^Last seen (now|\d+ (second|minute)s? ago)/).waitFor()
    } finally {
      await theirs.close()
    }
    const after = await read(id)
    assert.deepEqual([after['revision'], after['lastLoginAt']], [revision, null])
  })

  it('is suspended with a reason, deleted, taken back, and restored', async () => {
    const id = await create({ identifier: 'nia', givenName: 'Nia' })
    await page.goto(`${server.url}/console/users/${id}`)
    await page.getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('left')
    await assertAccessibleInBothThemes(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('button', { name: 'Activate' }).waitFor()
    const { status, statusReason } = await read(id)
    assert.deepEqual({ status, statusReason }, { status: 'suspended', statusReason: 'left' })
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Restore' }).waitFor()
    const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' })
    // It is offered for as long as it is pointed at.
    await undo.hover()
    await assertAccessibleInBothThemes(page)
    await undo.click()
    await page.getByRole('button', { name: 'Activate' }).waitFor()
    assert.equal((await read(id))['status'], 'suspended')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Restore' }).waitFor()
    await page.goto(`${server.url}/console/users?deleted=yes&user=${id}`)
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByRole('button', { name: 'Activate' }).waitFor()
  })

  it('is created in a dialog, which says what is missing', async () => {
    await page.goto(`${server.url}/console/users`)
    await page.getByRole('button', { name: 'New user' }).click()
    const dialog = page.getByRole('dialog', { name: 'New user' })
    await dialog.getByLabel('Given name').fill('Ola')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await dialog.getByText('An e-mail address or an identifier is needed.').waitFor()
    await dialog.getByLabel('E-mail').fill('ola@example.com')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { name: 'Ola' }).waitFor()
    await page.waitForURL((url) => url.searchParams.has('user'))
    const id = new URL(page.url()).searchParams.get('user') ?? ''
    assert.equal((await read(id))['identifier'], 'ola@example.com')
  })

  it('is let in with a password, and no longer', async () => {
    const id = await create({ identifier: 'pia', givenName: 'Pia' })
    await page.goto(`${server.url}/console/users/${id}?tab=access`)
    const rights = page.getByRole('region', { name: 'Sign-in with a password' })
    await rights.getByRole('button', { name: 'Allow' }).click()
    await rights.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
    await rights.getByRole('button', { name: 'Save' }).click()
    await rights.getByRole('button', { name: 'Refuse' }).waitFor()
    const signIn = await fetch(`${server.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, 'x-rollcall-console': '1' },
      body: JSON.stringify({ identifier: 'pia', password: 'correct horse battery staple' }),
    })
    assert.equal(signIn.status, 201)
    await rights.getByRole('button', { name: 'Change' }).click()
    await rights.getByText('Left empty, it stays as it is.').waitFor()
    await rights.getByLabel('users:write').check()
    await rights.getByText('Left empty, it is forgotten, because the user is given more than before.').waitFor()
    await assertAccessibleInBothThemes(page)
    await rights.getByRole('button', { name: 'Save' }).click()
    await rights.getByText('None yet: sign-in does not work').waitFor()
    await rights.getByRole('button', { name: 'Refuse' }).click()
    await rights.getByText('This user cannot sign in here.').waitFor()
  })

  it('says that there is no such user', async () => {
    await page.goto(`${server.url}/console/users/00000000-0000-4000-8000-000000000000`)
    await page
      .getByRole('alert')
      .getByText(/not found/i)
      .first()
      .waitFor()
  })

  it('is accessible in both themes, on a page and beside the list, and fits 320 px', async () => {
    const id = await create({ identifier: 'quy', givenName: 'Quý', tags: { team: 'red' }, attributes: { desk: '9' } })
    for (const path of [
      `/users?user=${id}`,
      ...['json', 'dialects', 'history', 'access'].map((one) => `/users/${id}?tab=${one}`),
      `/users/${id}`,
    ]) {
      await page.goto(`${server.url}/console${path}`)
      await page.getByRole('tabpanel').first().waitFor()
      await untilLoaded(page)
      await assertAccessibleInBothThemes(page)
    }
    await edit()
    await assertAccessibleInBothThemes(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`${server.url}/console/users?user=${id}`)
    await becomes(async () => (await panel().boundingBox())?.width, 320)
    await assertAccessible(page)
    await edit()
    await comesAbout('the button to save is within the window', async () => {
      const box = await page.getByRole('button', { name: 'Save' }).boundingBox()
      return box !== null && box.x >= 0 && box.x + box.width <= 320
    })
    browser.assertClean()
  })
})
