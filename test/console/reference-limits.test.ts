import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { serve, tokenIn, workingFolder, type Served } from '../e2e/command.ts'
import { openBrowser, WITHOUT_BROWSER } from './browser.ts'

describe('the reference at a rate limit', { skip: WITHOUT_BROWSER }, () => {
  let served: Served
  before(async () => {
    const folder = workingFolder()
    const args = ['--demo', '60', '--rate-limits', 'vendor', '--data', `${folder}/data`]
    served = await serve(args, { cwd: folder })
  })
  after(() => served.stop())

  it('shows every limit as it empties, and counts down until one may come back', async (t) => {
    const browser = await openBrowser(served.url, { expected: ['429 /api/p/v1/users/list'] })
    t.after(() => browser.close())
    const page = await browser.open('/reference/alvys/listUsers')
    await page.getByLabel('Token', { exact: true }).fill(tokenIn(served.stdout))
    for (const left of [4, 3, 2, 1, 0]) {
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByText(new RegExp(`: ${left} of 5 left, whole again in \\d+ s$`)).waitFor()
    }
    assert.ok((await page.getByRole('meter').count()) > 1)
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.locator('[data-status="429"]').waitFor()
    const timer = page.getByRole('timer')
    const first = await timer.innerText()
    assert.match(first, /^Retry-After: come back in 1\d\d s\.$/)
    await timer.filter({ hasNotText: first }).waitFor()
    browser.assertClean()
  })
})
