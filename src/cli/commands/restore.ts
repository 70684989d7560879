import { accessSync, constants, existsSync, readdirSync, rmSync } from 'node:fs'
import type { Command } from 'commander'
import { DirectoryError } from '../../core/error.ts'
import { copyFile, migrate } from '../../storage/index.ts'
import { CommandError } from '../command-error.ts'
import { EMPTY_FOLDER_FILES, openFolder } from '../folder/folder.ts'
import { placeOf, type Place } from '../folder/place.ts'
import { openPageProgress } from '../page-progress.ts'
import { writeResult } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

/** `rollcall restore`: makes a data folder of a backup. */
export function addRestoreCommand(program: Command): void {
  const command = program
    .command('restore <file>')
    .description('Put the directory of a backup into an empty data folder, after checking that the file is whole.')
    .option('--json', 'Print the result as JSON.')
    .addHelpText('after', '\nExample:\n  rollcall restore /backups/rollcall-2026-11-22.db --data /var/lib/rollcall')
    .action(async (file: string, { json = false }: { readonly json?: boolean }) => {
      const { data, restored } = await restore(file, placeOf(effectiveSettings(command)))
      writeResult(json, { data, ...restored }, [
        `Restored ${restored.users} users at revision ${restored.revision} to ${data}.`,
      ])
    })
  addSettingOptions(command, ['data', 'database'])
}

async function restore(file: string, { data, database }: Place) {
  if (database !== null)
    throw new CommandError('A backup is restored to a data folder; "rollcall copy" moves it from there.')
  assertReadable(file)
  const isNew = !existsSync(data)
  assertEmpty(data)
  const folder = openFolder(data, 'restore')
  const progress = openPageProgress('Restoring')
  try {
    // Somebody else may have been quicker.
    assertEmpty(data)
    const restored = await copyFile(file, folder.database, { check: 'integrity_check', progress: progress.update })
    await migrate(`sqlite:${folder.database}`)
    return { data, restored }
  } catch (error) {
    for (const more of ['', '-wal', '-shm']) rmSync(folder.database + more, { force: true })
    if (isNew) rmSync(data, { recursive: true, force: true })
    if (!(error instanceof DirectoryError)) throw error
    throw new CommandError(`${file} cannot be restored, and nothing is left of it: ${error.message}`, undefined, error)
  } finally {
    progress.close()
    folder.close()
  }
}

function assertReadable(file: string): void {
  if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`)
  try {
    accessSync(file, constants.R_OK)
  } catch (error) {
    throw new CommandError(`The file ${file} cannot be read: permission is denied.`, undefined, error)
  }
}

function assertEmpty(data: string): void {
  if (!existsSync(data)) return
  const [other] = readdirSync(data).filter((name) => !EMPTY_FOLDER_FILES.includes(name))
  if (other === undefined) return
  throw new CommandError(`The data folder ${data} is not empty (${other}); restore to an empty or a new one.`)
}
