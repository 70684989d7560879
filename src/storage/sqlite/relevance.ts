import type { Position } from '../../core/query.ts'
import { RANKED_TERMS } from '../../core/search.ts'
import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import { COLUMNS } from '../sql/columns.ts'
import { SEARCHED } from './full-texts.ts'
import { orderOf } from './order.ts'
import { listRun, type Plan } from './plan.ts'
import type { Reader } from './reader.ts'
import type { ReadRun, Run } from './run.ts'
import { FARTHEST, foundBy, questionUpTo, type Question } from './search-question.ts'
import type { Selection } from './selection.ts'
import { limit } from './limit.ts'

/** How a selection is read in the order of relevance: by score, then by number. */
export function relevancePlan(reader: Reader, selection: Selection, question: Question): Plan {
  const order = orderOf([])
  const { scoredMax } = reader.limits
  const rows = reader.database.rows(sql`SELECT number FROM (${foundBy(question)}) ${limit(scoredMax + 1)}`)
  if (rows.length > scoredMax) {
    return { order, total: null, runs: (from, reverse) => questionRuns(question, selection, from, reverse) }
  }
  const byScore = scored(reader, selection, question, JSON.stringify(rows.map(([number]) => number)))
  const scores = [...byScore.keys()].sort((a, b) => a - b)
  const runs: Plan['runs'] = (from, reverse) =>
    lazily(scoresFrom(scores, from, reverse), (score) => {
      const start = from !== null && from.keys[0] === score ? from : null
      return listRun(byScore.get(score) ?? [], start, reverse, score)
    })
  return { order, total: [...byScore.values()].reduce((sum, { length }) => sum + length, 0), runs }
}

// --- few users: each one is scored

const WORD = /[\p{L}\p{N}]+/gu
const SEARCHED_TEXTS = raw(`concat_ws(' ', ${SEARCHED.map((field) => `u.${COLUMNS[field].name}`).join(', ')})`)

function scored(
  { database }: Reader,
  { where }: Selection,
  { terms, ids }: Question,
  numbers: string,
): ReadonlyMap<number, readonly number[]> {
  const rows = database.rows(sql`SELECT u.number, ${SEARCHED_TEXTS}, ${ids ?? raw('0')}
    FROM json_each(${numbers}) c CROSS JOIN users u ON u.number = c.value WHERE ${where} ORDER BY u.number`)
  const byScore = new Map<number, number[]>()
  for (const [number, text, isById] of rows) {
    const score = isById === 1 ? 0 : scoreOf(terms, new Set(String(text).match(WORD)))
    const same = byScore.get(score)
    if (same) same.push(Number(number))
    else byScore.set(score, [Number(number)])
  }
  return byScore
}

function scoreOf(terms: Question['terms'], words: ReadonlySet<string>): number {
  let score = 0
  for (const { term, near } of terms.slice(0, RANKED_TERMS)) {
    let best = FARTHEST
    for (const word of words) {
      best = Math.min(best, word === term ? 0 : word.startsWith(term) ? 1 : (near.get(word) ?? best))
    }
    score += best
  }
  return score
}

// --- many users: a full-text question for each score

function questionRuns(
  question: Question,
  { where }: Selection,
  from: Position | null,
  reverse: boolean,
): Iterable<ReadRun> {
  const ranked = Math.min(question.terms.length, RANKED_TERMS)
  const scores = Array.from({ length: ranked * FARTHEST + 1 }, (_, score) => score)
  return lazily(scoresFrom(scores, from, reverse), (score) => {
    const start = from !== null && from.keys[0] === score ? from : null
    return questionRun(question, where, score, start, reverse)
  })
}

function questionRun(
  question: Question,
  where: Fragment,
  score: number,
  from: Position | null,
  reverse: boolean,
): ReadRun {
  const { ids } = question
  const matching = question.terms.length === 0 ? '' : questionOfScore(question, score)
  // Ids that begin as asked are found by no word, and are as good as every word spelt out.
  const byRow = ids !== null && score === 0
  const number = raw(byRow ? 'u.number' : 'w.rowid')
  const conditions = byRow
    ? [sql`(${ids} OR u.number IN (SELECT rowid FROM user_words WHERE user_words MATCH ${matching}))`]
    : [sql`w.user_words MATCH ${matching}`, ...(ids ? [sql`NOT ${ids}`] : [])]
  const range = from ? [sql`${number} ${raw(reverse ? '<' : '>')} ${from.tie}`] : []
  return {
    kind: 'read',
    source: raw(byRow ? 'users u NOT INDEXED' : 'user_words w CROSS JOIN users u ON u.number = w.rowid'),
    where: and([...conditions, ...range, where]),
    orderBy: sql`${number} ${raw(reverse ? 'DESC' : 'ASC')}`,
    number,
    sorts: false,
    score,
  }
}

// Users whose terms come to a score, and not to a lower one.
function questionOfScore({ terms }: Question, score: number): string {
  const ranked = terms.slice(0, RANKED_TERMS)
  const others = terms.slice(RANKED_TERMS).map(() => FARTHEST)
  const upTo = (sum: number) =>
    sums(ranked.length, sum)
      .map((classes) => `(${questionUpTo(terms, [...classes, ...others])})`)
      .join(' OR ')
  return score === 0 ? upTo(0) : `(${upTo(score)}) NOT (${upTo(score - 1)})`
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

// The scores from a position on.
function scoresFrom(scores: readonly number[], from: Position | null, reverse: boolean): readonly number[] {
  const at = from === null ? null : Number(from.keys[0])
  const wanted = scores.filter((score) => at === null || (reverse ? score <= at : score >= at))
  return reverse ? wanted.toReversed() : wanted
}

// A question is made only when those before it have not filled the page.
function* lazily<T, R extends Run>(all: readonly T[], make: (one: T) => R): Iterable<R> {
  for (const one of all) yield make(one)
}
