import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Locator, Page } from 'playwright-core'

/** Longer than anything takes on a machine that is slow and busy, and short enough to say some time what never comes. */
const PATIENCE_MS = 30_000
/** Between questions: what does not come soon is asked for less often, for that it comes later is a sign of a busy machine. */
const PAUSES_MS = [10, 20, 50, 100, 200]

/** Asks until it holds, and throws with what should have come about where it never does. */
export async function comesAbout(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  for (let asked = 0; !(await holds()); asked += 1) {
    assert.ok(Date.now() < end, `It never came about that ${what}`)
    await setTimeout(PAUSES_MS[asked] ?? PAUSES_MS.at(-1))
  }
}

/** Reads until it is what is expected, and throws with how it differs where it never is. */
export async function becomes<T>(read: () => T | Promise<T>, expected: NoInfer<T>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  await comesAbout('it is as expected', async () => {
    const found = await read()
    const isIt = isDeepStrictEqual(found, expected)
    if (!isIt && Date.now() >= end) assert.deepEqual(found, expected)
    return isIt
  })
}

/** Waits until an expression holds in a page. Playwright's own way would be an `eval` there, which no page allows. */
export function until(page: Page, expression: string): Promise<void> {
  return comesAbout(expression, () => page.evaluate<boolean>(expression))
}

/** Waits until nothing of a page is on its way, of the several things that may be. */
export function untilLoaded(page: Page): Promise<void> {
  return becomes(() => page.getByRole('status', { name: /^Loading/ }).count(), 0)
}

/** Waits until keys that are pressed go to an element: dialogs and menus take the focus a moment after they are seen. */
export function untilFocused(element: Locator): Promise<void> {
  return element.and(element.page().locator(':focus')).waitFor()
}

/** Waits until an entry of a list is the one that Enter would choose: that is told a moment after it is seen. */
export function untilActive(entry: Locator): Promise<void> {
  return entry.and(entry.page().locator('[data-active-item]')).waitFor()
}
