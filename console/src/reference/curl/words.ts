import { cmdWords, isForCmd } from './cmd-words.ts'
import { posixWords } from './posix-words.ts'
import type { Words } from './word.ts'

/**
 * Splits a command line as the shell does that it was written for: POSIX shells with all their quotes (bash's `$'…'` too), or
 * the Windows command prompt where carets say so. Throws `CurlFault`.
 */
export function wordsOf(line: string): Words {
  return isForCmd(line) ? cmdWords(line) : posixWords(line)
}
