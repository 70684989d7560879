import { DirectoryError, type ErrorCode } from '../core/error.ts'

/** How a command ends, as the shell sees it. */
export const EXIT = {
  done: 0,
  /** It ran, and something was refused or failed. */
  failed: 1,
  /** The command line, a setting, a file or the data folder is not as it must be. */
  usage: 2,
  notFound: 3,
  unauthorised: 4,
  /** The server, the network or the store does not answer. */
  unavailable: 5,
  interrupted: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Why a command ends early: one sentence for standard error, and the exit code that goes with it. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = EXIT.usage, cause?: unknown) {
    super(message, { cause })
    this.exitCode = exitCode
  }
}

const EXIT_BY_CODE = {
  invalid: EXIT.usage,
  unauthenticated: EXIT.unauthorised,
  forbidden: EXIT.unauthorised,
  not_found: EXIT.notFound,
  conflict: EXIT.failed,
  precondition_failed: EXIT.failed,
  too_large: EXIT.usage,
  too_many_requests: EXIT.unavailable,
  unavailable: EXIT.unavailable,
  internal: EXIT.unavailable,
} satisfies Record<ErrorCode, ExitCode>

/** The sentence and the exit code for anything thrown. What nobody foresaw keeps its message but shows no stack. */
export function ending(error: unknown): { readonly message: string; readonly exitCode: ExitCode } {
  if (error instanceof CommandError) return { message: error.message, exitCode: error.exitCode }
  if (error instanceof DirectoryError) return { message: error.message, exitCode: EXIT_BY_CODE[error.code] }
  return { message: messageOf(error), exitCode: EXIT.failed }
}

/** What an error says, on one line. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/\s*\n\s*/g, ' ')
}
