import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Where a machine has none, the tests say that they are skipped.
const CHROMIUM = process.env['ROLLCALL_TEST_CHROMIUM'] ?? CANDIDATES.find((path) => existsSync(path))

/** Why tests in a browser are skipped; false where they run. */
export const WITHOUT_BROWSER = CHROMIUM === undefined && 'there is no Chromium (ROLLCALL_TEST_CHROMIUM says where)'

export interface Browser {
  readonly context: BrowserContext
  /** A page that records what no page of Rollcall may do: see `assertClean`. */
  readonly open: (path: string) => Promise<Page>
  /** Throws when any page logged an error, threw, broke its Content-Security-Policy, or asked another origin. */
  readonly assertClean: () => void
  readonly close: () => Promise<void>
}

interface BrowserOptions {
  readonly colorScheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly reducedMotion?: 'reduce' | 'no-preference'
  /** Console errors that a test brings about on purpose, such as the browser's own line for a 401. */
  readonly expected?: RegExp
}

/** A real Chromium with a fresh profile over one server. */
export async function openBrowser(origin: string, options: BrowserOptions = {}): Promise<Browser> {
  const { colorScheme = 'light', viewport = { width: 1280, height: 800 }, reducedMotion = 'reduce', expected } = options
  const profile = mkdtempSync(join(tmpdir(), 'rollcall-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM ?? '',
    headless: true,
    args: FLAGS,
    colorScheme,
    viewport,
    reducedMotion,
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const faults: string[] = []
  const blame = (fault: string) => {
    if (expected?.test(fault) !== true) faults.push(fault)
  }
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') blame(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', (error) => blame(`thrown: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (protocol !== 'data:' && protocol !== 'blob:' && asked !== origin)
      blame(`asked another origin: ${request.url()}`)
  })
  return {
    context,
    async open(path) {
      const page = await context.newPage()
      await page.goto(origin + path)
      return page
    },
    assertClean: () => assert.deepEqual(faults, []),
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
  }[]
}

/** Throws unless axe finds nothing on the page as it stands (WCAG 2.2 A and AA, and best practices). */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(
    async () => (await (globalThis as unknown as { axe: { run: () => Promise<unknown> } }).axe.run()) as AxeResults,
  )
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help} at ${target.join(' ')}. ${failureSummary}`),
  )
  assert.deepEqual(found, [])
}
