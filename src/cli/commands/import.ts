import { InvalidArgumentError, Option, type Command } from 'commander'
import { MATCH_FIELDS, type MatchField } from '../../core/directory.ts'
import { CommandError, ending, EXIT } from '../command-error.ts'
import { placeOf } from '../folder/place.ts'
import { SOURCES } from '../../dialects/rollcall/import/sources/index.ts'
import { openDirectoryTarget, openRehearsalTarget } from '../import/directory-target.ts'
import { mappingOf, type FileMapping } from '../import/mapping.ts'
import { openRefusals } from '../import/refusals.ts'
import { openRows } from '../import/rows.ts'
import { BrokenImport, importRows, type ImportCounts } from '../import/run.ts'
import { openServerTarget } from '../import/server-target.ts'
import type { ImportTarget } from '../import/target.ts'
import { openProgress } from '../progress.ts'
import { openClient } from '../server-client/client.ts'
import { onInterruption } from './interruption.ts'
import { writeRemark, writeResult } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

interface ImportOptions {
  readonly match: MatchField
  readonly format?: string
  readonly map: ReadonlyMap<string, string>
  readonly customer?: string
  readonly dryRun?: boolean
  readonly strict?: boolean
  readonly json?: boolean
}

/** `rollcall import`: brings the users of a file, into the directory itself or through a running server. */
export function addImportCommand(program: Command): void {
  const command = program
    .command('import <file>')
    .description('Bring users from a CSV, JSON Lines or JSON file, or from standard input for "-".')
    .addOption(
      new Option('--match <field>', 'By what a user is known who is there already, and updated instead of made twice.')
        .choices(MATCH_FIELDS)
        .default('identifier'),
    )
    .addOption(
      new Option('--format <name>', 'What the columns are called, where it is not to be detected.').choices(
        SOURCES.map(({ name }) => name),
      ),
    )
    .option('--map <column=field>', 'What one column means, "-" for nothing; may be said again.', mapEntry, new Map())
    .option('--customer <customer>', 'Id or code of the customer of rows that name none.')
    .option('--dry-run', 'Tell what would happen, and write no user.')
    .option('--strict', 'Refuse a file with columns that mean nothing here.')
    .option('--json', 'Print the result as JSON.')
    .addHelpText(
      'after',
      '\nRefused rows go to FILE.refused.csv (or .jsonl), with line and reason, to be mended and imported.\n' +
        '\nExamples:\n  rollcall import users.csv --dry-run\n  rollcall import okta.csv --match email --customer acme\n' +
        '  rollcall import people.csv --map "Staff no=externalId" --map "Shoe size=-"\n' +
        '  ROLLCALL_TOKEN=rc_… rollcall import users.jsonl --server http://127.0.0.1:8080',
    )
    .action(async (file: string, options: ImportOptions) => {
      process.exitCode = await importFile(file, options, command)
    })
  addSettingOptions(command, ['data', 'database', 'server'])
}

async function importFile(file: string, options: ImportOptions, command: Command): Promise<number> {
  const startMs = Date.now()
  const rows = await openRows(file)
  const mapping = mappingOf(rows.names, options)
  report(mapping, options.strict ?? false)
  const target = await openTarget(options, command)
  const interruption = onInterruption()
  const refusals = openRefusals(file, rows)
  const progress = openProgress(options.dryRun ? 'Trying' : 'Importing', rows.size)
  let counts: ImportCounts
  let refusedFile: string | null
  let isBroken = true
  try {
    const rules = {
      kind: rows.kind,
      mapping,
      match: options.match,
      customer: target.customer,
      otherwiseCustomerId: customerOf(options, target),
    }
    const { signal } = interruption
    counts = await importRows({ rows, rules, target, refusals, progress: progress.update, signal })
    isBroken = false
  } catch (error) {
    throw error instanceof BrokenImport ? brokenOff(error, options) : error
  } finally {
    progress.close()
    // After a failure the first word is the one that counts.
    const over = <T>(done: Promise<T>) => (isBroken ? done.catch(() => null) : done)
    refusedFile = await over(refusals.close())
    rows.close()
    await over(target.close())
    interruption.close()
  }
  conclude({ counts, refusedFile, mapping, options, seconds: (Date.now() - startMs) / 1000 })
  if (interruption.signal.aborted) {
    throw new CommandError(
      `Interrupted after ${counts.rows} rows; what was written stays, and the same command goes on from there.`,
      EXIT.interrupted,
    )
  }
  return counts.refused > 0 ? EXIT.failed : EXIT.done
}

