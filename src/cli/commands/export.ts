import { existsSync } from 'node:fs'
import { lstat, open as openFile, rename, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Option, type Command } from 'commander'
import type { QueryPair } from '../../dialects/dialect.ts'
import { exportOf } from '../../dialects/rollcall/export.ts'
import { EXPORT_FORMATS, FORMULA_RULES } from '../../dialects/rollcall/export-text.ts'
import { CommandError, EXIT, messageOf } from '../command-error.ts'
import { DATABASE_FILE } from '../folder/folder.ts'
import { openDirectory } from '../folder/opened-directory.ts'
import { placeOf, type Place } from '../folder/place.ts'
import { openClient } from '../server-client/client.ts'
import type { EffectiveSettings } from '../settings/resolution.ts'
import { onInterruption } from './interruption.ts'
import { writeRemark } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

type ExportOptions = Readonly<Record<string, string | true | undefined>>

/** The flags that are parameters of `GET /v1/users/export`, as commander names them. */
const PARAMETERS = [
  'format',
  'formulas',
  'filter',
  'search',
  'sort',
  'fields',
  'customerId',
  'includeSubsidiaries',
  'includeDeleted',
] as const

/** `rollcall export`: all users of a list as CSV or JSON Lines, from the directory itself or from a running server. */
export function addExportCommand(program: Command): void {
  const command = program
    .command('export [file]')
    .description('Write users to a file, or to standard output for "-" or without one, as /v1/users/export does.')
    .addOption(
      new Option('--format <name>', 'CSV or JSON Lines; by the name of the file, else csv.').choices(EXPORT_FORMATS),
    )
    .option('--filter <filter>', 'Which users: status eq "active" and not (email ew ".org")')
    .option('--search <words>', 'Words to look for in names, identifier, e-mail and description.')
    .option('--customer-id <id>', 'Only users of this customer.')
    .option('--include-subsidiaries', 'With --customer-id: also the users of the customers below it.')
    .option('--include-deleted', 'Deleted users too.')
    .option('--sort <fields>', 'Fields to sort by, comma-separated, each with :asc or :desc.')
    .option('--fields <fields>', 'The columns, comma-separated, in their order; all when not said.')
    .addOption(
      new Option(
        '--formulas <rule>',
        'CSV cells that a spreadsheet may take for formulas get an apostrophe, or are kept; keep them to import the file.',
      )
        .choices(FORMULA_RULES)
        .default('quote'),
    )
    .addHelpText(
      'after',
      '\nA file is put in place when all of it is written, for its owner only to read.\n' +
        '\nExamples:\n  rollcall export users.csv --sort familyName,givenName\n' +
        '  rollcall export users.jsonl --filter \'status eq "active"\'\n' +
        '  rollcall export --formulas keep --include-deleted | gzip > everything.csv.gz\n' +
        '  ROLLCALL_TOKEN=rc_… rollcall export users.csv --server http://127.0.0.1:8080',
    )
    .action(async (file: string | undefined, options: ExportOptions) => {
      await exportUsers(file ?? '-', queryOf(file ?? '-', options), effectiveSettings(command))
    })
  addSettingOptions(command, ['data', 'database', 'server'])
}

function queryOf(file: string, options: ExportOptions): readonly QueryPair[] {
  const named = /\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'csv'
  const said: ExportOptions = { ...options, format: options['format'] ?? named }
  return PARAMETERS.flatMap((name): readonly QueryPair[] => {
    const value = said[name]
    return value === undefined ? [] : [[name, String(value)]]
  })
}

async function exportUsers(file: string, query: readonly QueryPair[], settings: EffectiveSettings): Promise<void> {
  const interruption = onInterruption()
  const { signal } = interruption
  const opened = await open(query, settings)
  try {
    if (file === '-') await pipeline(opened.text, process.stdout, { end: false, signal })
    else await write(opened.text, file, signal)
  } catch (error) {
    if (signal.aborted) throw new CommandError('Interrupted; not all users were written.', EXIT.interrupted, error)
    throw error
  } finally {
    await opened.close()
    interruption.close()
  }
  if (file !== '-') writeRemark(`Exported to ${file}.`)
}

interface OpenedExport {
  readonly text: AsyncIterable<string | Uint8Array>
  readonly close: () => Promise<void>
}

async function open(query: readonly QueryPair[], settings: EffectiveSettings): Promise<OpenedExport> {
  const { server, token } = settings
  if (server.value !== null) {
    const path = `/v1/users/export?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`
    return { text: await openClient(server.value, token.value).read(path), close: () => Promise.resolve() }
  }
  const place = placeOf(settings)
  assertDirectory(place)
  const { view, close } = await openDirectory(place, 'export')
  try {
    return { text: await exportOf(view, query), close }
  } catch (error) {
    await close()
    throw error
  }
}

// To look into a folder is no reason to make one.
function assertDirectory({ data, database }: Place): void {
  if (database === null && !existsSync(join(data, DATABASE_FILE))) {
    throw new CommandError(`There is no directory in ${data}.`)
  }
}

const OWNER_ONLY = 0o600

async function write(text: OpenedExport['text'], file: string, signal: AbortSignal): Promise<void> {
  const part = `${file}.part`
  try {
    // People are nobody else's to read, and what stands there already, a link too, is not written through.
    if (await removed(part)) writeRemark(`${part}, left by an export that was cut off, is replaced.`)
    const opened = await openFile(part, 'wx', OWNER_ONLY)
    const { ino } = await opened.stat()
    const isOwn = async () => (await lstat(part).catch(() => null))?.ino === ino
    try {
      await pipeline(text, opened.createWriteStream(), { signal })
      if (!(await isOwn())) throw new CommandError(`${file} cannot be written: another export to it has begun since.`)
      await rename(part, file)
    } catch (error) {
      if (await isOwn()) await rm(part, { force: true })
      throw error
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new CommandError(`${file} cannot be written: ${messageOf(error)}.`, undefined, error)
  }
}

// What a killed export leaves would be in the way of every later one; one that still runs notices and gives up.
async function removed(part: string): Promise<boolean> {
  try {
    await unlink(part)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
