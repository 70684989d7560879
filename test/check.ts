import { spawn } from 'node:child_process'
import { once } from 'node:events'

// Types, rules and form of all sources. The rules take as long as all else, so they are looked at beside the others.

const SIDE_BY_SIDE = [
  ['eslint .'],
  ['tsc --noEmit', 'tsc --noEmit --project sdk', 'tsc --noEmit --project console', 'prettier --check .'],
]

/** Runs a command, with what it says in one piece at its end. Gives whether all was well. */
async function runs(command: string): Promise<boolean> {
  const [name = '', ...args] = command.split(' ')
  const run = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (piece: Buffer) => void said.push(piece))
  const [code] = (await once(run, 'close')) as [number | null]
  const isWell = code === 0
  console.log(`${isWell ? '✔' : '✖'} ${command}`)
  if (!isWell) process.stdout.write(Buffer.concat(said))
  return isWell
}

const results = await Promise.all(
  SIDE_BY_SIDE.map(async (commands) => {
    let areWell = true
    for (const command of commands) areWell = (await runs(command)) && areWell
    return areWell
  }),
)
process.exitCode = results.every(Boolean) ? 0 : 1
