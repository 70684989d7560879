import { gzipSync } from 'node:zlib'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openBrowser, type Browser } from '../test/console/browser.ts'
import { signIn } from '../test/console/signed-in.ts'
import { dataset } from './embedded.ts'
import type { Running } from './process.ts'
import { issueToken, KEEPING_BYTES, serve, type Place } from './rollcall.ts'

// How long somebody waits in the console over a large directory, in a real browser with an empty cache, and whether typing
// ever stands still. Milliseconds, because a person waits in milliseconds: run it on a quiet machine.

const { values } = parseArgs({
  options: {
    // A data folder that is filled already.
    data: { type: 'string' },
    users: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
  },
})

const USERS_PAGE = '/console/users'
const TYPED = 'jonhson mar'
const KEY_EVERY_MS = 70
const PAGE_PARTS = ['document', 'script', 'stylesheet']

interface Round {
  readonly waits: ReadonlyMap<string, number>
  /** The longest the page did not draw while somebody typed, and the longest from a key to what it changed. */
  readonly longestFrameMs: number
  readonly longestKeyMs: number
  readonly gzipBytes: number
}

async function round(server: Running, token: string): Promise<Round> {
  const browser = await openBrowser(server.url)
  try {
    await signIn(browser, server.url, { token })
    const { openedMs, gzipBytes } = await open(browser, server)
    const { page, openedMs: openedAgainMs } = await open(browser, server)
    const total = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1
    const waits = new Map([
      ['users list opened, by a browser just started, nothing cached', openedMs],
      ['users list opened again in another tab', openedAgainMs],
    ])
    waits.set('the last row shown after End', await waitFor(page, total + 1, () => endOf(page)))
    waits.set(
      'sorted by e-mail',
      await waitFor(page, 2, () =>
        page.getByRole('columnheader', { name: 'E-mail' }).getByRole('button').first().click(),
      ),
    )
    const { longestFrameMs, longestKeyMs } = await typing(page)
    return { waits, longestFrameMs, longestKeyMs, gzipBytes }
  } finally {
    await browser.close()
  }
}

/**
 * Runs in the page: when the first row with a user was drawn, since the browser began to ask for the page. Asking from outside
 * would find it up to half a second late.
 */
const WATCH_FIRST_ROW = `
  new MutationObserver((_, observer) => {
    const cells = document.querySelectorAll('[role="row"][aria-rowindex="2"] [role="gridcell"]')
    if ((cells[1]?.textContent ?? '') === '') return
    observer.disconnect()
    requestAnimationFrame(() => requestAnimationFrame((now) => { globalThis.firstRowMs = now }))
  }).observe(document, { childList: true, subtree: true, characterData: true })
`

async function open({ context }: Browser, { url }: Running) {
  const page = await context.newPage()
  const parts: Promise<number>[] = []
  page.on('response', (response) => {
    if (PAGE_PARTS.includes(response.request().resourceType())) {
      // What comes later, for other pages, may still be on its way at the end.
      const bytes = response.body().then((body) => gzipSync(body, { level: 9 }).length)
      parts.push(bytes.catch(() => 0))
    }
  })
  await page.addInitScript(WATCH_FIRST_ROW)
  await page.goto(url + USERS_PAGE, { waitUntil: 'commit' })
  await rowShown(page, 2)
  const openedMs = await page.evaluate<number>('firstRowMs')
  const gzipBytes = (await Promise.all(parts)).reduce((sum, bytes) => sum + bytes, 0)
  return { page, openedMs, gzipBytes }
}

/** Waits until a row (the head is row 1) shows a user. */
async function rowShown(page: Page, rowIndex: number): Promise<void> {
  const cells = page.locator(`[role="row"][aria-rowindex="${rowIndex}"] [role="gridcell"]`)
  await cells.nth(1).filter({ hasText: /\S/ }).waitFor()
}

async function waitFor(page: Page, rowIndex: number, act: () => Promise<void>): Promise<number> {
  const asked = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/users')
  const startMs = performance.now()
  await act()
  await asked
  await rowShown(page, rowIndex)
  return performance.now() - startMs
}

async function endOf(page: Page): Promise<void> {
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
}

/** Runs in the page: how long it stood still, and how long keys took to show. */
const WATCH = `
  globalThis.watch = { frameMs: 0, keyMs: 0, last: performance.now() }
  requestAnimationFrame(function frame(now) {
    watch.frameMs = Math.max(watch.frameMs, now - watch.last)
    watch.last = now
    requestAnimationFrame(frame)
  })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watch.keyMs = Math.max(watch.keyMs, duration)
  }).observe({ type: 'event', durationThreshold: 16 })
`

async function typing(page: Page): Promise<{ readonly longestFrameMs: number; readonly longestKeyMs: number }> {
  await page.getByRole('combobox').or(page.getByRole('searchbox')).first().focus()
  await page.evaluate(WATCH)
  await page.keyboard.type(TYPED, { delay: KEY_EVERY_MS })
  await page.waitForLoadState('networkidle')
  const { frameMs, keyMs } = await page.evaluate<{ frameMs: number; keyMs: number }>('watch')
  return { longestFrameMs: frameMs, longestKeyMs: keyMs }
}

function spread(all: readonly number[]): string {
  const sorted = all.toSorted((a, b) => a - b)
  return `${Math.round(sorted[Math.floor(sorted.length / 2)] ?? NaN)} | ${Math.round(sorted.at(-1) ?? NaN)}`
}

async function main(): Promise<void> {
  const place: Place = values.data === undefined ? dataset(Number(values.users)) : ['--data', values.data]
  const token = issueToken(place, 'admin')
  const server = await serve(place, KEEPING_BYTES)
  try {
    const rounds: Round[] = []
    for (let n = 0; n < Number(values.rounds); n++) rounds.push(await round(server, token))
    console.log('| in the console | median ms | most ms |\n|---|---|---|')
    for (const name of rounds[0]?.waits.keys() ?? []) {
      console.log(`| ${name} | ${spread(rounds.map(({ waits }) => waits.get(name) ?? NaN))} |`)
    }
    console.log(`| longest frame while typing | ${spread(rounds.map(({ longestFrameMs }) => longestFrameMs))} |`)
    console.log(`| longest from a key to what it changed | ${spread(rounds.map(({ longestKeyMs }) => longestKeyMs))} |`)
    const kilobytes = Math.max(...rounds.map(({ gzipBytes }) => gzipBytes)) / 1000
    console.log(`\nWhat the browser fetched for the first page, gzipped: ${kilobytes.toFixed(0)} kB.`)
  } finally {
    await server.stop()
  }
}

await main()
