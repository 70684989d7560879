import { Command, CommanderError } from 'commander'
import { ending, EXIT } from './command-error.ts'
import { addBackupCommand } from './commands/backup.ts'
import { addConfigCommand } from './commands/config.ts'
import { addCopyCommand } from './commands/copy.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addExportCommand } from './commands/export.ts'
import { addImportCommand } from './commands/import.ts'
import { addMigrateCommand } from './commands/migrate.ts'
import { addRestoreCommand } from './commands/restore.ts'
import { addServeCommand } from './commands/serve.ts'
import { addSetupLinkCommand } from './commands/setup-link.ts'
import { addTokenCommand } from './commands/token.ts'
import { version } from './version.ts'

/**
 * Runs a command line, without the name of the program, and gives the exit code: 0 done, 1 refused or failed, 2 wrong
 * usage or configuration, 3 not found, 4 not authorised, 5 server or network, 130 interrupted. Failures are one
 * sentence on standard error.
 */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read has seen enough, as `| head` has.
    if (error.code === 'EPIPE') process.exit(EXIT.done)
    throw error
  })
  process.exitCode = EXIT.done
  try {
    await program().parseAsync([...argv], { from: 'user' })
    return process.exitCode
  } catch (error) {
    // Help and version have been written, and so has what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    const { message, exitCode } = ending(error)
    process.stderr.write(`rollcall: ${message}\n`)
    return exitCode
  }
}

function program(): Command {
  const root = new Command('rollcall')
    .description('A self-hosted user directory server: who are our users?')
    .version(version(), '--version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`rollcall: ${text.replace(/^error: /, '').replace(/\n(?=.)/g, ' ')}`),
    })
    .addHelpText(
      'after',
      '\nExamples:\n  rollcall serve --demo\n  rollcall import users.csv --dry-run\n  rollcall config\n  rollcall token create --name backup --permissions users:read',
    )
  for (const add of [
    addServeCommand,
    addImportCommand,
    addExportCommand,
    addDemoCommand,
    addTokenCommand,
    addSetupLinkCommand,
    addBackupCommand,
    addRestoreCommand,
    addMigrateCommand,
    addCopyCommand,
    addConfigCommand,
  ]) {
    add(root)
  }
  return root
}
