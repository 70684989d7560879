import { MARKS_MAX } from './limits.ts'

/** Whether a text can be stored and found again on every engine: no lone surrogate and no NUL. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/**
 * Whether more marks stand in a row than MARKS_MAX. No script needs that many, and the time to normalise a text grows with
 * the square of the number.
 */
export function isOvermarked(text: string): boolean {
  if (text.length <= MARKS_MAX) return false
  for (const [marks] of text.matchAll(/\p{M}+/gu)) if (marks.length > MARKS_MAX) return true
  return false
}

/** Whether a text is longer than this in NFC whatever is in it: four units become one at most. */
export function isLongerInAnyForm(text: string, lengthMax: number): boolean {
  return text.length > 4 * lengthMax
}

const PLAIN = /^[\x20-\x40\x5b-\x7e]*$/
const ASCII = /^[\x20-\x7e]*$/

/**
 * The key on which texts compare: NFKD, marks stripped, case-folded. `É`, `é` and `e` have one key, `ß` that of `ss`.
 * Idempotent, and the key of a whole is the keys of its parts joined, so that a pattern can be folded run by run.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text
  if (ASCII.test(text)) return text.toLowerCase()
  return (
    text
      .normalize('NFKD')
      // To upper case and back is Unicode's full case folding, but for what the rest of the chain mends.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      // Lower-casing writes a sigma at the end of a word in another form; the key knows one.
      .replaceAll('ς', 'σ')
      // The capital sharp s is upper case already and comes back as a small one; the small one went by way of SS.
      .replaceAll('ß', 'ss')
  )
}

/** Orders by code point, as UTF-8 bytes do on every engine; JavaScript's own order differs above U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return codePointRank(x) - codePointRank(y)
  }
  return a.length - b.length
}

// A surrogate stands for a code point above all that fit in one unit.
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}

/** The words of a text on their folded keys: runs of letters and digits. */
export function words(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

const EXCERPT_LENGTH_MAX = 64

/** A refused value as an error may repeat it: short, and without anything that could not be shown. */
export function excerpt(value: string): string {
  const isCut = value.length > EXCERPT_LENGTH_MAX
  const shown = isCut ? `${value.slice(0, EXCERPT_LENGTH_MAX - 1).toWellFormed()}…` : value.toWellFormed()
  return shown.replace(/\p{C}/gu, '\ufffd')
}
