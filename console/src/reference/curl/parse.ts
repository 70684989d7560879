import { argumentsOf } from './arguments.ts'
import { compile } from './compile.ts'
import { CurlFault } from './fault.ts'
import type { HttpRequest } from './request.ts'
import { wordsOf } from './words.ts'

/** What a command line says, or what is wrong with it and where. */
export type Reading = Said | Unsaid

/** A command line that is understood. */
export interface Said {
  readonly isUnderstood: true
  readonly request: HttpRequest
  /** Options that change nothing here, as they were written, each once. */
  readonly ignored: readonly string[]
  /** Variables of a shell, without `$`: they stand in the request as they were written. */
  readonly variables: readonly string[]
  /** What follows the command, such as `| jq .`. */
  readonly leftOut: string
}

/** A command line that is not, and where it goes wrong. */
export interface Unsaid {
  readonly isUnderstood: false
  readonly message: string
  /** UTF-16 offsets into the line, `end` not included. */
  readonly at: number
  readonly end: number
}

const PROGRAM = /^(?:.*[\\/])?curl(?:\.exe)?$/i

/** Reads a command line that runs curl, as a POSIX shell or the Windows command prompt would have it. Never throws. */
export function parseCurl(line: string): Reading {
  try {
    const { words, variables, leftOut } = wordsOf(line)
    const [program, ...rest] = words
    if (!program) throw new CurlFault('There is no command. It begins with curl.', 0, line.length)
    if (!PROGRAM.test(program.text)) throw new CurlFault('A command begins with curl.', program.at, program.end)
    const given = argumentsOf(rest)
    const ignored = given.flatMap(({ meaning, written }) => (meaning === 'ignored' ? [written] : []))
    return {
      isUnderstood: true,
      request: compile(given, program),
      ignored: [...new Set(ignored)],
      variables: [...new Set(variables)],
      leftOut,
    }
  } catch (error) {
    if (!(error instanceof CurlFault)) throw error
    return { isUnderstood: false, message: error.message, at: error.at, end: error.end }
  }
}
