/** What is wrong with a command line, and where: UTF-16 offsets, `end` not included. */
export class CurlFault extends Error {
  readonly at: number
  readonly end: number

  constructor(message: string, at: number, end: number) {
    super(message)
    this.at = at
    this.end = Math.max(end, at + 1)
  }
}
