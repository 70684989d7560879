import type { Search } from '../../core/search.ts'
import { raw, sql, type Fragment } from '../sql/fragment.ts'
import { textEnd } from '../sql/text-end.ts'
import { uuidFrom } from '../sql/uuid.ts'
import { nearWordsOf, type NearWords } from './near-words.ts'
import { DEAR, isLarge } from './dear.ts'
import { estimateOf } from './matches.ts'
import type { Reader } from './reader.ts'
import { quoted } from './trigrams.ts'

/** How far a word can be from a term and still be near: 0 the same, 1 begins with it, 2 and 3 for one and two edits. */
export const FARTHEST = 3

/** A search with the words its terms stand for. */
export interface Question {
  readonly terms: readonly { readonly term: string; readonly near: NearWords }[]
  /** The condition on `u` that the id begins as asked; null where ids are not looked at. */
  readonly ids: Fragment | null
}

/** What a search asks. */
export function questionOf(reader: Reader, { terms, idStart }: Search): Question {
  return {
    terms: terms.map((term) => ({ term, near: nearWordsOf(reader, term) })),
    ids: idStart === null ? null : idRange(idStart),
  }
}

/** Letters of the longest word starts by which the engine knows users; those of longer ones it gathers first. */
const START_LENGTH = 3
/** In multiples of what may be looked at: numbers are read sooner than users. */
const STARTS_FACTOR = 2

/** Throws DEAR where the engine may gather many before it knows the first one a search finds. */
export function assertFewBegin(reader: Reader, { terms }: Search): void {
  if (!isLarge(reader)) return
  for (const term of terms) {
    const start = Array.from(term).slice(0, START_LENGTH).join('')
    if (start === term) continue
    const numbers = sql`SELECT rowid AS number FROM user_words WHERE user_words MATCH ${`${quoted(start)} *`}`
    const most = reader.looksMax * STARTS_FACTOR
    if (estimateOf(reader, { numbers, scans: false }, most) > most) throw DEAR
  }
}

/** Everybody a search finds: `SELECT … AS number …`, each once. */
export function foundBy({ terms, ids }: Question): Fragment {
  const question = questionUpTo(
    terms,
    terms.map(() => FARTHEST),
  )
  const byWords = sql`SELECT rowid AS number FROM user_words WHERE user_words MATCH ${question}`
  return ids ? sql`${byWords} UNION SELECT u.number FROM users u INDEXED BY users_by_id WHERE ${ids}` : byWords
}

/** The full-text question for users who have, for each term, a word that is at most so far from it. */
export function questionUpTo(terms: Question['terms'], farthest: readonly number[]): string {
  return terms.map(({ term, near }, index) => `(${wordsUpTo(term, near, farthest[index] ?? FARTHEST)})`).join(' AND ')
}

function wordsUpTo(term: string, near: NearWords, farthest: number): string {
  if (farthest === 0) return quoted(term)
  const words = [...near].filter(([, distance]) => distance <= farthest)
  return [`${quoted(term)} *`, ...words.map(([word]) => quoted(word))].join(' OR ')
}

function idRange(start: string): Fragment {
  const from = uuidFrom(start)
  const end = textEnd(start)
  const to = end === null ? null : uuidFrom(end)
  if (from === null) return raw('0')
  return to === null ? sql`u.id >= ${from}` : sql`(u.id >= ${from} AND u.id < ${to})`
}
