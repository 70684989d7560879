import type { Position } from '../../core/query.ts'
import { RANKED_TERMS, type Search } from '../../core/search.ts'
import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import { textEnd } from '../sql/text-end.ts'
import { uuidFrom } from '../sql/uuid.ts'
import { nearWordsOf, type NearWords } from './near-words.ts'
import { orderOf } from './order.ts'
import type { Plan, Selection } from './plan.ts'
import type { Reader } from './reader.ts'
import { quoted } from './trigrams.ts'
import type { Run } from './walk.ts'

/** How far a word can be from a term and still be near: 0 the same, 1 begins with it, 2 and 3 edits. */
const FARTHEST = 3

/** A search, with the words its terms stand for. */
interface Question {
  readonly terms: readonly { readonly term: string; readonly near: NearWords }[]
  /** The condition on `u` that the id begins as asked; null where ids are not looked at. */
  readonly ids: Fragment | null
}

/** Everybody a search finds, as `SELECT number …`, each once. */
export function foundBy(reader: Reader, search: Search): Fragment {
  const question = questionOf(reader, search)
  return foundUpTo(
    question,
    question.terms.map(() => FARTHEST),
    question.ids,
  )
}

/** How a selection is read in the order of relevance: by score, then by number. */
export function relevancePlan(reader: Reader, selection: Selection, search: Search): Plan {
  const { scoredMax } = reader.limits
  const question = questionOf(reader, search)
  const found = foundUpTo(
    question,
    question.terms.map(() => FARTHEST),
    question.ids,
  )
  const rows = reader.database.rows(sql`SELECT number FROM (${found}) LIMIT ${scoredMax + 1}`)
  const order = orderOf([])
  if (rows.length > scoredMax) return { order, runs: (from, reverse) => scoreRuns(question, selection, from, reverse) }
  return {
    order,
    runs: scoredRuns(
      reader,
      question,
      selection,
      rows.map(([number]) => Number(number)),
    ),
  }
}

function questionOf(reader: Reader, { terms, idStart }: Search): Question {
  return {
    terms: terms.map((term) => ({ term, near: nearWordsOf(reader, term) })),
    ids: idStart === null ? null : idRange(idStart),
  }
}

function idRange(start: string): Fragment {
  const from = uuidFrom(start)
  const end = textEnd(start)
  const to = end === null ? null : uuidFrom(end)
  if (from === null) return raw('0')
  return to === null ? sql`u.id >= ${from}` : sql`(u.id >= ${from} AND u.id < ${to})`
}

// --- few: every one of them is scored

const WORD = /[\p{L}\p{N}]+/gu
const SEARCHED = ['full_name', 'given_name', 'family_name', 'display_name', 'identifier', 'email', 'description']

function scoredRuns(
  reader: Reader,
  { terms, ids }: Question,
  selection: Selection,
  numbers: readonly number[],
): Plan['runs'] {
  const texts = raw(`concat_ws(' ', ${SEARCHED.map((name) => `u.${name}`).join(', ')})`)
  const rows = reader.database.rows(sql`SELECT u.number, ${texts}, ${ids ?? raw('0')}
    FROM json_each(${JSON.stringify(numbers)}) c CROSS JOIN users u ON u.number = c.value WHERE ${selection.where}`)
  const byScore = new Map<number, number[]>()
  for (const [number, text, isById] of rows) {
    const score = isById === 1 ? 0 : scoreOf(terms, new Set(String(text).match(WORD)))
    const same = byScore.get(score)
    if (same) same.push(Number(number))
    else byScore.set(score, [Number(number)])
  }
  const scores = [...byScore.keys()].sort((a, b) => a - b)
  return (from, reverse) =>
    runsFrom(scores, from, reverse, (score) => ({
      source: sql`json_each(${JSON.stringify(byScore.get(score))}) c CROSS JOIN users u ON u.number = c.value`,
      where: raw('1'),
    }))
}

