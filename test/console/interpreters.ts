import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { gather } from '../e2e/command.ts'

/** A program that runs what the reference writes in one language. */
export interface Interpreter {
  /** As the reference calls the language. */
  readonly id: string
  readonly title: string
  /** Why its tests are skipped; false where they run. */
  readonly absence: string | false
  /** The status and the body that the code says it got. */
  readonly run: (code: string) => Promise<{ readonly status: number; readonly text: string }>
}

/** Those that come with most machines, and PHP. */
export const INTERPRETERS: readonly Interpreter[] = [
  {
    id: 'curl',
    title: 'curl line',
    absence: absence('bash', ['-c', 'curl --version'], /^curl/),
    async run(code) {
      const said = await runWith('bash', ['-s'], `${code} --silent --show-error --write-out '\\n%{response_code}'`)
      const end = said.lastIndexOf('\n')
      return { status: Number(said.slice(end + 1)), text: said.slice(0, end) }
    },
  },
  {
    id: 'javascript',
    title: 'JavaScript',
    absence: false,
    run: async (code) => read(await runWith(process.execPath, ['--input-type=module', '-'], code)),
  },
  {
    id: 'python',
    title: 'Python',
    absence: absence('python3', ['--version'], /^Python 3/),
    // Isolated, and without the packages that somebody installed.
    run: async (code) => read(await runWith('python3', ['-I', '-S', '-'], code)),
  },
  {
    id: 'php',
    title: 'PHP',
    absence: absence('php', ['-m'], /^curl$/m),
    run: async (code) => read(await runWith('php', [], code)),
  },
]

function absence(command: string, args: readonly string[], sign: RegExp): string | false {
  const { stdout, error } = spawnSync(command, args, { encoding: 'utf8' })
  return (error !== undefined || !sign.test(stdout)) && `${[command, ...args].join(' ')} does not say ${String(sign)}`
}

async function runWith(command: string, args: readonly string[], code: string): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  const output = gather(child)
  child.stdin.end(code)
  const [status] = (await once(child, 'close')) as [number | null]
  const { stdout, stderr } = output()
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${stderr}\n${code}`)
  return stdout
}

// The code prints `200 {"total": 1}` and a newline.
function read(said: string): { readonly status: number; readonly text: string } {
  const [, status = '', text = ''] = /^(\d{3}) ([^]*)\n$/.exec(said) ?? []
  return { status: Number(status), text }
}
