import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { ask, serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER, type Browser } from './browser.ts'
import { becomes, comesAbout } from './patience.ts'

interface Case {
  readonly dialect: string
  readonly operation: string
  readonly title: string
  /** A control of the form, what goes into it, and what it makes of the curl line. */
  readonly fill: readonly [label: string, value: string, written: string]
  /** A command as the vendor's clients would paste it, with this token; and what it makes of the form. */
  readonly paste: (token: string) => string
  readonly filled: readonly [label: string, value: string]
  /** Something in the answer. */
  readonly found: string
}

const CASES: readonly Case[] = [
  {
    dialect: 'alvys',
    operation: 'listUsers',
    title: 'List all users',
    fill: ['api-version', 'v1.0', `--header 'api-version: v1.0'`],
    paste: (token) =>
      `curl --location 'https://integrations.alvys.com/api/p/v1.0/users/list' \\\n--header 'Authorization: Bearer ${token}'`,
    filled: ['version', '1.0'],
    found: 'userName',
  },
  {
    dialect: 'nameshield',
    operation: 'listUsers',
    title: 'List users',
    fill: ['sort[]', 'firstname:desc\nlastname', '?sort%5B%5D=firstname:desc&sort%5B%5D=lastname'],
    paste: (token) =>
      `curl -g "https://api.vendor.example/user/v1/users?sort[]=firstname:desc&limit=2&offset=2" -sH "Authorization: Bearer ${token}" | jq .`,
    filled: ['limit', '2'],
    found: 'include_subsidiaries',
  },
  {
    dialect: 'd3lay',
    operation: 'listUsers',
    title: 'Retrieve a list of users',
    fill: ['status', 'suspended', '/users?status=suspended'],
    paste: (token) =>
      `curl --request GET \\\n  --url 'http://localhost:{port}/users?page_size=3' \\\n  --header 'Authorization: Bearer ${token}'`,
    filled: ['page_size', '3'],
    found: 'identifier',
  },
  {
    dialect: 'devrev',
    operation: 'sysUsersListPost',
    title: 'List users (POST)',
    fill: ['Body', '{"limit":3}', `--data '{"limit":3}'`],
    paste: (token) =>
      `curl -X POST "https://api.devrev.ai/sys-users.list" \\  -H "Content-Type: application/json" \\  -H "Authorization: ${token}" \\  -d '{"limit": 2}'`,
    filled: ['Body', '{"limit": 2}'],
    found: 'sys_users',
  },
  {
    dialect: 'plaspy',
    operation: 'getUser',
    title: 'Get one user',
    fill: ['id', 'usr-1', '/api/users/usr-1'],
    paste: (token) => `curl https://api.plaspy.com/API/users/1 -H $'Authorization: Bearer\\x20${token}'`,
    filled: ['id', '1'],
    found: 'apiDailyUsage',
  },
  {
    dialect: 'rollcall',
    operation: 'listUsers',
    title: 'List users',
    fill: ['filter', 'status eq "active"', '/v1/users?filter=status%20eq%20%22active%22'],
    paste: (token) =>
      `curl -G "$URL/users" --data-urlencode 'filter=status eq "locked" or not (email pr)' -d limit=5 --oauth2-bearer ${token}`,
    filled: ['filter', 'status eq "locked" or not (email pr)'],
    found: 'revision',
  },
]

