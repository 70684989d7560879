import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { migrate, pending, unbuilt } from '../../storage/index.ts'
import { openBuildingProgress, unbuiltLine, type BuildingProgress } from '../building-progress.ts'
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
  const { numbers, left } = await pendingAt(place)
  const line = numbers.length === 0 ? UP_TO_DATE : `To be applied: ${listed(numbers)}.`
  writeResult(json, { pending: numbers, unbuilt: left }, [line, ...(left === 0 ? [] : [unbuiltLine(left)])])
  return numbers.length === 0 && left === 0 ? EXIT.done : EXIT.failed
}

async function applyPending(place: Place, json: boolean): Promise<ExitCode> {
  const building = openBuildingProgress()
  const { applied, unbuilt: left } = await migrateAt(place, building.update).finally(building.close)
  const line = applied.length === 0 ? UP_TO_DATE : `Applied ${listed(applied)}.`
  writeResult(json, { applied, unbuilt: left }, [line, ...(left === 0 ? [] : [unbuiltLine(left)])])
  return EXIT.done
}

const UP_TO_DATE = 'The schema is up to date.'

function listed(numbers: readonly number[]): string {
  return `migration${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`
}

async function pendingAt({ data, database }: Place): Promise<{ numbers: readonly number[]; left: number }> {
  if (database !== null) {
    return inDatabase(async () => ({ numbers: await pending(database), left: await unbuilt(database) }))
  }
  // Looking makes no folder.
  const file = join(data, DATABASE_FILE)
  const url = existsSync(file) ? `sqlite:${file}` : 'sqlite::memory:'
  return { numbers: await pending(url), left: await unbuilt(url) }
}

async function migrateAt({ data, database }: Place, building: BuildingProgress['update']): ReturnType<typeof migrate> {
  if (database !== null) return inDatabase(() => migrate(database, building))
  const folder = openFolder(data, 'migrate')
  try {
    return await migrate(`sqlite:${folder.database}`, building)
  } finally {
    folder.close()
  }
}
