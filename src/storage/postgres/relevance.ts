import type { Position } from '../../core/query.ts'
import { RANKED_TERMS } from '../../core/search.ts'
import { LIVE_ROW } from './compile.ts'
import { and, join, or, raw, sql, type Fragment } from '../sql/fragment.ts'
import { orderOf } from './order.ts'
import type { Plan } from './plan.ts'
import { keyOf, type Ranking, type Reading } from './reader.ts'
import type { ListRun, ReadRun } from './run.ts'
import { FARTHEST, foundBy, hasAllWords, hasAnyWord, hasWords, type Question } from './search-question.ts'
import type { Selection } from './selection.ts'

/** How a selection is read in the order of relevance: by score, then by number. */
export async function relevancePlan(reading: Reading, selection: Selection, question: Question): Promise<Plan> {
  const order = orderOf([], reading.heading.long)
  const ranking = await rankingOf(reading, selection, question)
  if (!ranking) {
    return { order, total: null, runs: (from, reverse) => questionRuns(question, selection, from, reverse) }
  }
  return { order, total: ranking.numbers.length, runs: (from, reverse) => [rankedRun(ranking, from, reverse)] }
}

// --- not too many users: all are scored, and remembered until a commit

async function rankingOf(reading: Reading, selection: Selection, question: Question): Promise<Ranking | undefined> {
  const { reader, asking, heading } = reading
  const { revision } = heading
  const { scoredMax } = reader.limits
  // Two questions may find the same users and differ in who of them is nearer.
  const key = keyOf(sql`${selection.where} ${question.ids ?? raw('')} ${JSON.stringify(question.terms)}`)
  const known = reader.rankings.get(key)
  if (known?.revision === revision) return known.ranking
  const some = await asking.first(
    sql`SELECT count(*) FROM (SELECT 1 FROM (${foundBy(question)}) f LIMIT ${scoredMax + 1}) a`,
  )
  if (Number(some?.[0]) > scoredMax) {
    reader.rankings.set(key, { revision, ranking: undefined })
    return undefined
  }
  const rows = await asking.rows(scoresOf(selection, question))
  const ranking = rank(rows.map(([score, numbers]) => [Number(score), JSON.parse(String(numbers)) as number[]]))
  reader.rankings.set(key, { revision, ranking })
  return ranking
}

function rank(groups: readonly (readonly [number, readonly number[]])[]): Ranking {
  return {
    numbers: groups.flatMap(([, numbers]) => numbers),
    scores: groups.flatMap(([score, numbers]) => numbers.map(() => score)),
  }
}

// Words are looked up set by set: to look at all marks of each user would cost far more. A term alone has a score for each
// set; of several, each user has the sum over the terms of the nearest sets it is in.
function scoresOf({ where }: Selection, question: Question): Fragment {
  const ranked = question.terms.slice(0, RANKED_TERMS)
  // That a user is not deleted is known with its marks.
  const isLive = where.text === LIVE_ROW.text
  const live = isLive ? [raw('m.live')] : []
  const others = question.terms.slice(RANKED_TERMS).map((term) => hasWords(term, FARTHEST))
  const members = ranked.flatMap((term, index) =>
    term.flatMap((numbers, distance) => {
      if (numbers.length === 0) return []
      const rest = ranked.filter((_, at) => at !== index).map((other) => hasWords(other, FARTHEST))
      const has = and([hasAnyWord(numbers), ...rest, ...others, ...live])
      return [
        sql`SELECT m.number, ${raw(String(index))} AS term, ${raw(String(distance))} AS distance
        FROM user_marks m WHERE ${has}`,
      ]
    }),
  )
  const byWords =
    members.length === 0
      ? raw('SELECT 0::bigint AS number, 0::bigint AS score WHERE FALSE')
      : sql`SELECT number, sum(distance) AS score FROM (
          SELECT number, term, min(distance) AS distance FROM (${join(members, ' UNION ALL ')}) a GROUP BY number, term) b
        GROUP BY number`
  const all = question.ids
    ? sql`SELECT number, min(score) AS score FROM (
        ${byWords} UNION ALL SELECT u.number, 0 FROM users u WHERE ${question.ids}) c GROUP BY number`
    : byWords
  const users = isLive && !question.ids ? raw('') : sql`JOIN users u ON u.number = s.number WHERE ${where}`
  return sql`SELECT s.score, json_agg(s.number ORDER BY s.number) FROM (${all}) s ${users}
    GROUP BY s.score ORDER BY s.score`
}

function rankedRun({ numbers, scores }: Ranking, from: Position | null, reverse: boolean): ListRun {
  if (from === null) {
    return reverse
      ? { kind: 'list', numbers: numbers.toReversed(), scores: scores.toReversed() }
      : { kind: 'list', numbers, scores }
  }
  const [score, tie] = [Number(from.keys[0]), Number(from.tie)]
  let [low, high] = [0, numbers.length]
  const isBefore = (at: number) => {
    const own = scores[at] ?? 0
    return own < score || (own === score && (reverse ? (numbers[at] ?? 0) < tie : (numbers[at] ?? 0) <= tie))
  }
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return reverse
    ? { kind: 'list', numbers: numbers.slice(0, low).reverse(), scores: scores.slice(0, low).reverse() }
    : { kind: 'list', numbers: numbers.slice(low), scores: scores.slice(low) }
}

// --- many users: a question for each score

function* questionRuns(
  question: Question,
  { where }: Selection,
  from: Position | null,
  reverse: boolean,
): Iterable<ReadRun> {
  const ranked = Math.min(question.terms.length, RANKED_TERMS)
  const at = from === null ? null : Number(from.keys[0])
  const scores = Array.from({ length: ranked * FARTHEST + 1 }, (_, score) => score)
  const wanted = scores.filter((score) => at === null || (reverse ? score <= at : score >= at))
  for (const score of reverse ? wanted.reverse() : wanted) {
    yield questionRun(question, where, score, from !== null && at === score ? from : null, reverse)
  }
}

function questionRun(
  question: Question,
  where: Fragment,
  score: number,
  from: Position | null,
  reverse: boolean,
): ReadRun {
  const { ids } = question
  // Ids that begin as asked are as good as every word spelt out.
  const words = ofScore(question, score)
  const has = ids === null ? words : score === 0 ? or([ids, words]) : and([words, sql`NOT ${ids}`])
  const range = from ? [sql`u.number ${raw(reverse ? '<' : '>')} ${Number(from.tie)}`] : []
  return {
    kind: 'read',
    source: raw('user_marks m JOIN users u ON u.number = m.number'),
    where: and([has, ...range, where]),
    orderBy: sql`u.number ${raw(reverse ? 'DESC' : 'ASC')}`,
    sorts: false,
    score,
  }
}

// Users whose terms come to a score, and not to a lower one.
function ofScore({ terms }: Question, score: number): Fragment {
  const ranked = terms.slice(0, RANKED_TERMS)
  const others = terms.slice(RANKED_TERMS).map(() => FARTHEST)
  const upTo = (sum: number) =>
    or(sums(ranked.length, sum).map((classes) => hasAllWords(terms, [...classes, ...others])))
  return score === 0 ? upTo(0) : and([upTo(score), sql`NOT ${upTo(score - 1)}`])
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