describe('the reference', { skip: WITHOUT_BROWSER }, () => {
  let served: Served
  let browser: Browser
  let token = ''

  before(async () => {
    const folder = workingFolder()
    served = await serve(['--demo', '200', '--data', `${folder}/data`], { cwd: folder })
    token = tokenIn(served.stdout)
    // Chromium has a line of its own for each 4xx.
    browser = await openBrowser(served.url, {
      expected: [
        '400 /users',
        '401 /api/p/v1/users/list',
        '401 /api/users/usr-1',
        '401 /sys-users.list',
        '401 /user/v1/users',
        '401 /users',
        '401 /v1/customers',
        '401 /v1/users',
      ],
    })
  })
  after(async () => {
    await browser.close()
    await served.stop()
  })

  const open = async (path: string, title: string): Promise<Page> => {
    const page = await browser.open(`/reference${path}`)
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
    return page
  }
  const control = (page: Page, label: string) =>
    page.getByRole('main').getByLabel(label, { exact: true }).and(page.locator('input, select, textarea'))
  const put = async (page: Page, label: string, value: string) => {
    const found = control(page, label)
    await found.waitFor()
    if ((await found.and(page.locator('select')).count()) > 0) await found.selectOption(value)
    else await found.fill(value)
  }
  /** Waits until a control of the form has what is looked for. */
  const untilHas = async (field: Locator, ...wanted: readonly (string | RegExp)[]) => {
    let value = ''
    await comesAbout(`a control has ${wanted.join(' and ')}`, async () => {
      value = await field.inputValue()
      return wanted.every((one) => (typeof one === 'string' ? value.includes(one) : one.test(value)))
    })
  }
  const tryIt = async (page: Page, status: number) => {
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.locator(`[data-status="${status}"]`).waitFor()
  }

  for (const { dialect, operation, title, fill, paste, filled, found } of CASES) {
    describe(`for ${dialect}`, () => {
      it('writes the curl line as the form is filled in', async () => {
        const page = await open(`/${dialect}/${operation}`, title)
        const line = page.getByRole('textbox', { name: 'curl' })
        await untilHas(line, /^curl [^]*Bearer YOUR_TOKEN'/)
        await put(page, fill[0], fill[1])
        await untilHas(line, fill[2])
        await control(page, 'Token').fill('rc_mine')
        await untilHas(line, `'Authorization: Bearer rc_mine'`)
        await page.close()
      })

      it('fills in the form from a pasted curl line, and gets an answer', async () => {
        const page = await open(`/${dialect}/${operation}`, title)
        await page.getByRole('textbox', { name: 'curl' }).fill(paste(token))
        await becomes(() => control(page, filled[0]).inputValue(), filled[1])
        await becomes(() => control(page, 'Token').inputValue(), token)
        await tryIt(page, 200)
        await page.getByRole('group', { name: 'Body of the answer' }).getByText(found).first().waitFor()
        await page.getByText(/^Rate limit “default”: 5\d\d\d of 6000 left/).waitFor()
        // Once one is done with it, the line is what is sent from here.
        await untilHas(page.getByRole('textbox', { name: 'curl' }), served.url, token)
        assert.ok(!page.url().includes(token))
        await page.close()
      })

      it('has an example for every status, and a link to each', async () => {
        const page = await open(`/${dialect}/${operation}?status=429`, title)
        const statuses = page.getByLabel('Status', { exact: true })
        await becomes(() => statuses.inputValue(), '429')
        await page.getByRole('group', { name: 'Example of 429 Too Many Requests' }).waitFor()
        const open429 = page.getByRole('button', { name: /^429 Too Many Requests/ })
        await becomes(() => open429.getAttribute('aria-expanded'), 'true')
        const all = await statuses.locator('option').all()
        assert.ok(all.length > 8)
        for (const option of all) {
          const status = (await option.getAttribute('value')) ?? ''
          await statuses.selectOption(status)
          await page.waitForURL(`**/${operation}?status=${status}`)
          const example = page.getByRole('group', { name: new RegExp(`^Example of ${status} `) })
          if (status !== '304') assert.ok((await example.innerText()).length > 1, status)
        }
        await page.close()
      })

      it('says how to authorise before it sends without a token, and sends if one wants', async () => {
        const page = await open(`/${dialect}/${operation}`, title)
        if (fill[0] !== 'api-version') await put(page, fill[0], fill[1])
        await page.getByRole('button', { name: 'Try it' }).click()
        const alert = page.getByRole('alert')
        await alert.getByRole('link', { name: 'tokens', exact: true }).waitFor()
        const exchange = alert.locator(`a[href="/reference/${dialect}/issueToken"]`)
        assert.equal(await exchange.count(), ['alvys', 'plaspy'].includes(dialect) ? 1 : 0)
        await alert.getByRole('button', { name: 'Send it without one' }).click()
        await page.locator('[data-status="401"]').waitFor()
        await page.close()
      })
    })
  }

  it('exchanges credentials for a signed token, and goes on with that', async () => {
    const { body } = await ask(served.url, '/v1/me', token)
    const { id } = body['token'] as { readonly id: string }
    const page = await open('/alvys/issueToken', 'Exchange client credentials for a token')
    const credentials = `grant_type=client_credentials&client_id=${id}&client_secret=${token}`
    await put(page, 'Content-Type', 'application/x-www-form-urlencoded')
    await untilHas(control(page, 'Body'), /^grant_type=client_credentials&client_id=/)
    await control(page, 'Body').fill(credentials)
    await tryIt(page, 200)
    await page.getByRole('button', { name: 'Use this token from now on' }).click()
    await page
      .getByRole('navigation', { name: 'Operations' })
      .getByRole('link', { name: /^List all users/ })
      .click()
    await page.getByRole('heading', { level: 1, name: 'List all users' }).waitFor()
    await untilHas(control(page, 'Token'), /^eyJ/)
    await tryIt(page, 200)
    await page.close()
  })

  it('asks with the console’s session where that is chosen', async () => {
    const page = await open('/rollcall/getMe', 'Who am I?')
    await page.evaluate(async (secret) => {
      const headers = { 'Content-Type': 'application/json', 'X-Rollcall-Console': '1' }
      await fetch('/v1/session', { method: 'POST', headers, body: JSON.stringify({ token: secret }) })
    }, token)
    await control(page, 'Sent as').selectOption('session')
    await tryIt(page, 200)
    await page.getByRole('group', { name: 'Body of the answer' }).getByText('"session"').waitFor()
    // A request that changes something is one too.
    await page.goto(`${served.url}/reference/rollcall/createCustomer`)
    await control(page, 'Sent as').selectOption('session')
    await control(page, 'Body').fill('{"code":"from-the-reference","name":"From the reference"}')
    await tryIt(page, 201)
    await control(page, 'Sent as').selectOption('bearer')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('alert').getByRole('button', { name: 'Send it without one' }).click()
    await page.locator('[data-status="401"]').waitFor()
    await page.evaluate(() => fetch('/v1/session', { method: 'DELETE', headers: { 'X-Rollcall-Console': '1' } }))
    await page.close()
  })

  it('says where it does not understand a curl line, and keeps it', async () => {
    const page = await open('/d3lay/listUsers', 'Retrieve a list of users')
    const line = page.getByRole('textbox', { name: 'curl' })
    const wrong = `curl ${served.url}/users \\\n  --heador 'A: b'`
    await line.fill(wrong)
    await page.getByText('Line 2, column 3: This page does not know the option --heador. Is it --header').waitFor()
    await becomes(() => line.getAttribute('aria-invalid'), 'true')
    await page.getByRole('button', { name: 'Show where' }).click()
    await becomes(() => page.evaluate('getSelection().toString()'), '--heador')
    assert.equal(await line.inputValue(), wrong)
    await line.fill(`curl -X DELETE ${served.url}/users`)
    await page.getByText('There is no DELETE /users: the path takes GET, POST.').waitFor()
    await line.fill('curl https://a.example/nowhere')
    await page.getByText('/nowhere is no path of Rollcall.').waitFor()
    await line.fill(`curl --compressed 'https://a.example/users?page=2'`)
    await page.getByText('Without effect here: --compressed.').waitFor()
    await page.getByText(`It names https://a.example; here it goes to ${served.url}.`).waitFor()
    await page.getByRole('button', { name: 'Write code for https://a.example' }).click()
    await becomes(() => control(page, 'Server').inputValue(), 'https://a.example')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page
      .getByRole('alert')
      .getByText(/This page only sends to/)
      .waitFor()
    await page.close()
  })

  it('opens the operation that a curl line is for', async () => {
    const page = await open('/d3lay/listUsers', 'Retrieve a list of users')
    const body = '{"familyName": "D*", "limit": 3}'
    await page
      .getByRole('textbox', { name: 'curl' })
      .fill(`curl -X QUERY ${served.url}/v1/users --json '${body}' -H 'Authorization: Bearer ${token}'`)
    await page.getByText('This is another operation: List users by a JSON query (QUERY /v1/users).').waitFor()
    await page.getByRole('button', { name: 'Open it there' }).click()
    await page.getByRole('heading', { level: 1, name: 'List users by a JSON query' }).waitFor()
    await becomes(() => control(page, 'Body').inputValue(), body)
    await tryIt(page, 200)
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Retrieve a list of users' }).waitFor()
    await page.close()
  })

  it('keeps a token only where one says so, and never in the address', async () => {
    const page = await open('/plaspy/listUsers', 'List all users')
    const stored = () =>
      page.evaluate<string>('JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href])')
    const line = page.getByRole('textbox', { name: 'curl' })
    await control(page, 'Token').fill(token)
    await untilHas(line, token)
    assert.ok(!(await stored()).includes(token))
    await page.reload()
    await untilHas(line, 'YOUR_TOKEN')
    assert.equal(await control(page, 'Token').inputValue(), '')
    await control(page, 'Token').fill(token)
    await page.getByRole('checkbox', { name: 'Keep it until this tab is closed' }).check()
    await comesAbout('the token is kept', async () => (await stored()).includes(token))
    await page.reload()
    await becomes(() => control(page, 'Token').inputValue(), token)
    await page.getByRole('checkbox', { name: 'Keep it until this tab is closed' }).uncheck()
    await comesAbout('the token is kept no more', async () => !(await stored()).includes(token))
    await page.close()
  })

  it('writes code in the language that was chosen last', async () => {
    const page = await open('/nameshield/listUsers', 'List users')
    await control(page, 'limit').fill('7')
    for (const [language, start] of [
      ['javascript', 'const response = await fetch('],
      ['python', 'from urllib.error import HTTPError'],
      ['go', 'package main'],
      ['php', '<?php'],
    ] as const) {
      await control(page, 'Language').selectOption(language)
      const code = page.getByRole('group', { name: /^Code in/ })
      await comesAbout(`there is code in ${language}`, async () => {
        const text = await code.innerText()
        return text.startsWith(start) && text.includes(`${served.url}/user/v1/users?limit=7`)
      })
    }
    await page.getByRole('button', { name: 'Copy the code' }).click()
    await comesAbout('the code is copied', async () =>
      (await page.evaluate<string>('navigator.clipboard.readText()')).startsWith('<?php'),
    )
    await page.goto(`${served.url}/reference/d3lay/createUser`)
    await becomes(() => control(page, 'Language').inputValue(), 'php')
    await control(page, 'Language').selectOption('curl')
    await page.close()
  })

  it('shows what an answer says: headers, wrong values, raw text', async () => {
    const page = await open('/d3lay/listUsers', 'Retrieve a list of users')
    await control(page, 'Token').fill(token)
    await control(page, 'page_size').fill('101')
    await page.keyboard.press('Control+Enter')
    const answer = page.locator('[data-status="400"]')
    await answer.waitFor()
    await answer.getByText('400 Bad Request').waitFor()
    const times = await answer.getByText(/^\d+ ms, in all \d+ ms$/).innerText()
    const [headMs = NaN, totalMs = NaN] = times.match(/\d+/g)?.map(Number) ?? []
    assert.ok(totalMs >= headMs && totalMs > 0, times)
    await page
      .getByRole('status')
      .filter({ hasText: `Answered 400 Bad Request after ${totalMs} milliseconds.` })
      .waitFor({ state: 'attached' })
    // What is said of the rate limit is what the headers say, which are there one by one.
    const left = /: (\d+) of \d+ left/.exec(await answer.getByText(/^Rate limit “default”/).innerText())?.[1] ?? ''
    await becomes(() => answer.getByRole('meter').getAttribute('value'), left)
    await page.getByRole('group', { name: 'Body of the answer' }).getByText('"invalid_argument"').waitFor()
    await page.getByRole('tab', { name: 'Raw' }).click()
    assert.match(await page.getByRole('group', { name: 'Body of the answer as it came' }).innerText(), /^\{"code":/)
    await page.getByText(/^Headers \(\d+\)$/).click()
    await page.getByText('x-api-version', { exact: true }).last().waitFor()
    const valueOf = (name: string) =>
      answer.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd')
    assert.match(await valueOf('content-type').innerText(), /^application\/json/)
    assert.match(await valueOf('ratelimit').innerText(), new RegExp(`^"default";r=${left};t=`))
    await page.close()
  })

  it('finds operations of all dialects by their words, from the keyboard', async () => {
    const page = await open('/plaspy', 'Plaspy users')
    await page.keyboard.press('/')
    await page.keyboard.type('oauth token')
    const links = page.getByRole('navigation', { name: 'Operations' }).getByRole('link')
    await page.getByText('1 operation is left.').waitFor({ state: 'attached' })
    await links
      .last()
      .filter({ hasText: /^Exchange client credentials for a token/ })
      .waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/reference/alvys/issueToken')
    await becomes(() => page.title(), 'Exchange client credentials for a token · Alvys users · Rollcall API reference')
    await page.close()
  })

  it('says so where there is no such operation, or something is missing in the path', async () => {
    const lost = await browser.open('/reference/rollcall/nothing')
    await lost.getByRole('heading', { name: 'There is no such operation' }).waitFor()
    await lost.close()
    const page = await open('/rollcall/getUser', 'Get one user')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('alert').getByText('Fill in id first: it is part of the path.').waitFor()
    await page.close()
  })

  it('logs no errors, asks no other server and keeps to its Content-Security-Policy in all of this', () => {
    browser.assertClean()
  })
})
