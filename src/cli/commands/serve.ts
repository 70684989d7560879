import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import type { Directory } from '../../core/directory.ts'
import type { SettingInForce } from '../../dialects/dialect.ts'
import { dialects } from '../../dialects/index.ts'
import { openLog } from '../../http/log.ts'
import { openRedisCounts, type RedisCounts } from '../../http/redis-counts.ts'
import { openServer, type Server } from '../../http/server.ts'
import { openSigningKey } from '../../http/signing.ts'
import { CommandError, messageOf } from '../command-error.ts'
import { consoleFolder } from '../console-folder.ts'
import { FIRST_TOKEN, firstToken, layFoundation } from '../folder/foundation.ts'
import { openKeys, type Keys } from '../folder/keys.ts'
import { directoryOver, openDirectory, operatorView, type OpenedDirectory } from '../folder/opened-directory.ts'
import { placeOf } from '../folder/place.ts'
import { setUpLink } from '../folder/set-up-link.ts'
import { shownSettings } from '../settings/in-force.ts'
import { dialectSettings, serverSettings } from '../settings/parts.ts'
import type { EffectiveSettings } from '../settings/resolution.ts'
import { SETTINGS, type SettingName } from '../settings/table.ts'
import { addressToOpen } from '../settings/url.ts'
import { version } from '../version.ts'
import { DEMO_USERS_DEFAULT, demoUsers, fillWithProgress } from './demo.ts'
import { onInterruption } from './interruption.ts'
import { writeRemark } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

/** Who signed tokens are from and for, where the server does not know its own address. */
const ISSUER = 'rollcall'

/** `rollcall serve`: the server, until it is told to stop. */
export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .description('Start the server.')
    .option(
      '--demo [users]',
      `Fill an empty directory with made-up users first (${DEMO_USERS_DEFAULT} when not said).`,
      demoUsers,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  rollcall serve --demo\n  rollcall serve --data /var/lib/rollcall --port 80 --rate-limits vendor',
    )
    .action(async (options: { readonly demo?: number | true }) => {
      const users = options.demo === true ? DEMO_USERS_DEFAULT : options.demo
      await serve(effectiveSettings(command), users)
    })
  const clients: readonly SettingName[] = ['server', 'token']
  addSettingOptions(
    command,
    (Object.keys(SETTINGS) as SettingName[]).filter((name) => !clients.includes(name)),
  )
}

async function serve(settings: EffectiveSettings, demo: number | undefined): Promise<void> {
  keepObjectsYoung()
  const interruption = onInterruption()
  const opened = await openDirectory(placeOf(settings), 'serve')
  const redis = settings.redis.value === null ? null : openRedisCounts(settings.redis.value)
  try {
    const keys = await keysOf(opened, settings)
    await layFoundation(opened.view)
    if (demo !== undefined) await fillUnlessFilled(opened, demo, interruption.signal)
    const directory = directoryOver(opened.store, keys.cursorKey)
    const server = await listen(opened, settings, { keys, redis, directory })
    opened.announce(addressToOpen(server.url))
    await welcome(opened, { directory, url: server.url, publicUrl: settings.publicUrl.value })
    if (!interruption.signal.aborted) await once(interruption.signal, 'abort')
    await server.close()
  } finally {
    redis?.close()
    await opened.close()
    interruption.close()
  }
}

// What is made for a request dies with it. V8 takes what it finds under way for long-lived, and makes more of its kind in the old
// generation, where each keeps all it refers to (decision 0020).
function keepObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}

async function fillUnlessFilled({ view }: OpenedDirectory, users: number, signal: AbortSignal): Promise<void> {
  const { total } = await view.users({ page: { offset: 0, limit: 1 }, total: true, includeDeleted: true })
  if (total === 1) await fillWithProgress(view, users, signal)
  else writeRemark('The directory has users already; --demo leaves it as it is.')
}

async function keysOf({ store }: OpenedDirectory, { secret }: EffectiveSettings): Promise<Keys> {
  const keys = await openKeys(store, secret.value)
  if (store.engine === 'postgres' && secret.value === null) {
    writeRemark('Without ROLLCALL_SECRET, whoever can read the database can also make signed tokens.')
  }
  return keys
}

async function listen(
  { store }: OpenedDirectory,
  settings: EffectiveSettings,
  {
    keys,
    redis,
    directory,
  }: { readonly keys: Keys; readonly redis: RedisCounts | null; readonly directory: Directory },
): Promise<Server> {
  const issuer = settings.publicUrl.value ?? ISSUER
  const signing = await openSigningKey(keys.signingJwk, { issuer, audience: issuer })
  try {
    return await openServer({
      directory,
      store,
      dialects: dialects(dialectSettings(settings)),
      signing,
      settings: serverSettings(settings),
      log: openLog(settings.logLevel.value),
      now: Date.now,
      version: version(),
      settingsInForce: settingsInForce(settings),
      consoleFolder: consoleFolder(),
      ...(redis === null ? {} : { counts: redis }),
    })
  } catch (error) {
    const where = `${settings.host.value}:${settings.port.value}`
    throw new CommandError(`The server cannot listen on ${where}: ${listenFault(error)}.`, undefined, error)
  }
}

function settingsInForce(settings: EffectiveSettings): readonly SettingInForce[] {
  return shownSettings(settings).map(({ member: name, value, origin, about: description }) => {
    return { name, value, origin: origin.from, description }
  })
}

function listenFault(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return 'another process listens there; choose another port with --port, 0 for any free one'
    case 'EACCES':
      return 'permission is denied; ports below 1024 belong to the system'
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'this machine has no such address'
    default:
      return messageOf(error)
  }
}

async function welcome(
  { store, view }: OpenedDirectory,
  {
    directory,
    url,
    publicUrl,
  }: { readonly directory: Directory; readonly url: string; readonly publicUrl: string | null },
): Promise<void> {
  const own = addressToOpen(url)
  const secret = await firstToken(operatorView(store, FIRST_TOKEN))
  if (secret !== null) {
    process.stdout.write(
      `The first administrator's token, shown this once:\n\n  ${secret}\n\n` +
        `Send it as "Authorization: Bearer <token>". Make more with POST ${own}/v1/tokens, or:\n\n` +
        `  ROLLCALL_TOKEN=<token> rollcall token create --server ${own} --name reader --permissions users:read\n\n`,
    )
  }
  const address = publicUrl ?? own
  if (await directory.isSetUp()) process.stdout.write(`Rollcall is set up; sign in at ${address}/console\n`)
  else {
    const link = await setUpLink(view, address)
    process.stdout.write(
      `Nobody can sign in to the console yet. This link makes the first administrator, once, until ${link.expiresAt}:\n\n` +
        `  ${link.url}\n\n`,
    )
  }
  process.stdout.write(`Rollcall is listening on ${url}\n`)
}
