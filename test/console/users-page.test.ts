import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page, Request } from 'playwright-core'
import { ask } from '../e2e/command.ts'
import { WITHOUT_BROWSER } from './browser.ts'
import { openConsole, type OpenedConsole } from './opened-console.ts'
import { assertAccessibleInBothThemes } from './looks.ts'
import { becomes, until } from './patience.ts'

const grid = (page: Page) => page.getByRole('grid', { name: 'Users' })
const rowAt = (page: Page, index: number) => grid(page).locator(`[data-row="${index}"]`)
const nameAt = async (page: Page, index: number) =>
  (await rowAt(page, index).getByRole('link').innerText()).split('\n').at(-1)
const total = (page: Page) => page.locator('[data-exact]')

async function untilTotal(page: Page, count: number): Promise<void> {
  await total(page)
    .filter({ hasText: `${count.toLocaleString('en')} user` })
    .waitFor()
}

describe('The users page', { skip: WITHOUT_BROWSER }, () => {
  let server: OpenedConsole['server']
  let token: OpenedConsole['token']
  let browser: OpenedConsole['browser']
  let page: OpenedConsole['page']
  let close: OpenedConsole['close']
  const list = async (query: string) => {
    const { status, body } = await ask(server.url, `/v1/users?${query}`, token)
    assert.equal(status, 200)
    return body as {
      readonly total: number
      readonly users: readonly { readonly id: string; readonly fullName: string }[]
    }
  }
  const open = async (search: string) => {
    await page.goto(`${server.url}/console/users${search}`)
    await rowAt(page, 0).getByRole('link').waitFor()
  }

  before(async () => {
    ;({ server, token, browser, page, close } = await openConsole(2000, ['500 /v1/users']))
  })
  after(() => close())

  it('shows users as the server lists them, and how many there are exactly', async () => {
    const { total: count, users } = await list('limit=3')
    await untilTotal(page, count)
    await becomes(() => total(page).getAttribute('data-exact'), 'true')
    await becomes(() => grid(page).getAttribute('aria-rowcount'), String(count + 1))
    await becomes(() => nameAt(page, 2), users[2]?.fullName)
  })

  it('is asked for while it is still being asked who is signed in', async () => {
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/v1/users')
    await page.route('**/v1/session', async (route) => {
      await asked
      await route.continue()
    })
    await open('?sort=number')
    await page.unroute('**/v1/session')
  })

  it('searches while one types, with questions about fields in the same box, and keeps it in the address', async () => {
    await open('')
    const { total: count } = await list(`search=jan&filter=${encodeURIComponent('status in ("active","locked")')}`)
    await page.keyboard.press('/')
    await page.keyboard.type('jan status:active,locked', { delay: 15 })
    await untilTotal(page, count)
    await page.waitForURL((url) => url.searchParams.get('q') === 'jan status:active,locked')
    await page.reload()
    await untilTotal(page, count)
    const box = page.getByRole('combobox', { name: 'Search users' })
    await becomes(() => box.inputValue(), 'jan status:active,locked')
  })

  it('shows the answer to what was typed last, whichever comes first', async () => {
    await open('')
    const { total: count } = await list('search=anna')
    // The answer to the first word is held back until the second one's is there.
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route(/search=ann(&|$)/, async (route) => {
      await held
      await route.continue().catch(() => undefined)
    })
    const box = page.getByRole('combobox', { name: 'Search users' })
    const asked = page.waitForRequest(/search=ann(&|$)/)
    await box.fill('ann')
    await asked
    const { promise: isOver, resolve: end } = Promise.withResolvers<unknown>()
    const look = (request: Request) => /search=ann(&|$)/.test(request.url()) && end(request)
    page.on('requestfinished', look).on('requestfailed', look)
    await box.fill('anna')
    await untilTotal(page, count)
    release()
    // It may have been given up already.
    await isOver
    await page.unroute(/search=ann(&|$)/)
    await untilTotal(page, count)
    assert.equal(new URL(page.url()).searchParams.get('q'), 'anna')
  })

  it('suggests fields and their values, and says when there is no such field', async () => {
    await open('')
    const box = page.getByRole('combobox', { name: 'Search users' })
    await box.focus()
    await page.keyboard.type('sta')
    await page.getByRole('option', { name: 'status: Status' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /^status:locked/ }).click()
    const { total: count } = await list('status=locked')
    await untilTotal(page, count)
    await box.fill('surname:Doe')
    await page.getByRole('alert').filter({ hasText: 'There is no field surname' }).waitFor()
    await box.fill('')
    await page.getByRole('alert').waitFor({ state: 'detached' })
  })

  it('sorts by columns, several at once, and says so', async () => {
    await open('?columns=fullName,familyName,givenName')
    const head = (name: string) => page.getByRole('columnheader', { name })
    await head('Family name').getByRole('button').click()
    await page.waitForURL(/sort=familyName(&|$)/)
    await becomes(() => head('Family name').getAttribute('aria-sort'), 'ascending')
    await head('Family name').getByRole('button').click()
    await page.waitForURL(/sort=familyName%3Adesc(&|$)/)
    await becomes(() => head('Family name').getAttribute('aria-sort'), 'descending')
    await head('Given name')
      .getByRole('button')
      .click({ modifiers: ['Shift'] })
    await page.waitForURL(/sort=familyName%3Adesc%2CgivenName(&|$)/)
    await becomes(() => head('Family name').getAttribute('aria-sort'), 'descending')
    await becomes(() => head('Given name').getAttribute('aria-sort'), 'ascending')
    const { users } = await list('limit=1&sort=familyName:desc,givenName')
    const id = users[0]?.id ?? ''
    await rowAt(page, 0).locator(`a[href*="${id}"]`).waitFor()
    await grid(page).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('user') === id)
    await page.goBack()
    await page.goBack()
    await page.waitForURL(/sort=familyName%3Adesc(&|$)/)
    await page.keyboard.press('Escape')
  })

  it('turns the order of a column round, then leaves it; those before it stay only with Shift', async () => {
    await open('?columns=fullName,email,role&sort=role,email')
    const head = (name: string) => page.getByRole('columnheader', { name }).getByRole('button')
    const told = () =>
      Promise.all(['Role', 'E-mail'].map((name) => page.getByRole('columnheader', { name }).getAttribute('aria-sort')))
    const sorted = async (by: string | null, role: string, email: string) => {
      await page.waitForURL((url) => url.searchParams.get('sort') === by)
      await becomes(told, [role, email])
    }
    const [UP, DOWN, NOT] = ['ascending', 'descending', 'none']
    const add = { modifiers: ['Shift' as const] }
    await head('Role').click(add)
    await sorted('role:desc,email', DOWN, UP)
    await head('Role').click(add)
    await sorted('email', NOT, UP)
    await head('Role').click(add)
    await sorted('email,role', UP, UP)
    await head('Role').click()
    await sorted('role:desc', DOWN, NOT)
    await head('Role').click()
    await sorted(null, NOT, NOT)
    await head('Role').click()
    await sorted('role', UP, NOT)
    await head('E-mail').click()
    await sorted('email', NOT, UP)
  })

  it('makes filters of chips in groups, which stand in the address', async () => {
    await open('')
    const add = async () => page.getByRole('button', { name: 'Add filter' }).first().click()
    await add()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('suspended').check()
    await dialog.getByRole('button', { name: 'Add filter' }).click()
    await page.waitForURL((url) => url.searchParams.get('filter') === 'status eq "suspended"')
    await page.getByRole('button', { name: /^Add an alternative to Status/ }).click()
    await dialog.getByLabel('Field').selectOption('role')
    await dialog.getByLabel('Question').selectOption('sw')
    await dialog.getByLabel('Value').fill('Disp')
    await dialog.getByRole('button', { name: 'Add filter' }).click()
    const filter = 'status eq "suspended" or role sw "Disp"'
    await page.waitForURL(
      (url) => url.searchParams.get('filter') === `(${filter})` || url.searchParams.get('filter') === filter,
    )
    await untilTotal(page, (await list(`filter=${encodeURIComponent(filter)}`)).total)
    await page.getByRole('button', { name: 'or; use and instead' }).click()
    await untilTotal(page, (await list(`filter=${encodeURIComponent(filter.replace(' or ', ' and '))}`)).total)
    await page.getByRole('button', { name: /^Remove Role/ }).click()
    await untilTotal(page, (await list('status=suspended')).total)
  })

  it('narrows to a customer with or without those below it, by the keys of a tree', async () => {
    await open('')
    const tree = page.getByRole('tree', { name: 'Customers' })
    await tree.getByRole('treeitem').first().waitFor()
    await tree.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/customer=\d+/)
    const id = new URL(page.url()).searchParams.get('customer') ?? ''
    await untilTotal(page, (await list(`customerId=${id}&includeSubsidiaries=true`)).total)
    await page.getByLabel('Include subsidiaries').uncheck()
    await untilTotal(page, (await list(`customerId=${id}`)).total)
    await page.getByLabel('Find a customer').fill('corse')
    await tree.getByRole('treeitem', { name: 'Northwind' }).first().waitFor({ state: 'detached' })
    await tree.getByRole('treeitem', { name: /Corse/ }).waitFor()
  })

  it('reaches any row as near as the first, and keeps few of them', async () => {
    await open('?sort=number')
    const { total: count } = await list('limit=1')
    await untilTotal(page, count)
    await grid(page).focus()
    await page.keyboard.press('End')
    const last = rowAt(page, count - 1)
    await last.getByRole('link').waitFor()
    await becomes(() => grid(page).getAttribute('aria-activedescendant'), `row-${count - 1}`)
    const { users } = await list('limit=1&sort=number:desc')
    await becomes(() => nameAt(page, count - 1), users[0]?.fullName)
    await becomes(() => last.getAttribute('aria-rowindex'), String(count + 1))
    assert.ok((await grid(page).locator('[data-row]').count()) < 60)
    await page.keyboard.press('Home')
    await rowAt(page, 0).getByRole('link').waitFor()
    await becomes(() => grid(page).getAttribute('aria-activedescendant'), 'row-0')
  })

  it('selects rows by key and by range, and forgets them with the list', async () => {
    await open('')
    await grid(page).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+ArrowDown')
    const selected = grid(page).locator('[data-row][aria-selected="true"]')
    await becomes(() => selected.count(), 3)
    await page.keyboard.press('Escape')
    await becomes(() => selected.count(), 0)
    await page.keyboard.press('x')
    await becomes(() => selected.count(), 1)
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await selected.waitFor({ state: 'detached' })
  })

  it('remembers columns and their order, chosen without dragging', async () => {
    await open('')
    await page.getByRole('button', { name: 'Columns' }).click()
    const dialog = page.getByRole('dialog', { name: 'Columns' })
    await dialog.getByLabel('Number', { exact: true }).check()
    await dialog.getByRole('button', { name: 'Move E-mail up' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    const heads = async () => (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim())
    const firstHeads = async () => (await heads()).slice(1, 3)
    await becomes(firstHeads, ['E-mail', 'Name'])
    await open('')
    await becomes(firstHeads, ['E-mail', 'Name'])
    assert.ok((await heads()).includes('Number'))
    // Also for somebody else who is sent the address.
    await page.waitForURL((url) => url.searchParams.get('columns')?.startsWith('email,fullName,') === true)
    await page.getByRole('button', { name: 'Columns' }).click()
    await dialog.getByRole('button', { name: 'Usual columns' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await becomes(firstHeads, ['Name', 'E-mail'])
  })

  it('keeps the list, and exports what is seen, where a question cannot be understood', async () => {
    await open('?q=status%3Alocked')
    const { total: count } = await list('status=locked&limit=1')
    await untilTotal(page, count)
    await page.getByRole('combobox', { name: 'Search users' }).fill('status:gone')
    await page.getByRole('alert').getByText('status is one of').waitFor()
    await untilTotal(page, count)
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('radio', { name: new RegExp(`^What is shown: ${count} users`) }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  })

  it('keeps the focus among the filters when one is taken out', async () => {
    await open('?filter=status%20eq%20%22locked%22')
    await page.getByRole('button', { name: /^Remove Status is locked/ }).press('Enter')
    await page.waitForURL((url) => !url.searchParams.has('filter'))
    await until(page, 'document.activeElement?.getAttribute("aria-label") === "Filters"')
  })

  it('saves a view, shows it again, and lets go of it', async () => {
    await open('?q=status%3Alocked&sort=email')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save this view…' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Locked ones')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Locked ones' }).click()
    await page.getByRole('menuitem', { name: 'All users' }).click()
    await page.waitForURL((url) => url.search === '?columns=usual')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Locked ones' }).click()
    await page.waitForURL(
      (url) => url.searchParams.get('q') === 'status:locked' && url.searchParams.get('sort') === 'email',
    )
    await page.getByRole('button', { name: 'Locked ones' }).click()
    await page.getByRole('menuitem', { name: 'Rename, share, delete…' }).click()
    await page.getByRole('button', { name: 'Delete the view Locked ones' }).click()
    await page.getByText('You have saved no view yet').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  })

  it('goes on to the next user beside the list with the same keys', async () => {
    await open('?sort=number')
    const { users } = await list('limit=3&sort=number')
    await grid(page).focus()
    await page.keyboard.press('Enter')
    const shows = async (user: (typeof users)[number] | undefined) => {
      await page.waitForURL((url) => url.searchParams.get('user') === user?.id)
      await page.getByRole('heading', { name: user?.fullName ?? '' }).waitFor()
    }
    await shows(users[0])
    await page.keyboard.press('j')
    await shows(users[1])
    await page.keyboard.press('ArrowDown')
    await shows(users[2])
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => url.searchParams.get('user') === null)
  })

  it('says that the directory was written, and reads the list again when asked to', async () => {
    const write = async (identifier: string) => {
      const body = JSON.stringify({ identifier, givenName: 'Quenby' })
      assert.equal((await ask(server.url, '/v1/users', token, { method: 'POST', body })).status, 201)
    }
    await write('quenby-1')
    await page.clock.install()
    await open('?q=quenby')
    await untilTotal(page, 1)
    await write('quenby-2')
    const refresh = page.getByRole('button', { name: 'Refresh' })
    // It is looked for changes from time to time, once the list is there.
    await becomes(async () => {
      await page.clock.fastForward(60_000)
      return refresh.count()
    }, 1)
    await refresh.click()
    await untilTotal(page, 2)
    await refresh.waitFor({ state: 'detached' })
    await page.clock.resume()
  })

  it('says what went wrong, with the request to ask about, and tries again', async () => {
    const pages = /\/v1\/users\?.*limit=100/
    const fault = { type: '/problems/internal-error', title: 'Internal error', status: 500, detail: 'It broke.' }
    const headers = { 'content-type': 'application/problem+json', 'x-request-id': 'asked-1' }
    await page.route(pages, (route) => route.fulfill({ status: 500, headers, body: JSON.stringify(fault) }))
    await page.goto(`${server.url}/console/users?q=broken`)
    await page.getByRole('alert').getByText('asked-1').waitFor()
    await page.unroute(pages)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
  })

  it('says what to do where nobody matches', async () => {
    await page.goto(`${server.url}/console/users?q=qqqqqqqqqqqqq`)
    await page.getByRole('button', { name: 'Clear search and filters' }).click()
    await untilTotal(page, (await list('limit=1')).total)
    await page.waitForURL((url) => url.search === '?columns=usual')
  })

  it('fits a screen of 320 px', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    await open('?filter=status+eq+"active"')
    const widths = () =>
      page.getByRole('main').evaluate((main) => {
        const { scrollWidth, clientWidth } = main as unknown as { scrollWidth: number; clientWidth: number }
        return { scrollWidth, clientWidth }
      })
    await becomes(widths, { scrollWidth: 320, clientWidth: 320 })
    await page.getByRole('button', { name: 'Customers' }).click()
    await page.getByRole('dialog', { name: 'Customers' }).getByRole('tree').waitFor()
    await assertAccessibleInBothThemes(page)
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  it('is accessible in both themes', async () => {
    await open('?filter=status+eq+"active"+and+(role+pr+or+email+pr)&sort=familyName')
    await assertAccessibleInBothThemes(page)
    await page.getByRole('button', { name: 'Add filter' }).first().click()
    await page.getByRole('dialog').waitFor()
    await assertAccessibleInBothThemes(page)
    browser.assertClean()
  })
})
