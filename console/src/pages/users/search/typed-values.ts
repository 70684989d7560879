/** One of the values behind `field:`, without its quotes. */
export interface TypedValue {
  readonly text: string
  readonly isQuoted: boolean
}

/** The values behind `field:`, which commas part, but for those in quotes. */
export function valuesOf(written: string): readonly TypedValue[] {
  const values = Array.from(written.matchAll(/"((?:[^"\\]|\\.)*)(?:"|$)|[^",]+/gsu), ([all, inner]) =>
    inner === undefined
      ? { text: all.trim(), isQuoted: false }
      : { text: inner.replace(/\\(.)/gsu, '$1'), isQuoted: true },
  )
  return values.filter(({ text }) => text !== '')
}

/** A sign of comparison, and what it compares with. */
export const COMPARED = /^(>=|<=|>|<)(.*)$/su
