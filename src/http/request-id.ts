import { randomBytes } from 'node:crypto'

const WELL_FORMED = /^[\w.~+/=:@-]{1,128}$/

// One random part for the process and a count: unique without asking for randomness at every request.
const process_ = randomBytes(9).toString('base64url')
let count = 0

/** The id a request came with, if it may stand in logs and answers as it is; else a new one. */
export function requestIdOf(sent: string | string[] | undefined): string {
  if (typeof sent === 'string' && WELL_FORMED.test(sent)) return sent
  count += 1
  return `${process_}-${count.toString(36)}`
}
