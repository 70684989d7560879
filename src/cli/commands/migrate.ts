import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { migrate, pending } from '../../storage/index.ts'
import { EXIT, type ExitCode } from '../command-error.ts'
import { DATABASE_FILE, openFolder } from '../folder/folder.ts'
import { inDatabase, placeOf, type Place } from '../folder/place.ts'
import { writeResult } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

interface MigrateOptions {
  readonly check?: boolean
  readonly json?: boolean
}

/** `rollcall migrate`: brings the schema of a directory up to date before a new version is started on it. */
export function addMigrateCommand(program: Command): void {
  const command = program
    .command('migrate')
    .description('Bring the schema of a directory up to date; every start does that too.')
    .option('--check', 'Only say what is to be done, and end with 1 where there is something.')
    .option('--json', 'Print the numbers of the migrations as JSON.')
    .addHelpText(
      'after',
      '\nExample:\n  rollcall migrate --check --database postgres://rollcall@db.example.com/rollcall',
    )
    .action(async ({ check = false, json = false }: MigrateOptions) => {
      const place = placeOf(effectiveSettings(command))
      process.exitCode = check ? await tellPending(place, json) : await applyPending(place, json)
    })
  addSettingOptions(command, ['data', 'database'])
}

async function tellPending(place: Place, json: boolean): Promise<ExitCode> {
  const numbers = await pendingAt(place)
  const line = numbers.length === 0 ? UP_TO_DATE : `To be applied: ${listed(numbers)}.`
  writeResult(json, { pending: numbers }, [line])
  return numbers.length === 0 ? EXIT.done : EXIT.failed
}

async function applyPending(place: Place, json: boolean): Promise<ExitCode> {
  const { applied } = await migrateAt(place)
  writeResult(json, { applied }, [applied.length === 0 ? UP_TO_DATE : `Applied ${listed(applied)}.`])
  return EXIT.done
}

const UP_TO_DATE = 'The schema is up to date.'

function listed(numbers: readonly number[]): string {
  return `migration${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`
}

async function pendingAt({ data, database }: Place): Promise<readonly number[]> {
  if (database !== null) return inDatabase(() => pending(database))
  // Looking makes no folder.
  const file = join(data, DATABASE_FILE)
  return existsSync(file) ? pending(`sqlite:${file}`) : pending('sqlite::memory:')
}

async function migrateAt({ data, database }: Place): ReturnType<typeof migrate> {
  if (database !== null) return inDatabase(() => migrate(database))
  const folder = openFolder(data, 'migrate')
  try {
    return await migrate(`sqlite:${folder.database}`)
  } finally {
    folder.close()
  }
}
