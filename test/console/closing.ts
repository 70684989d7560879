import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** Closes a page as its window is closed, and says whether it asks first. Where it asks, it stays. */
export async function asksBeforeClosing(page: Page): Promise<boolean> {
  const { promise: isAsked, resolve } = Promise.withResolvers<boolean>()
  page.once('close', () => resolve(false))
  page.once('dialog', (dialog) => {
    assert.equal(dialog.type(), 'beforeunload')
    void dialog.dismiss().then(() => resolve(true))
  })
  await page.close({ runBeforeUnload: true })
  return isAsked
}
