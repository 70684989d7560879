import type { Search } from '../../core/search.ts'
import { and, join, raw, sql, type Fragment } from '../sql/fragment.ts'
import { textEnd } from '../sql/text-end.ts'
import { uuidFrom, uuidText } from '../sql/uuid.ts'
import { arrayText } from './array-text.ts'
import { nearWordsOf } from './near-words.ts'
import type { NearWords, Reading } from './reader.ts'

/** How far a word can be from a term and still be near: 0 the same, 1 begins with it, 2 and 3 for one and two edits. */
export const FARTHEST = 3

/** A search with the words its terms stand for. */
export interface Question {
  readonly terms: readonly NearWords[]
  /** The condition on `u` that the id begins as asked; null where ids are not looked at. */
  readonly ids: Fragment | null
}

/** What a search asks. */
export async function questionOf(reading: Reading, { terms, idStart }: Search): Promise<Question> {
  const near: NearWords[] = []
  for (const term of terms) near.push(await nearWordsOf(reading, term))
  return { terms: near, ids: idStart === null ? null : idRange(idStart) }
}

/** Everybody a search finds: `SELECT … AS number …`, each once. */
export function foundBy({ terms, ids }: Question): Fragment {
  const byWords = sql`SELECT m.number FROM user_marks m WHERE ${and(terms.map((term) => hasWords(term, FARTHEST)))}`
  return ids ? sql`${byWords} UNION SELECT u.number FROM users u WHERE ${ids}` : byWords
}

/** The condition on `m` that a user has a word that is at most so far from a term. */
export function hasWords(term: NearWords, farthest: number): Fragment {
  return hasAnyWord(term.slice(0, farthest + 1).flat())
}

/** The condition on `m` that a user has one of these words. */
export function hasAnyWord(numbers: readonly number[]): Fragment {
  return numbers.length === 0 ? raw('FALSE') : sql`m.marks && ${arrayText(numbers)}::integer[]`
}

/** The condition on `m` that a user has for each term a word that is at most so far from it. */
export function hasAllWords(terms: Question['terms'], farthest: readonly number[]): Fragment {
  return and(terms.map((term, index) => hasWords(term, farthest[index] ?? FARTHEST)))
}

function idRange(start: string): Fragment {
  const from = uuidFrom(start)
  const end = textEnd(start)
  const to = end === null ? null : uuidFrom(end)
  if (from === null) return raw('FALSE')
  const range = [sql`u.id >= ${uuidText(from)}`, ...(to === null ? [] : [sql`u.id < ${uuidText(to)}`])]
  return sql`(${join(range, ' AND ')})`
}