function scoreOf(terms: Question['terms'], words: ReadonlySet<string>): number {
  let score = 0
  for (const { term, near } of terms.slice(0, RANKED_TERMS)) {
    let best = FARTHEST
    for (const word of words)
      best = Math.min(best, word === term ? 0 : word.startsWith(term) ? 1 : (near.get(word) ?? best))
    score += best
  }
  return score
}

// --- many: a full-text question for each score

function scoreRuns(question: Question, { where }: Selection, from: Position | null, reverse: boolean): Iterable<Run> {
  const { terms, ids } = question
  const most = Math.min(terms.length, RANKED_TERMS) * FARTHEST
  const scores = Array.from({ length: most + 1 }, (_, score) => score)
  return runsFrom(scores, from, reverse, (score) => {
    const numbers = scoreQuestion(question, score)
    if (!ids) return { source: sql`(${numbers}) c CROSS JOIN users u ON u.number = c.number`, where }
    if (score > 0) {
      return {
        source: sql`(${numbers}) c CROSS JOIN users u ON u.number = c.number`,
        where: and([sql`NOT ${ids}`, where]),
      }
    }
    return { source: raw('users u NOT INDEXED'), where: and([sql`(${ids} OR u.number IN (${numbers}))`, where]) }
  })
}

// Users whose terms come to a score, and not to a lower one.
function scoreQuestion({ terms }: Question, score: number): Fragment {
  const upTo = (sum: number) =>
    sums(Math.min(terms.length, RANKED_TERMS), sum)
      .map((classes) => `(${allTerms(terms, [...classes, ...terms.slice(RANKED_TERMS).map(() => FARTHEST)])})`)
      .join(' OR ')
  const question = score === 0 ? upTo(0) : `(${upTo(score)}) NOT (${upTo(score - 1)})`
  return matching(question)
}

function foundUpTo({ terms }: Question, classes: readonly number[], ids: Fragment | null): Fragment {
  const byWords = matching(allTerms(terms, classes))
  return ids ? sql`${byWords} UNION SELECT u.number FROM users u INDEXED BY users_by_id WHERE ${ids}` : byWords
}

function matching(question: string): Fragment {
  return sql`SELECT rowid AS number FROM user_words WHERE user_words MATCH ${question}`
}

function allTerms(terms: Question['terms'], classes: readonly number[]): string {
  return terms.map(({ term, near }, index) => `(${upToClass(term, near, classes[index] ?? FARTHEST)})`).join(' AND ')
}

// Words up to so far from a term.
function upToClass(term: string, near: NearWords, farthest: number): string {
  if (farthest === 0) return quoted(term)
  const words = [...near].filter(([, distance]) => distance <= farthest)
  return [`${quoted(term)} *`, ...words.map(([word]) => quoted(word))].join(' OR ')
}

// All ways for so many terms to come to a sum.
function sums(terms: number, sum: number): readonly (readonly number[])[] {
  if (terms === 0) return sum === 0 ? [[]] : []
  const ways: number[][] = []
  for (let first = 0; first <= Math.min(FARTHEST, sum); first++) {
    for (const rest of sums(terms - 1, sum - first)) ways.push([first, ...rest])
  }
  return ways
}

// --- both

// A question is made only when those before it have not filled the page.
function* lazily<T, U>(all: readonly T[], make: (one: T) => U): Iterable<U> {
  for (const one of all) yield make(one)
}

/** The scores from a position on, in its direction, each with those who stand beyond it. */
function runsFrom(
  scores: readonly number[],
  from: Position | null,
  reverse: boolean,
  stretch: (score: number) => Pick<Run, 'source' | 'where'>,
): Iterable<Run> {
  const [at = null] = from?.keys ?? []
  const isBeyond = (score: number) => at === null || (reverse ? score <= Number(at) : score >= Number(at))
  const wanted = scores.filter(isBeyond)
  if (reverse) wanted.reverse()
  return lazily(wanted, (score) => {
    const { source, where } = stretch(score)
    const range = from && score === at ? [sql`u.number ${raw(reverse ? '<' : '>')} ${from.tie}`] : []
    const orderBy = sql`u.number ${raw(reverse ? 'DESC' : 'ASC')}`
    return { source, where: and([...range, where]), orderBy, sorts: false, score }
  })
}
