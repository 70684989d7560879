import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import assert from 'node:assert/strict'
import { after } from 'node:test'
import {
  chromium,
  type Browser as Chromium,
  type BrowserContext,
  type ConsoleMessage,
  type Page,
} from 'playwright-core'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A process for each page takes as long as what most tests do with it.
  '--process-per-site',
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

// Starting a Chromium takes longer than most tests: those of a file share one, each with a profile of its own.
let started: Promise<Chromium> | undefined
after(async () => (await started)?.close())

/** A real Chromium with a fresh profile over one server. */
export async function openBrowser(origin: string, options: BrowserOptions = {}): Promise<Browser> {
  const {
    colorScheme = 'light',
    viewport = { width: 1280, height: 800 },
    reducedMotion = 'reduce',
    expected = [],
  } = options
  started ??= chromium.launch({ executablePath: CHROMIUM ?? '', headless: true, args: FLAGS })
  const context = await (
    await started
  ).newContext({
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
  let opened = 0
  return {
    context,
    async open(path) {
      opened += 1
      if (opened > 1 && context.pages().length === 0) await keepProcess(context, origin)
      const page = await context.newPage()
      await page.goto(origin + path)
      return page
    },
    assertClean,
    async close() {
      await context.close()
      assertClean()
    },
  }
}

// The process of a server's pages ends with the last of them, and a new one begins by reading all scripts: an empty page keeps it.
async function keepProcess(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage()
  await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.goto(origin)
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

/** What axe looks at: every rule, with the one that WCAG 2.2 AA has more than 2.1 (success criterion 2.5.8), which it leaves out. */
const EVERYTHING = { rules: { 'target-size': { enabled: true } } }
/** What can be another in another theme. */
const COLOURS = { runOnly: ['color-contrast', 'link-in-text-block'] }

/** Throws unless axe finds nothing on the page as it stands (WCAG 2.2 A and AA, and best practices), or nothing about its colours. */
export async function assertAccessible(page: Page, part: 'everything' | 'colours' = 'everything'): Promise<void> {
  if (await page.evaluate<boolean>('globalThis.axe === undefined')) await page.evaluate(AXE)
  const { violations } = await page.evaluate(
    async (options) =>
      (await (globalThis as unknown as { axe: { run: (options: object) => Promise<unknown> } }).axe.run(
        options,
      )) as AxeResults,
    // What it finds to be well is not written down at length.
    { ...(part === 'everything' ? EVERYTHING : COLOURS), resultTypes: ['violations'] },
  )
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help} at ${target.join(' ')}. ${failureSummary}`),
  )
  assert.deepEqual(found, [])
}
