import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Directory } from '../src/core/directory.ts'
import type { Store } from '../src/core/store.ts'
import { createDirectory } from '../src/core/view.ts'
import { dialects } from '../src/dialects/index.ts'
import { DEFAULT_DIALECT_SETTINGS, type DialectSettings } from '../src/dialects/settings.ts'
import { openLog } from '../src/http/log.ts'
import { openServer } from '../src/http/server.ts'
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../src/http/settings.ts'
import { generateSigningJwk, openSigningKey, type SigningKey } from '../src/http/signing.ts'
import { openStore } from '../src/storage/index.ts'
import { sender, type RawAnswer, type RawRequest } from './request.ts'
import { seededDirectory, type RoleTokens } from './seed.ts'

export interface RollcallOptions {
  /** People of the demo; a small one when not said. */
  readonly users?: number | undefined
  /** Settings of dialects, put over the defaults. */
  readonly dialects?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
  readonly rateLimits?: 'default' | 'vendor' | undefined
  /** The default policy's quota per token. */
  readonly requestsPerMinute?: number | undefined
  /** Wrong credentials taken from one address in a minute; no limit when not said. */
  readonly failuresPerMinute?: number | undefined
  /** What precedes paths in links. */
  readonly publicUrl?: string | undefined
  /** Proxies that are believed; none when not said. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Memory for kept answers; as usual when not said. */
  readonly answerCacheBytes?: number | undefined
  /** What has happened to the store: its tables are gone (`store`), or it has been closed (`closed`). */
  readonly fault?: 'store' | 'closed' | undefined
  /** The store as the server is given it, for faults that come later. */
  readonly through?: ((store: Store) => Store) | undefined
}

/** A running Rollcall, as its clients see it and as a test may look into it. */
export interface Rollcall {
  readonly url: string
  readonly directory: Directory
  readonly tokens: RoleTokens
  /** Sends a request exactly as it stands. */
  send(request: RawRequest): Promise<RawAnswer>
  /** Whether anything has been written since the start. */
  isChanged(): Promise<boolean>
  stop(): Promise<void>
}

/** Starts a server on a free port over a store of its own, filled with the demo. */
export async function startRollcall(options: RollcallOptions = {}): Promise<Rollcall> {
  const seed = await seededDirectory(options.users)
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const file = join(folder, 'rollcall.db')
  copyFileSync(seed.file, file)
  const opened = await openStore(`sqlite:${file}`)
  const store = options.through?.(opened) ?? opened
  const directory = createDirectory({ store, now: Date.now, randomBytes, cursorKey: randomBytes(32) })
  const server = await openServer({
    directory,
    store,
    dialects: dialects(dialectSettings(options)),
    signing: await signingKey(),
    settings: serverSettings(options),
    log: openLog('silent'),
    now: Date.now,
  })
  const requests = sender(server.url)
  const revision = await directory.revision()
  await strike(options.fault, file, store)
  return {
    url: server.url,
    directory,
    tokens: seed.tokens,
    send: (request) => requests.send(request),
    isChanged: async () => options.fault === undefined && (await directory.revision()) !== revision,
    async stop() {
      requests.close()
      await server.close()
      if (options.fault !== 'closed') await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function dialectSettings({ dialects: changes = {} }: RollcallOptions): DialectSettings {
  const settings = Object.entries(DEFAULT_DIALECT_SETTINGS).map(([name, defaults]) => [
    name,
    { ...(defaults as object), ...changes[name] },
  ])
  return Object.fromEntries(settings) as DialectSettings
}

function serverSettings(options: RollcallOptions): ServerSettings {
  const {
    rateLimits: profile = 'default',
    requestsPerMinute,
    failuresPerMinute = 0,
    publicUrl = null,
    trustedProxies = [],
    answerCacheBytes = DEFAULT_SERVER_SETTINGS.answerCacheBytes,
  } = options
  const { rateLimits, timeouts } = DEFAULT_SERVER_SETTINGS
  return {
    ...DEFAULT_SERVER_SETTINGS,
    port: 0,
    publicUrl,
    trustedProxies,
    answerCacheBytes,
    rateLimits: {
      profile,
      requestsPerMinute: requestsPerMinute ?? rateLimits.requestsPerMinute,
      // All wrong tokens of all tests come from one address.
      failuresPerMinute,
    },
    timeouts: { ...timeouts, drainNoticeMs: 0 },
  }
}

let signing: Promise<SigningKey> | undefined

// Made once per process: finding large primes takes longer than everything else here.
function signingKey(): Promise<SigningKey> {
  const names = { issuer: 'https://rollcall.test', audience: 'https://rollcall.test' }
  signing ??= generateSigningJwk().then((jwk) => openSigningKey(jwk, names))
  return signing
}

async function strike(fault: RollcallOptions['fault'], file: string, store: Store): Promise<void> {
  if (fault === 'closed') await store.close()
  if (fault !== 'store') return
  const connection = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  const tables = connection.prepare(`SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE%TABLE%'`).all()
  // Dropping a virtual table takes its own tables along.
  for (const { name } of tables) connection.exec(`DROP TABLE IF EXISTS "${String(name)}"`)
  connection.close()
}
