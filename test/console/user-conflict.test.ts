import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible, WITHOUT_BROWSER } from './browser.ts'
import { openConsole, type OpenedConsole } from './opened-console.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { becomes } from './patience.ts'

describe('A user whom somebody else changes meanwhile', { skip: WITHOUT_BROWSER }, () => {
  let server: OpenedConsole['server']
  let token: OpenedConsole['token']
  let browser: OpenedConsole['browser']
  let page: OpenedConsole['page']
  let write: OpenedConsole['write']
  let create: OpenedConsole['create']
  let read: OpenedConsole['read']
  let edit: OpenedConsole['edit']
  let close: OpenedConsole['close']

  before(async () => {
    ;({ server, token, browser, page, write, create, read, edit, close } = await openConsole(60, [
      '404 /v1/users/{id}',
      '412 /v1/users/{id}',
      '412 /v1/users/{id}/restore',
      '409 /v1/users/{id}/restore',
    ]))
  })
  after(() => close())

  it('shows both versions where somebody else was quicker, and saves what is chosen of each', async () => {
    const id = await create({ identifier: 'ida', givenName: 'Ida', role: 'Driver', group: 'North' })
    await page.goto(`${server.url}/console/users/${id}`)
    const form = await edit()
    await form.getByLabel('Role', { exact: true }).fill('Dispatcher')
    await form.getByLabel('Group').fill('West')
    const merge = { role: 'Biller', group: 'South', givenName: 'Idalia' }
    await fetch(`${server.url}/v1/users/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(merge),
    })
    await form.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this user' })
    await dialog.waitFor()
    for (const text of ['Dispatcher', 'Biller', 'West', 'South', 'Idalia'])
      await dialog.getByText(text).first().waitFor()
    await assertAccessible(page)
    await dialog.getByRole('radio', { name: 'Group: theirs' }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    const { role, group, givenName } = await read(id)
    assert.deepEqual({ role, group, givenName }, { role: 'Dispatcher', group: 'South', givenName: 'Idalia' })
  })

  const statusOf = async (id: string) => (await read(id))['status']
  /** The rows of the table that shows both versions: field, what was seen, what it is now. */
  const bothVersions = async () => {
    const table = page.getByRole('dialog').getByRole('table')
    await table.waitFor()
    const rows = await table.getByRole('row').all()
    return Promise.all(rows.slice(1).map((row) => row.locator('th, td').allInnerTexts()))
  }

  it('is not suspended over what somebody else has made of it meanwhile without showing both versions', async () => {
    const id = await create({ identifier: 'raced', role: 'Driver' })
    await page.goto(`${server.url}/console/users/${id}`)
    await page.getByRole('button', { name: 'Suspend' }).click()
    await write('PUT', `/v1/users/${id}`, { identifier: 'raced', status: 'locked', statusReason: 'lost phone' })
    const dialog = page.getByRole('dialog', { name: 'Suspend' })
    await dialog.getByRole('button', { name: 'Suspend', exact: true }).click()
    await dialog.getByRole('alert').getByText('changed this user').waitFor()
    await becomes(bothVersions, [
      ['Role', 'Driver', '–'],
      ['Status', 'active', 'locked'],
      ['Reason', '–', 'lost phone'],
    ])
    await assertAccessibleInAllLooks(page)
    await becomes(() => statusOf(id), 'locked')
    await dialog.getByRole('button', { name: 'Suspend all the same' }).click()
    await dialog.waitFor({ state: 'detached' })
    await becomes(() => statusOf(id), 'suspended')
  })

  it('is left as it is where one does not want to suspend it any more, or cannot', async () => {
    const id = await create({ identifier: 'spared' })
    await page.goto(`${server.url}/console/users/${id}`)
    const suspend = page.getByRole('button', { name: 'Suspend', exact: true })
    await suspend.click()
    await write('PUT', `/v1/users/${id}`, { identifier: 'spared', role: 'Safety' })
    const dialog = page.getByRole('dialog', { name: 'Suspend' })
    await dialog.getByRole('button', { name: 'Suspend', exact: true }).click()
    await becomes(bothVersions, [['Role', '–', 'Safety']])
    await dialog.getByRole('button', { name: 'Leave it as it is' }).click()
    await dialog.waitFor({ state: 'detached' })
    await becomes(() => statusOf(id), 'active')
    await suspend.click()
    await write('DELETE', `/v1/users/${id}`)
    await dialog.getByRole('button', { name: 'Suspend', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('region', { name: 'Notices' }).getByText('Somebody else deleted').waitFor()
    await page.getByRole('button', { name: 'Restore' }).waitFor()
  })

  it('is not deleted or restored over what somebody else did meanwhile without showing both versions', async () => {
    const id = await create({ identifier: 'contested', givenName: 'Connie' })
    await page.goto(`${server.url}/console/users/${id}`)
    const again = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Delete' }).waitFor()
    await write('PUT', `/v1/users/${id}`, { identifier: 'contested', status: 'locked', statusReason: 'lost keys' })
    await page.getByRole('button', { name: 'Delete' }).click()
    await becomes(bothVersions, [
      ['Given name', 'Connie', '–'],
      ['Full name', 'Connie', 'contested'],
      ['Status', 'active', 'locked'],
      ['Reason', '–', 'lost keys'],
    ])
    await assertAccessibleInAllLooks(page)
    await becomes(() => statusOf(id), 'locked')
    await again.getByRole('button', { name: 'Delete all the same' }).click()
    await again.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Restore' }).waitFor()

    await write('POST', `/v1/users/${id}/restore`)
    await write('DELETE', `/v1/users/${id}`)
    await page.getByRole('button', { name: 'Restore' }).click()
    await again.getByRole('alert').getByText('All of its fields are again as you saw them.').waitFor()
    await again.getByRole('button', { name: 'Leave it as it is' }).click()
    await again.waitFor({ state: 'detached' })
    await becomes(() => statusOf(id), 'deleted')
    await write('POST', `/v1/users/${id}/restore`)
    await write('PUT', `/v1/users/${id}`, { identifier: 'contested', status: 'locked', role: 'Safety' })
    await write('DELETE', `/v1/users/${id}`)
    await page.getByRole('button', { name: 'Restore' }).click()
    await becomes(bothVersions, [
      ['Role', '–', 'Safety'],
      ['Reason', 'lost keys', '–'],
    ])
    await again.getByRole('button', { name: 'Restore all the same' }).click()
    await page.getByRole('button', { name: 'Activate' }).waitFor()
    await becomes(() => statusOf(id), 'locked')
  })

  it('keeps what was typed where it was deleted meanwhile, to be copied, or saved once it is restored', async () => {
    const id = await create({ identifier: 'vanished', givenName: 'Van', role: 'Driver' })
    await page.goto(`${server.url}/console/users/${id}`)
    const form = await edit()
    await form.getByLabel('Group').fill('West')
    await write('DELETE', `/v1/users/${id}`)
    const taker = await create({ identifier: 'vanished' })
    await form.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody else deleted this user' })
    await dialog.getByRole('row', { name: 'Group West' }).waitFor()
    await assertAccessibleInAllLooks(page)
    // It says so for some seconds.
    await Promise.all([
      dialog.getByRole('button', { name: 'Copied' }).waitFor(),
      dialog.getByRole('button', { name: 'Copy what you typed' }).click(),
    ])
    await becomes(() => page.evaluate('navigator.clipboard.readText()'), 'Group: West')
    await dialog.getByRole('button', { name: 'Back to editing' }).click()
    await dialog.waitFor({ state: 'detached' })
    await becomes(() => form.getByLabel('Group').inputValue(), 'West')
    await form.getByLabel('Role', { exact: true }).fill('Dispatcher')
    await form.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('button', { name: 'Restore and save' }).click()
    await dialog.getByRole('alert').getByText('Not restored. This identifier is in use.').waitFor()
    await write('DELETE', `/v1/users/${taker}`)
    await dialog.getByRole('button', { name: 'Restore and save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Dispatcher').first().waitFor()
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    const { status, role, group, givenName } = await read(id)
    assert.deepEqual([status, role, group, givenName], ['active', 'Dispatcher', 'West', 'Van'])
  })

  it('shows both versions after restoring where it was changed before it was deleted', async () => {
    const id = await create({ identifier: 'twice-gone', role: 'Driver' })
    await page.goto(`${server.url}/console/users/${id}`)
    const form = await edit()
    await form.getByLabel('Group').fill('West')
    await write('PUT', `/v1/users/${id}`, { identifier: 'twice-gone', role: 'Biller' })
    await write('DELETE', `/v1/users/${id}`)
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Restore and save' }).click()
    const both = page.getByRole('dialog', { name: 'Somebody else changed this user' })
    await both.getByRole('radio', { name: 'Role: theirs' }).waitFor()
    await both.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    const { status, role, group } = await read(id)
    assert.deepEqual([status, role, group], ['active', 'Biller', 'West'])
  })

  it('has broken nothing on the way', () => browser.assertClean())
})