// What somebody needs to know before the same is done once more.
function brokenOff({ cause, counts, nextLine }: BrokenImport, { match, dryRun = false }: ImportOptions): CommandError {
  const { message, exitCode } = ending(cause)
  if (dryRun) return new CommandError(message, exitCode, cause)
  const { rows, created, updated, unchanged, refused } = counts
  const parts = `created ${created}, updated ${updated}, left unchanged ${unchanged}, refused ${refused}`
  const done = rows === 0 ? 'No row is known to be written' : `The first ${rows} rows are written for sure (${parts})`
  const next = nextLine === null ? '' : `; go on from line ${nextLine}, rows from there on may be written too`
  const again = `Run again with --match ${match}, on the whole file or the rest, the command makes no user twice.`
  return new CommandError(`${message} ${done}${next}. ${again}`, exitCode, cause)
}

function report({ source, known, total, unknown }: FileMapping, strict: boolean): void {
  writeRemark(`Detected: ${source.title} (${known} of ${total} columns)`)
  if (unknown.length === 0) return
  const listed = unknown.map((name) => JSON.stringify(name)).join(', ')
  if (strict) throw new CommandError(`--strict refuses columns that mean nothing here: ${listed}.`)
  writeRemark(`Left out, as they mean nothing here: ${listed}; give them a meaning with --map "<column>=<field>"`)
}

async function openTarget(options: ImportOptions, command: Command): Promise<ImportTarget> {
  const settings = effectiveSettings(command)
  const { server, token } = settings
  const { match, dryRun = false } = options
  if (server.value !== null) return openServerTarget(openClient(server.value, token.value), match, dryRun)
  const place = placeOf(settings)
  return dryRun ? openRehearsalTarget(place, match) : openDirectoryTarget(place, match)
}

function customerOf({ customer }: ImportOptions, target: ImportTarget): number | undefined {
  if (customer === undefined) return undefined
  const id = target.customer(customer)
  if (id !== undefined) return id
  throw new CommandError(`There is no customer with the id or code ${JSON.stringify(customer)}.`, EXIT.notFound)
}

function conclude(result: {
  readonly counts: ImportCounts
  readonly refusedFile: string | null
  readonly mapping: FileMapping
  readonly options: ImportOptions
  readonly seconds: number
}): void {
  const { counts, refusedFile, mapping, options, seconds } = result
  const { rows, created, updated, unchanged, refused } = counts
  const rowsPerSecond = Math.round(rows / Math.max(seconds, 0.001))
  const would = options.dryRun ? 'Would have ' : ''
  const lines = [
    `${would}${would ? 'created' : 'Created'} ${created}, updated ${updated}, left unchanged ${unchanged}, refused ${refused} of ${rows} rows (${rowsPerSecond} rows/s).`,
    ...(refusedFile === null ? [] : [`Refused rows, with the reasons: ${refusedFile}`]),
  ]
  const json = {
    format: mapping.source.name,
    dryRun: options.dryRun ?? false,
    ...counts,
    refusedFile,
    unknownColumns: mapping.unknown,
    seconds,
    rowsPerSecond,
  }
  writeResult(options.json ?? false, json, lines)
}

function mapEntry(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new InvalidArgumentError('It must be <column>=<field>.')
  return new Map([...before, [text.slice(0, at), text.slice(at + 1)]])
}
