import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import type { Candidates } from './candidates.ts'
import { keyOf, userCount, type Reading } from './reader.ts'
import type { Selection } from './selection.ts'

/** The numbers of all users of a selection, ascending, where few enough may be among them; remembered until a commit. */
export async function fewMatches(
  reading: Reading,
  selection: Selection,
  most: number,
): Promise<readonly number[] | undefined> {
  const { reader, heading } = reading
  const key = keyOf(selection.where)
  const known = reader.matches.get(key)
  if (known?.revision === heading.revision && known.numbers.length <= most) return known.numbers
  const best = await fewest(reading, selection.candidates, most)
  if (!best) return undefined
  const row = await reading.asking.first(
    sql`SELECT json_agg(number ORDER BY number) FROM (${numbersAmong(best, selection)}) a`,
  )
  const numbers = JSON.parse(String(row?.[0] ?? '[]')) as number[]
  reader.matches.set(key, { revision: heading.revision, numbers })
  return numbers
}

/**
 * Like `fewMatches` where nothing is known of how many there are and all must be counted: undefined where they are more,
 * which is remembered too.
 */
export async function allMatches(
  reading: Reading,
  { where }: Selection,
  most: number,
): Promise<readonly number[] | undefined> {
  const { reader, asking, heading } = reading
  const { revision } = heading
  const key = keyOf(where)
  const known = reader.matches.get(key)
  if (known?.revision === revision) return known.numbers.length > most ? undefined : known.numbers
  if (reader.crowds.get(key) === revision) return undefined
  const row = await asking.first(sql`SELECT json_agg(number) FROM (
    SELECT u.number FROM users u WHERE ${where} ORDER BY u.number LIMIT ${raw(String(most + 1))}) a`)
  const numbers = JSON.parse(String(row?.[0] ?? '[]')) as number[]
  if (numbers.length > most) {
    reader.crowds.set(key, revision)
    return undefined
  }
  reader.matches.set(key, { revision, numbers })
  return numbers
}

/** The users of a selection that are among its candidates: `SELECT … AS number …`. */
function numbersAmong({ where }: Candidates, selection: Selection): Fragment {
  return sql`SELECT u.number FROM users u WHERE ${and([where, selection.where])}`
}

/** The candidates that are fewest, where any are at most so many and not everybody. */
export async function fewest(
  reading: Reading,
  candidates: readonly Candidates[],
  most: number,
): Promise<Candidates | undefined> {
  const users = userCount(reading.heading)
  let best: { readonly candidates: Candidates; readonly estimate: number } | undefined
  for (const one of candidates) {
    const limit = best ? best.estimate - 1 : Math.min(most, users - 1)
    if (limit < 1) break
    const estimate = await estimateOf(reading, one.numbers, limit, users)
    if (estimate <= limit) best = { candidates: one, estimate }
  }
  return best?.candidates
}

/** Commits after which an estimate is made again. */
const ESTIMATE_COMMITS = 100

// How many there are, counted up to `most + 1`; remembered until the directory may have changed much.
async function estimateOf(
  { reader, asking, heading }: Reading,
  numbers: Fragment,
  most: number,
  users: number,
): Promise<number> {
  const { estimates } = reader
  const key = keyOf(numbers)
  const { revision } = heading
  const known = estimates.get(key)
  const isFresh =
    known &&
    Math.abs(revision - known.revision) <= ESTIMATE_COMMITS &&
    Math.abs(users - known.users) * 10 <= known.users
  if (isFresh && (known.estimate <= known.most || known.most >= most)) return known.estimate
  const row = await asking.first(sql`SELECT count(*) FROM (${numbers} LIMIT ${raw(String(most + 1))}) a`)
  const estimate = Number(row?.[0])
  estimates.set(key, { estimate, most, users, revision })
  return estimate
}
