import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { copyFile } from '../../storage/index.ts'
import { DirectoryError } from '../../core/error.ts'
import { CommandError } from '../command-error.ts'
import { DATABASE_FILE } from '../folder/folder.ts'
import { placeOf, type Place } from '../folder/place.ts'
import { openPageProgress } from '../page-progress.ts'
import { writeResult } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

/** `rollcall backup`: copies a data folder's directory to a file, also while a server works in it. */
export function addBackupCommand(program: Command): void {
  const command = program
    .command('backup <file>')
    .description('Copy the directory of a data folder to a new file, as it is at one moment; a server may go on in it.')
    .option('--json', 'Print the result as JSON.')
    .addHelpText(
      'after',
      '\nThe file holds everything, the keys too: keep it as safe as the data folder.\n' +
        '\nExample:\n  rollcall backup /backups/rollcall-$(date +%F).db --data /var/lib/rollcall',
    )
    .action(async (file: string, { json = false }: { readonly json?: boolean }) => {
      const copied = await backUp(databaseOf(placeOf(effectiveSettings(command))), file)
      writeResult(json, { file, ...copied }, [
        `Backed up ${copied.users} users at revision ${copied.revision} to ${file}.`,
      ])
    })
  addSettingOptions(command, ['data', 'database'])
}

function databaseOf({ data, database }: Place): string {
  if (database !== null) {
    throw new CommandError('A PostgreSQL database is backed up with its own tools, such as pg_dump.')
  }
  const file = join(data, DATABASE_FILE)
  if (!existsSync(file)) throw new CommandError(`There is no directory in ${data}.`)
  return file
}

async function backUp(database: string, file: string): ReturnType<typeof copyFile> {
  const progress = openPageProgress('Backing up')
  try {
    return await copyFile(database, file, { check: 'quick_check', progress: progress.update })
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error
    if (error.reason === 'taken') throw new CommandError(`${file} exists; a backup is never written over a file.`)
    throw new CommandError(`The backup failed, and nothing is left of it: ${error.message}`, undefined, error)
  } finally {
    progress.close()
  }
}
