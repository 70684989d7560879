import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page, Route } from 'playwright-core'
import { openClient, type Client, type UserDraft } from '../../sdk/src/index.ts'
import { tokenIn, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { asksBeforeClosing } from './closing.ts'
import { assertAccessibleInAllLooks } from './looks.ts'
import { becomes } from './patience.ts'
import { admit, serveSetUp, signIn } from './signed-in.ts'

const bar = (page: Page) => page.getByRole('region', { name: 'Selected users' })
/** Takes what changes users into its own hands; trials of a change, which dialogs ask for when they like, go on. */
const routeChanges = (page: Page, take: (route: Route) => Promise<void>) =>
  page.route('**/v1/users/batch', (route) => {
    const { dryRun = false } = route.request().postDataJSON() as { readonly dryRun?: boolean }
    return dryRun ? route.continue() : take(route)
  })
const rowAt = (page: Page, index: number) => page.locator(`[data-row="${index}"]`)

describe('changing many users in the console', { skip: WITHOUT_BROWSER }, () => {
  let server: Served
  let browser: Browser
  let client: Client

  before(async () => {
    server = await serveSetUp(60)
    client = openClient({ url: server.url, token: tokenIn(server.stdout) })
    // What the browser itself says of a request that a test lets fail.
    browser = await openBrowser(server.url, { expected: ['net::ERR_CONNECTION_RESET /v1/users/batch'] })
    await signIn(browser, server.url)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  async function crowd(group: string, size: number, more: UserDraft = {}): Promise<readonly string[]> {
    const { results } = await client.users.batch({
      operations: Array.from({ length: size }, (_, index) => ({
        op: 'create',
        user: { identifier: `${group}-${index}`, givenName: 'Bulk', familyName: `${group} ${index}`, group, ...more },
      })),
    })
    return results.flatMap((one) => (one.outcome === 'created' ? [one.user.id] : []))
  }

  async function openGroup(group: string, more = ''): Promise<Page> {
    const page = await browser.open(`/console/users?q=group:${group}&columns=fullName,status,role${more}`)
    await rowAt(page, 0).getByRole('link').waitFor()
    return page
  }

  async function chooseAll(page: Page): Promise<void> {
    await rowAt(page, 0).getByRole('checkbox').click()
    await bar(page)
      .getByRole('button', { name: /^Select all/ })
      .click()
  }

  const act = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true }).click()
  const has = async (query: Record<string, unknown>) => (await client.users.list({ ...query, limit: 1 })).total

  it('changes those that were chosen by keyboard alone, and takes it back', async () => {
    const ids = await crowd('keys', 4)
    const page = await openGroup('keys')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await bar(page).getByText('2 selected').waitFor()
    await bar(page).getByRole('button', { name: 'Status' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Change the status' })
    await dialog.getByRole('combobox', { name: 'New status' }).focus()
    await page.keyboard.type('sus')
    await page.keyboard.press('Tab')
    await page.keyboard.type('on leave')
    await dialog.getByRole('row').nth(2).getByText('suspended').waitFor()
    await page.keyboard.press('Enter')
    await dialog.getByText('2 users changed.').waitFor()
    const [first] = (await client.users.query({ filter: `id eq "${ids[0] ?? ''}"` })).users
    assert.deepEqual([first?.status, first?.statusReason], ['suspended', 'on leave'])
    assert.equal(await has({ group: 'keys', status: 'suspended' }), 2)

    await dialog.getByRole('button', { name: 'Undo 2 users' }).press('Enter')
    await page.getByRole('dialog', { name: 'Take it back' }).getByText('2 users taken back.').waitFor()
    assert.equal(await has({ group: 'keys', status: 'active' }), 4)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.close()
  })

  it('moves, gives roles and tags, and shows before what each would have', async () => {
    const [id = ''] = await crowd('fields', 1, { tags: { old: '1', keep: 'me' } })
    const { id: customerId, name } = await client.customers.create({ code: 'bulk', name: 'Bulk & Co', parentId: null })
    const page = await openGroup('fields')
    await rowAt(page, 0).getByRole('checkbox').click()
    const dialog = page.getByRole('dialog')
    const confirm = async (button: string) => {
      await dialog.getByRole('button', { name: button }).click()
      await dialog.getByText(/^1 user (changed|moved)\.$/).waitFor()
      await dialog.getByRole('button', { name: 'Close' }).last().click()
      await dialog.waitFor({ state: 'detached' })
    }
    await act(page, 'Role')
    await dialog.getByRole('textbox', { name: 'New role' }).fill('Dispatcher')
    await dialog.getByRole('cell', { name: 'Dispatcher' }).waitFor()
    await confirm('Change 1 user')

    await act(page, 'Tags')
    await dialog.getByRole('textbox', { name: 'Tags to set' }).fill('team')
    await dialog.getByText('“team” is no tag').waitFor()
    assert.ok(await dialog.getByRole('button', { name: 'Change 1 user' }).isDisabled())
    await dialog.getByRole('textbox', { name: 'Tags to set' }).fill('team=red, floor=3')
    await dialog.getByRole('textbox', { name: 'Tags to remove' }).fill('old')
    await confirm('Change 1 user')

    await act(page, 'Customer')
    await dialog.getByRole('combobox', { name: 'New customer' }).fill('bulk')
    await page.getByRole('option', { name: new RegExp(name) }).click()
    await dialog.getByRole('cell', { name }).waitFor()
    await confirm('Move 1 user')
    const user = await client.users.get(id)
    assert.deepEqual(
      [user.role, user.customerId, user.tags],
      ['Dispatcher', customerId, { floor: '3', keep: 'me', team: 'red' }],
    )
    await page.close()
  })

  it('asks for the number above a hundred, deletes all of a list, and brings them back', async () => {
    await crowd('many', 130)
    const page = await openGroup('many')
    await chooseAll(page)
    await bar(page).getByText('130 selected').waitFor()
    await act(page, 'Delete')
    const dialog = page.getByRole('dialog', { name: 'Delete users' })
    const start = dialog.getByRole('button', { name: 'Delete 130 users' })
    const number = dialog.getByRole('textbox', { name: 'Type 130 to confirm' })
    await number.waitFor()
    await assertAccessibleInAllLooks(page)
    assert.ok(await start.isDisabled())
    for (const [typed, isEnough] of [
      ['130', true],
      ['13', false],
      ['130', true],
    ] as const) {
      await number.fill(typed)
      await becomes(() => start.isEnabled(), isEnough)
    }
    await start.click()
    await dialog.getByText('130 users deleted.').waitFor()
    assert.equal(await has({ group: 'many' }), 0)
    await dialog.getByRole('button', { name: 'Undo 130 users' }).click()
    await page.getByRole('dialog', { name: 'Take it back' }).getByText('130 users taken back.').waitFor()
    assert.equal(await has({ group: 'many' }), 130)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().press('Enter')
    await bar(page).waitFor({ state: 'detached' })
    const focused = page.getByRole('grid', { name: 'Users' }).and(page.locator(':focus'))
    await focused.waitFor()
    await page.close()
  })

  it('says who was refused and why, also as a file, and tries them again', async () => {
    const ids = await crowd('taken', 2)
    for (const id of ids) await client.users.remove(id)
    const other = await client.users.create({ identifier: 'taken-0', group: 'other' })
    const page = await openGroup('taken', '&deleted=yes')
    await chooseAll(page)
    await act(page, 'Restore')
    const dialog = page.getByRole('dialog', { name: 'Restore users' })
    await dialog.getByRole('cell', { name: /in use/ }).waitFor()
    await dialog.getByRole('button', { name: 'Restore 2 users' }).click()
    await dialog.getByText('1 user restored, 1 refused.').waitFor()
    await assertAccessibleInAllLooks(page)
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Save the refused as CSV' }).click()
    const text = readFileSync(await (await download).path(), 'utf8')
    assert.match(
      text,
      new RegExp(`^id,fullName,outcome,reason\\r\\n${ids[0] ?? ''},Bulk taken 0,refused,.* in use.*\\r\\n$`),
    )
    await client.users.remove(other.id)
    await dialog.getByRole('button', { name: 'Retry 1 user' }).click()
    await dialog.getByText('2 users restored.').waitFor()
    assert.equal(await has({ group: 'taken' }), 2)
    // What the first try did is still there to be taken back.
    await dialog.getByRole('button', { name: 'Undo 2 users' }).click()
    await page.getByRole('dialog', { name: 'Take it back' }).getByText('2 users taken back.').waitFor()
    assert.equal(await has({ group: 'taken' }), 0)
    await page.close()
  })

  it('has a result for every user, page by page and as a file, the refused ones first', async () => {
    const ids = await crowd('every', 1000)
    await client.users.update(ids[700] ?? '', { role: 'Night watch' })
    const page = await openGroup('every', '&sort=number')
    await chooseAll(page)
    await act(page, 'Role')
    const dialog = page.getByRole('dialog', { name: 'Change the role' })
    await dialog.getByRole('textbox', { name: 'New role' }).fill('Night watch')
    await dialog.getByRole('textbox', { name: 'Type 1,000 to confirm' }).fill('1000')
    await dialog.getByRole('cell', { name: 'Night watch' }).first().waitFor()
    // One of them is changed by somebody else between being read and being written.
    let batches = 0
    await routeChanges(page, async (route) => {
      batches += 1
      if (batches === 2) await client.users.update(ids[900] ?? '', { group: 'every', message: 'mine' })
      await route.continue()
    })
    await dialog.getByRole('button', { name: 'Change 1,000 users' }).click()
    await dialog.getByText('998 users changed, 1 as they were, 1 refused.').waitFor()
    const table = dialog.getByRole('table', { name: 'What became of each user' })
    const names: string[] = []
    const next = dialog.getByRole('button', { name: 'Next' })
    await table.getByRole('rowheader').first().waitFor()
    for (;;) {
      assert.ok((await table.getByRole('row').count()) <= 101)
      names.push(...(await table.getByRole('rowheader').allInnerTexts()))
      if ((await next.getAttribute('aria-disabled')) === 'true') break
      await next.press('Enter')
      await dialog.getByText(`${(names.length + 1).toLocaleString('en')} to`).waitFor()
    }
    assert.deepEqual([names.length, new Set(names).size, names[0]], [1000, 1000, 'Bulk every 900'])
    await assertAccessibleInAllLooks(page)
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Save every result as CSV' }).click()
    const [head, ...lines] = readFileSync(await (await download).path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    assert.equal(head, 'id,fullName,outcome,reason')
    const outcomes = Map.groupBy(lines, (line) => line.split(',')[2])
    assert.deepEqual(new Set(lines.map((line) => line.split(',')[0])), new Set(ids))
    assert.deepEqual(
      ['changed', 'unchanged', 'refused'].map((outcome) => outcomes.get(outcome)?.length),
      [998, 1, 1],
    )
    assert.match(lines[0] ?? '', new RegExp(`^${ids[900] ?? ''},Bulk every 900,refused,.+`))
    await page.close()
  })

  it('halts where the server cannot be reached, and goes on when it is told to', async () => {
    await crowd('away', 3)
    const page = await openGroup('away')
    await chooseAll(page)
    await act(page, 'Role')
    const dialog = page.getByRole('dialog', { name: 'Change the role' })
    await dialog.getByRole('textbox', { name: 'New role' }).fill('Guard')
    await dialog.getByRole('cell', { name: 'Guard' }).first().waitFor()
    await routeChanges(page, (route) => route.abort('connectionreset'))
    await dialog.getByRole('button', { name: 'Change 3 users' }).click()
    await dialog.getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await assertAccessibleInAllLooks(page)
    // There is no way past it but to go on or to stop.
    await page.keyboard.press('Escape')
    await page.unroute('**/v1/users/batch')
    await dialog.getByRole('button', { name: 'Go on' }).click()
    await dialog.getByText('3 users changed.').waitFor()
    assert.equal(await has({ group: 'away', role: 'Guard' }), 3)
    await page.close()
  })

  it('stops after what is under way, and says what was done and what was not reached', async () => {
    await crowd('stop', 1000)
    await client.users.create({ identifier: 'stop-last', group: 'stop' })
    const page = await openGroup('stop')
    await chooseAll(page)
    await act(page, 'Role')
    const dialog = page.getByRole('dialog', { name: 'Change the role' })
    await dialog.getByRole('textbox', { name: 'New role' }).fill('Half')
    await dialog.getByRole('textbox', { name: 'Type 1,001 to confirm' }).fill('1001')
    await dialog.getByRole('cell', { name: 'Half' }).first().waitFor()
    const { promise: stopped, resolve: release } = Promise.withResolvers<undefined>()
    const { promise: isUnderWay, resolve: begin } = Promise.withResolvers<undefined>()
    await routeChanges(page, async (route) => {
      begin(undefined)
      await stopped
      await route.continue()
    })
    await dialog.getByRole('button', { name: 'Change 1,001 users' }).click()
    await dialog.getByRole('progressbar', { name: 'Users changed' }).waitFor()
    await isUnderWay
    assert.equal(await asksBeforeClosing(page), true)
    await assertAccessibleInAllLooks(page)
    await dialog.getByRole('button', { name: 'Stop' }).click()
    await dialog.getByText('Stopping after what is under way').waitFor()
    release(undefined)
    await dialog.getByText('Stopped: 500 users changed.').waitFor()
    await dialog.getByText('501 users were not reached. What was done stays.').waitFor()
    assert.equal(await has({ group: 'stop', role: 'Half' }), 500)
    // Nothing is under way any more.
    await becomes(() => asksBeforeClosing(page), false)
  })

  it('offers nothing to change to who may only read', async () => {
    const credentials = { identifier: 'reader', password: 'a long enough password' }
    await admit(server.url, tokenIn(server.stdout), credentials, { permissions: ['users:read'], scope: 'all' })
    const theirs = await openBrowser(server.url)
    try {
      await signIn(theirs, server.url, credentials)
      const page = await theirs.open('/console/users')
      await rowAt(page, 0).getByRole('checkbox').click()
      await bar(page).getByText('1 selected').waitFor()
      assert.equal(await bar(page).getByRole('group', { name: 'Change' }).count(), 0)
      theirs.assertClean()
    } finally {
      await theirs.close()
    }
  })

  it('has broken nothing on the way', () => browser.assertClean())
})
