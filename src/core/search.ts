import { SEARCH_TERMS_MAX } from './limits.ts'
import { words } from './text.ts'
import type { User } from './user.ts'

/**
 * Words a user is looked for by. A user is found when every term resembles a word of its names, identifier, e-mail or
 * description — or, where `ids` is allowed, when its id begins with the whole text. Best first: by `searchScore`, then
 * by number.
 */
export interface Search {
  /** Folded words, 1 to SEARCH_TERMS_MAX of them, without repeats. */
  readonly terms: readonly string[]
  /** The start of an id to look for as well: 4 characters or more, lower case; null where ids are not looked at. */
  readonly idStart: string | null
}

/** Terms beyond these must still be found, but do not count for the order. */
export const RANKED_TERMS = 4

/** The search a text asks for; undefined when there is no letter or digit in it. */
export function parseSearch(text: string, ids: boolean): Search | undefined {
  const terms = [...new Set(words(text))].slice(0, SEARCH_TERMS_MAX + 1)
  if (terms.length === 0) return undefined
  const start = text.trim().toLowerCase()
  return { terms, idStart: ids && /^[0-9a-f-]{4,36}$/.test(start) ? start : null }
}

/** The words a user can be found by, folded, without repeats. */
export function searchWords(user: Omit<User, 'number' | 'revision'>): readonly string[] {
  const texts = [
    user.fullName,
    user.givenName,
    user.familyName,
    user.displayName,
    user.identifier,
    user.email,
    user.description,
  ]
  return [...new Set(texts.flatMap((text) => (text === null ? [] : words(text))))]
}

/** How far a search is from a user, 0 for every term spelt out; undefined when it does not find the user. */
export function searchScore(search: Search, user: User): number | undefined {
  if (search.idStart !== null && user.id.startsWith(search.idStart)) return 0
  const own = searchWords(user)
  let score = 0
  for (const [index, term] of search.terms.entries()) {
    const best = Math.min(...own.map((word) => resemblance(term, word)))
    if (best === Infinity) return undefined
    if (index < RANKED_TERMS) score += best
  }
  return score
}

/** How far a word is from a term: 0 the same, 1 begins with it, 2 one edit away, 3 two edits away, else Infinity. */
export function resemblance(term: string, word: string): number {
  if (word === term) return 0
  if (word.startsWith(term)) return 1
  const distance = editDistance(term, word, editsAllowed(term, word))
  return distance === Infinity ? Infinity : 1 + distance
}

/** One edit between words of 3 letters or more, two where both have 8 or more. */
export function editsAllowed(a: string, b: string): number {
  const shorter = Math.min(letters(a).length, letters(b).length)
  return shorter < 3 ? 0 : shorter < 8 ? 1 : 2
}

// Code points, not UTF-16 units: what an edit adds or takes away.
function letters(text: string): readonly string[] {
  return Array.from(text)
}

/**
 * Optimal string alignment distance (insertions, deletions, substitutions and swaps of neighbours) up to `most`;
 * Infinity beyond.
 */
export function editDistance(a: string, b: string, most: number): number {
  const from = letters(a)
  const to = letters(b)
  if (Math.abs(from.length - to.length) > most) return Infinity
  let beforeLast: number[] = []
  let last = to.map((_, j) => j)
  last.push(to.length)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(cost)
    }
    if (Math.min(...row) > most) return Infinity
    beforeLast = last
    last = row
  }
  const distance = last[to.length] ?? Infinity
  return distance <= most ? distance : Infinity
}

/** Letters of a word that its neighbours are filed under; edits further on are found all the same. */
const NEIGHBOUR_PREFIX = 7

/**
 * The keys under which a word's neighbours are found: what is left of its beginning after up to as many deletions as
 * edits are allowed. Two words within that many edits of each other share at least one key (symmetric deletion), so an
 * index of these keys finds every word `resemblance` calls near, and then some.
 */
export function neighbourKeys(word: string): readonly string[] {
  const edits = editsAllowed(word, word)
  let level: Iterable<string> = [letters(word).slice(0, NEIGHBOUR_PREFIX).join('')]
  const keys = new Set(level)
  for (let edit = 0; edit < edits; edit++) {
    const shorter = new Set<string>()
    for (const key of level) addDeletions(shorter, key)
    for (const key of shorter) keys.add(key)
    level = shorter
  }
  return [...keys]
}

function addDeletions(keys: Set<string>, key: string): void {
  for (let at = 0, end: number; at < key.length; at = end) {
    end = at + ((key.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
    keys.add(key.slice(0, at) + key.slice(end))
  }
}
