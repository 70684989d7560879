import type { Page } from 'playwright-core'
import { assertAccessible } from './browser.ts'
import { becomes, until } from './patience.ts'

/** Throws where a page stays wider than its window; tables may scroll within themselves. */
export async function assertFits(page: Page): Promise<void> {
  const over = `[document.documentElement, ...document.querySelectorAll('main')].map((box) => box.scrollWidth - box.clientWidth)`
  await becomes(async () => Math.max(...(await page.evaluate<readonly number[]>(over))), 0)
}

/** Throws unless axe finds nothing on the page as it stands, in either theme. Only colours differ between them. */
export async function assertAccessibleInBothThemes(page: Page): Promise<void> {
  await inTheme(page, 'light')
  await assertAccessible(page)
  await inTheme(page, 'dark')
  await assertAccessible(page, 'colours')
  await inTheme(page, 'light')
}

/** Throws unless axe finds nothing on the page as it stands, in either theme and on a narrow screen, into which it fits. */
export async function assertAccessibleInAllLooks(page: Page): Promise<void> {
  const usual = page.viewportSize()
  await assertAccessibleInBothThemes(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await until(page, 'innerWidth === 320')
  await assertAccessible(page)
  await assertFits(page)
  if (usual) await page.setViewportSize(usual)
}

async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  // Colours that change in no time at all are in between all the same until they are asked for again.
  await until(page, 'document.getAnimations().every(({ playState }) => playState !== "running")')
}
