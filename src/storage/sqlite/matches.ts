import { sql, type Fragment } from '../sql/fragment.ts'
import type { Candidates } from './candidates.ts'
import { counter } from './counters.ts'
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
  const row = reader.database.first(sql`SELECT json_group_array(number) FROM (
    SELECT number FROM ${sourceOf(best)} WHERE ${best.isExact ? sql`1` : selection.where} ORDER BY number)`)
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

/** The candidates that are fewest, where any are at most so many and not everybody. */
export function fewest(reader: Reader, candidates: readonly Candidates[], most: number): Candidates | undefined {
  const users = userCount(reader)
  let best: { readonly candidates: Candidates; readonly estimate: number } | undefined
  for (const one of candidates) {
    const limit = best ? best.estimate - 1 : Math.min(most, users - 1)
    if (limit < 1) break
    const estimate = estimateOf(reader, one.numbers, limit, users)
    if (estimate <= limit) best = { candidates: one, estimate }
  }
  return best?.candidates
}

/** Commits after which an estimate is made again. */
const ESTIMATE_COMMITS = 100

// How many there are, counted up to `most + 1`; remembered until the directory may have changed much.
function estimateOf({ database, estimates }: Reader, numbers: Fragment, most: number, users: number): number {
  const key = keyOf(numbers)
  const revision = counter(database, 'revision')
  const known = estimates.get(key)
  const isFresh =
    known && revision - known.revision <= ESTIMATE_COMMITS && Math.abs(users - known.users) * 10 <= known.users
  if (isFresh && (known.estimate <= known.most || known.most >= most)) return known.estimate
  const row = database.first(sql`SELECT count(*) FROM (SELECT 1 FROM (${numbers}) ${limit(most + 1)})`)
  const estimate = Number(row?.[0])
  estimates.set(key, { estimate, most, users, revision })
  return estimate
}
