import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { chromium, type BrowserContext, type ConsoleMessage, type Page } from 'playwright-core'

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
  /** Throws when any page logged an error, threw, broke its Content-Security-Policy, or asked another origin, so far. */
  readonly assertClean: () => void
  /** Ends it, and throws likewise: nobody has to remember to look. */
  readonly close: () => Promise<void>
}

interface BrowserOptions {
  readonly colorScheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly reducedMotion?: 'reduce' | 'no-preference'
  /**
   * What a test brings about on purpose and the browser writes as an error into its log: status, or the error of the network, and
   * path of what was refused, such as `412 /v1/users/{id}`, where `{id}` is any UUID or number; of all else the first line.
   */
  readonly expected?: readonly string[]
}

/** A real Chromium with a fresh profile over one server. */
export async function openBrowser(origin: string, options: BrowserOptions = {}): Promise<Browser> {
  const {
    colorScheme = 'light',
    viewport = { width: 1280, height: 800 },
    reducedMotion = 'reduce',
    expected = [],
  } = options
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
    if (!expected.includes(fault)) faults.push(fault)
  }
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') blame(lineOf(message, origin))
  })
  context.on('weberror', (error) => blame(`thrown: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (protocol !== 'data:' && protocol !== 'blob:' && asked !== origin)
      blame(`asked another origin: ${request.url()}`)
  })
  const assertClean = () => assert.deepEqual(faults, [])
  return {
    context,
    async open(path) {
      const page = await context.newPage()
      await page.goto(origin + path)
      return page
    },
    assertClean,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
      assertClean()
    },
  }
}

const NOT_LOADED =
  /^Failed to load resource: (?:the server responded with a status of (?<status>\d+)|(?<fault>net::\w+))/u
const IDS = /(?<=\/)(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d+)(?=\/|$)/gu

// Files of the console have a hash in their names that changes with each build.
const HASH = /-[\w-]{8}(?=\.js\b)/gu

function lineOf(message: ConsoleMessage, origin: string): string {
  const failed = NOT_LOADED.exec(message.text())?.groups
  if (failed === undefined) {
    const [first = ''] = message.text().split('\n')
    return `${message.type()}: ${first.replaceAll(origin, '').replaceAll(HASH, '-{hash}')}`
  }
  const path = new URL(message.location().url).pathname.replaceAll(IDS, '{id}').replaceAll(HASH, '-{hash}')
  return `${failed['status'] ?? failed['fault'] ?? ''} ${path}`
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
  }[]
}

/** Axe leaves out the one rule that WCAG 2.2 AA has more than 2.1 (success criterion 2.5.8). */
const RULES = { 'target-size': { enabled: true } }

/** Throws unless axe finds nothing on the page as it stands (WCAG 2.2 A and AA, and best practices). */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(
    async (rules) =>
      (await (globalThis as unknown as { axe: { run: (options: object) => Promise<unknown> } }).axe.run({
        rules,
      })) as AxeResults,
    RULES,
  )
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help} at ${target.join(' ')}. ${failureSummary}`),
  )
  assert.deepEqual(found, [])
}
