import { InvalidArgumentError, type Command } from 'commander'
import type { View } from '../../core/directory.ts'
import { CommandError, ending, EXIT } from '../command-error.ts'
import { DEMO_USERS_MIN, fillDemo, type DemoSize } from '../demo/index.ts'
import { layFoundation } from '../folder/foundation.ts'
import { openDirectory } from '../folder/opened-directory.ts'
import { placeOf } from '../folder/place.ts'
import { openProgress } from '../progress.ts'
import { onInterruption } from './interruption.ts'
import { writeResult } from './output.ts'
import { addSettingOptions, effectiveSettings } from './setting-options.ts'

export const DEMO_USERS_DEFAULT = 1000
const DEMO_USERS_MAX = 10_000_000

/** `rollcall demo`: fills an empty directory with made-up people. */
export function addDemoCommand(program: Command): void {
  const command = program
    .command('demo')
    .description('Fill an empty directory with made-up customers and users, always the same ones.')
    .option('--users <number>', 'How many users.', demoUsers, DEMO_USERS_DEFAULT)
    .option('--json', 'Print the result as JSON.')
    .addHelpText('after', '\nExample:\n  rollcall demo --users 100000 --data ./big')
    .action(async (options: { readonly users: number; readonly json?: boolean }) => {
      const { view, close } = await openDirectory(placeOf(effectiveSettings(command)), 'demo', { isLoading: true })
      const interruption = onInterruption()
      try {
        await layFoundation(view)
        const filled = await fillWithProgress(view, options.users, interruption.signal)
        writeResult(options.json ?? false, filled, [`Made ${filled.users} users in ${filled.customers} customers.`])
      } finally {
        await close()
        interruption.close()
      }
    })
  addSettingOptions(command, ['data', 'database'])
}

/** Fills the directory and shows how far it is; ends with the batch at hand when the signal says so. */
export async function fillWithProgress(view: View, users: number, signal: AbortSignal): Promise<DemoSize> {
  const progress = openProgress('Making', users)
  let made = 0
  const update = (written: number) => {
    progress.update(written, written)
    made = written
    if (!signal.aborted || written >= users) return
    throw new CommandError(`Interrupted after ${written} users; begin anew with an empty directory.`, EXIT.interrupted)
  }
  try {
    return await fillDemo(view, { users, progress: update })
  } catch (error) {
    const { message, exitCode } = ending(error)
    if (error instanceof CommandError || made === 0) throw error
    throw new CommandError(
      `${message} ${made} users were made for sure; begin anew with an empty directory.`,
      exitCode,
      error,
    )
  } finally {
    progress.close()
  }
}

/** Reads a number of demo users. */
export function demoUsers(text: string): number {
  const users = /^\d{1,8}$/.test(text) ? Number(text) : NaN
  if (users >= DEMO_USERS_MIN && users <= DEMO_USERS_MAX) return users
  throw new InvalidArgumentError(`It must be a whole number from ${DEMO_USERS_MIN} to ${DEMO_USERS_MAX}.`)
}
