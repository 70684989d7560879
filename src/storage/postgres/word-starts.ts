/** Letters of a word that count; what differs after them is taken for the same. An index takes no more. */
const WORD_LENGTH_MAX = 500

/** Lengths of the beginnings under which words are filed, so that one or a few stand for all words that begin so. */
const START_LENGTHS = [1, 2, 3, 5, 7, 9, 12, 16, 24, 40]

/** A word, or the beginning of words: `letters` is its length, for a beginning below zero. */
export interface Entry {
  readonly letters: number
  readonly word: string
}

/** An entry as one text. */
export function entryKey({ letters, word }: Entry): string {
  return letters < 0 ? `${word}*` : word
}

/** A word as an entry. */
export function wordEntry(word: string): Entry {
  const kept = beginning(word, WORD_LENGTH_MAX)
  return { letters: SURROGATE.test(kept) ? Array.from(kept).length : kept.length, word: kept }
}

/** A word and the beginnings it is filed under, as entries. */
export function entriesOf(word: string): readonly Entry[] {
  const whole = wordEntry(word)
  const starts = START_LENGTHS.filter((length) => length <= whole.letters)
  return [whole, ...starts.map((length) => ({ letters: -length, word: beginning(whole.word, length) }))]
}

const SURROGATE = /[\ud800-\udfff]/

/** The first letters of a word. */
export function beginning(word: string, letters: number): string {
  return SURROGATE.test(word) ? Array.from(word).slice(0, letters).join('') : word.slice(0, letters)
}

/** The lengths of the entries that begin with a term of so many letters and together are all words that do. */
export function lengthsBeyond(letters: number): { readonly words: readonly number[]; readonly starts: number | null } {
  const starts = START_LENGTHS.find((length) => length >= letters)
  if (starts === undefined) return { words: [], starts: null }
  return { words: Array.from({ length: starts - letters }, (_, more) => letters + more), starts: -starts }
}
