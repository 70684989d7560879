/** A header as it is sent. Names keep their letter case; the same name may come more than once. */
export type Header = readonly [name: string, value: string]

/** A request as it is meant, without what curl or a browser adds by itself. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly Header[]
  /** Null for none; an empty one is one. */
  readonly body: string | null
}

/** The first value of a header, whatever the letter case of its name. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([one]) => isHeader(one, name))?.[1]
}

/** Whether two names are of the same header. */
export function isHeader(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
