import type { Command } from 'commander'
import { copyDirectory } from '../../storage/copy.ts'
import { inDatabase } from '../folder/place.ts'
import { openProgress } from '../progress.ts'
import { writeResult } from './output.ts'

interface CopyOptions {
  readonly from: string
  readonly to: string
  readonly json?: boolean
}

/** `rollcall copy`: moves a whole directory from one store to another. */
export function addCopyCommand(program: Command): void {
  program
    .command('copy')
    .description('Copy a whole directory to an empty store, with history, tokens and secrets, and compare the two.')
    .requiredOption('--from <store>', 'Where it is: sqlite:FILE or postgres://…; it may be in use meanwhile.')
    .requiredOption('--to <store>', 'Where it is to be: sqlite:FILE or postgres://…, empty.')
    .option('--json', 'Print counts and digests as JSON.')
    .addHelpText(
      'after',
      '\nExamples:\n  rollcall copy --from sqlite:rollcall-data/rollcall.db --to postgres://rollcall@db.example.com/rollcall\n' +
        '  rollcall copy --from postgres://rollcall@db.example.com/rollcall --to sqlite:copy.db',
    )
    .action(async ({ from, to, json = false }: CopyOptions) => {
      const startMs = Date.now()
      const progress = openProgress('Copying', null)
      let users = 0
      const digests = await inDatabase(() =>
        copyDirectory(from, to, (kind, rows) => {
          if (kind !== 'documents') return
          users += rows
          progress.update(users, users)
        }),
      ).finally(() => progress.close())
      const records = Object.values(digests).reduce((sum, { count }) => sum + count, 0)
      const seconds = Math.max((Date.now() - startMs) / 1000, 0.001).toFixed(1)
      writeResult(json, digests, [
        ...Object.entries(digests).map(([kind, { count, sha256 }]) => `${kind} ${count} sha256:${sha256}`),
        `Copied ${digests.documents.count} users, ${records} records in all, and found the same in both (${seconds} s).`,
      ])
    })
}
