import { editDistance, editsAllowed, resemblance } from '../../core/search.ts'

const SURROGATE = /[\ud800-\udfff]/

/** `resemblance`, sooner: what two words have in common at either end needs no table. Keys of many are looked through. */
export function wordDistance(term: string, word: string): number {
  if (word.startsWith(term) || SURROGATE.test(term) || SURROGATE.test(word)) return resemblance(term, word)
  const edits = editsAllowed(term, word)
  if (Math.abs(term.length - word.length) > edits) return Infinity
  let start = 0
  while (start < term.length && term[start] === word[start]) start++
  let end = 0
  const most = Math.min(term.length, word.length) - start
  while (end < most && term[term.length - 1 - end] === word[word.length - 1 - end]) end++
  return 1 + editDistance(term.slice(start, term.length - end), word.slice(start, word.length - end), edits)
}
