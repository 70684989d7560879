import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import type { Candidates } from './candidates.ts'
import { counter } from './counters.ts'
import { assertCheap, inTime } from './dear.ts'
import { keyOf, userCount, type Reader } from './reader.ts'
import type { Selection } from './selection.ts'
import { limit } from './limit.ts'

/** Longer lists are not remembered. */
const REMEMBERED_LENGTH = 10_000

/** The numbers of all users of a selection, ascending, where few enough may be among them; remembered until a commit. */
export function fewMatches(reader: Reader, selection: Selection, most: number): readonly number[] | undefined {
  const revision = counter(reader.database, 'revision')
  const key = keyOf(selection.where)
  const known = reader.matches.get(key)
  if (known?.revision === revision && known.numbers.length <= most) return known.numbers
  const best = fewest(reader, selection.candidates, most)
  if (!best) return undefined
  assertCheap(reader, best.estimate)
  const { candidates } = best
  const where = candidates.isExact ? raw('1') : and([...inTime(reader, 'u.number'), selection.where])
  const row = reader.database.first(sql`SELECT json_group_array(number) FROM (
    SELECT number FROM ${sourceOf(candidates)} WHERE ${where} ORDER BY number)`)
  const numbers = JSON.parse(String(row?.[0])) as number[]
  if (numbers.length <= REMEMBERED_LENGTH) reader.matches.set(key, { revision, numbers })
  return numbers
}

/** The candidates as rows to select from: with their rows `u` of `users` unless nothing is left to ask of them. */
export function sourceOf({ numbers, isExact }: Candidates): Fragment {
  return isExact
    ? sql`(${numbers})`
    : sql`(SELECT number AS n FROM (${numbers})) c CROSS JOIN users u ON u.number = c.n`
}

/** Candidates, and about how many they are. */
export interface Counted {
  readonly candidates: Candidates
  readonly estimate: number
}

/** The candidates that are fewest, where any are at most so many and not everybody. */
export function fewest(reader: Reader, candidates: readonly Candidates[], most: number): Counted | undefined {
  const users = userCount(reader)
  let best: Counted | undefined
  for (const one of candidates) {
    const limit = best ? best.estimate - 1 : Math.min(most, users - 1)
    if (limit < 1) break
    // Where looking is restricted, what is known to be few is not compared with what takes long to count.
    if (one.scans && best && best.estimate <= reader.looksMax) continue
    const estimate = estimateOf(reader, one, limit)
    if (estimate <= limit) best = { candidates: one, estimate }
  }
  return best
}

/** Commits after which an estimate is made again. */
const ESTIMATE_COMMITS = 100

/** How many there are, counted up to `most + 1`; remembered until the directory may have changed much. */
export function estimateOf(
  reader: Reader,
  { numbers, scans }: Pick<Candidates, 'numbers' | 'scans'>,
  most: number,
): number {
  const { database, estimates } = reader
  const users = userCount(reader)
  const key = keyOf(numbers)
  const revision = counter(database, 'revision')
  const known = estimates.get(key)
  const isFresh =
    known && revision - known.revision <= ESTIMATE_COMMITS && Math.abs(users - known.users) * 10 <= known.users
  if (isFresh && (known.estimate <= known.most || known.most >= most)) return known.estimate
  if (scans) assertCheap(reader, users)
  const row = database.first(sql`SELECT count(*) FROM (SELECT 1 FROM (${numbers}) ${limit(most + 1)})`)
  const estimate = Number(row?.[0])
  estimates.set(key, { estimate, most, users, revision })
  return estimate
}
