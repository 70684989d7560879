import { CurlFault } from './fault.ts'

/**
 * Whether a command ends at a newline. Lines that lost their backslash go on with an option. Throws `CurlFault` for a second
 * command.
 */
export function isEnd(line: string, at: number, words: number): boolean {
  const rest = line.slice(at)
  const begin = at + (rest.length - rest.trimStart().length)
  if (words === 0 || line[begin] === '-' || line[begin] === '#') return false
  if (begin >= line.length) return true
  throw new CurlFault('A second command begins here. Paste one at a time.', begin, line.length)
}

/** `&` outside quotes, which is nearly always a URL without them. */
export function bareAmpersand(at: number): CurlFault {
  return new CurlFault('& outside quotes ends a command. Put the URL in quotes.', at, at + 1)
}

/** `<`: what stands in a file is not known here. */
export function fileInput(at: number): CurlFault {
  return new CurlFault('curl would read a file here, and this page cannot.', at, at + 1)
}

/** A quote without its partner. */
export function neverClosed(at: number): CurlFault {
  return new CurlFault('The quote that opens here is never closed.', at, at + 1)
}
