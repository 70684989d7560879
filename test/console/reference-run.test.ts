import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { ask, serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { INTERPRETERS } from './interpreters.ts'
import { comesAbout } from './patience.ts'

/** What every language has its own way to write, and shells theirs. */
const NAME = 'O\'Brien "Q" \\n C:\\new $HOME ${x} #{y} `id` %41 &<é>\u2028👩‍🚀\n!'

describe('what the reference shows, run', { skip: WITHOUT_BROWSER }, () => {
  let served: Served
  let browser: Browser
  let token = ''
  let id = ''
  /** By language: the code that the page shows for an operation. */
  const listing = new Map<string, string>()
  const creating = new Map<string, string>()
  const changing = new Map<string, string>()

  const control = (page: Page, label: string) =>
    page.getByRole('main').getByLabel(label, { exact: true }).and(page.locator('input, select, textarea'))
  const open = async (operation: string) => {
    const page = await browser.open(`/reference/rollcall/${operation}`)
    await control(page, 'Token').fill(token)
    return page
  }
  /** What is shown in every language. */
  const gather = async (page: Page, codes: Map<string, string>, fill: (language: string) => Promise<string>) => {
    let before = ''
    for (const { id: language } of INTERPRETERS) {
      const filled = await fill(language)
      await control(page, 'Language').selectOption(language)
      const line = page.getByRole('textbox', { name: 'curl' })
      const code = page.getByRole('group', { name: /^Code in/ })
      let shown = ''
      await comesAbout(`there is code in ${language} for ${filled}`, async () => {
        shown = language === 'curl' ? await line.inputValue() : ((await code.textContent()) ?? '')
        return shown !== before && shown.includes(filled)
      })
      codes.set(language, shown)
      before = shown
    }
    await page.close()
  }

  before(async () => {
    const folder = workingFolder()
    served = await serve(['--demo', '60', '--data', `${folder}/data`], { cwd: folder })
    token = tokenIn(served.stdout)
    const user = { identifier: 'run', familyName: NAME, role: 'Driver', tags: { gone: 'x', kept: 'y' } }
    const made = await ask(served.url, '/v1/users', token, { method: 'POST', body: JSON.stringify(user) })
    id = String(made.body['id'])
    browser = await openBrowser(served.url)

    const list = await open('listUsers')
    await control(list, 'filter').fill(`familyName eq ${JSON.stringify(NAME)}`)
    await control(list, 'limit').fill('5')
    await gather(list, listing, () => Promise.resolve('limit=5'))
    const create = await open('createUser')
    await gather(create, creating, async (language) => {
      await control(create, 'Body').fill(`{"identifier": "run-${language}", "phones": ["+1", "+2"], "email": null}`)
      return `run-${language}`
    })
    const update = await open('updateUser')
    await control(update, 'id').fill(id)
    await gather(update, changing, async (language) => {
      const patch = { givenName: language, role: null, tags: { gone: null, text: NAME }, attributes: { [NAME]: [1.5] } }
      await control(update, 'Body').fill(JSON.stringify(patch, null, 2))
      return language
    })
  })
  after(async () => {
    await browser.close()
    await served.stop()
  })

  for (const { id: language, title, absence, run } of INTERPRETERS) {
    describe(`as ${title}`, { skip: absence }, () => {
      const runOf = async (codes: ReadonlyMap<string, string>) => {
        const { status, text } = await run(codes.get(language) ?? '')
        return { status, body: JSON.parse(text) as Readonly<Record<string, unknown>> }
      }

      it('finds with a query whatever text it has', async () => {
        const { status, body } = await runOf(listing)
        assert.equal(status, 200)
        assert.deepEqual(
          (body['users'] as readonly { readonly id: string }[]).map((user) => user.id),
          [id],
        )
      })

      it('creates what its JSON says, and says why it is refused the second time', async () => {
        const { status, body } = await runOf(creating)
        assert.equal(status, 201)
        const there = await ask(served.url, `/v1/users/${String(body['id'])}`, token)
        const { identifier, phones, email } = there.body
        assert.deepEqual(
          { identifier, phones, email },
          { identifier: `run-${language}`, phones: ['+1', '+2'], email: null },
        )
        const again = await runOf(creating)
        assert.equal(again.status, 409)
        assert.equal(again.body['status'], 409)
      })

      it('writes text as it was typed', async () => {
        const { status } = await runOf(changing)
        assert.equal(status, 200)
        const { givenName, role, tags, attributes } = (await ask(served.url, `/v1/users/${id}`, token)).body
        assert.deepEqual(
          { givenName, role, tags, attributes },
          { givenName: language, role: null, tags: { kept: 'y', text: NAME }, attributes: { [NAME]: [1.5] } },
        )
      })
    })
  }
})
