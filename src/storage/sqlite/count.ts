import { splitField } from '../../core/field.ts'
import { isConstant, isDeletedQuestion, type Condition } from '../sql/condition.ts'
import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import { COLUMNS, type ColumnField } from '../sql/columns.ts'
import { counter } from './counters.ts'
import { assertCheap, inTime, isLarge } from './dear.ts'
import { estimateOf, fewest, sourceOf } from './matches.ts'
import { keyOf, userCount, type Reader } from './reader.ts'
import type { Selection } from './selection.ts'

/** Candidates are looked at one by one up to this part of all users; beyond it, everybody is. */
const CANDIDATES_SHARE = 1 / 8

/** Columns by which users are counted as they are written. */
const COUNTED: ReadonlySet<string> = new Set(['customerId', 'status', 'userType', 'live'])

/** How many users of a selection there are, exactly — of those a search finds, where there is one. Remembered until the next commit. */
export function countOf(reader: Reader, selection: Selection, found: Fragment | null): number {
  const { database, totals } = reader
  const { condition, where } = selection
  if (isConstant(condition) && condition.kind === 'or') return 0
  if (!found && isConstant(condition)) return userCount(reader)
  if (!found && where.text === 'u.live = 1') return counter(database, 'live')
  const revision = counter(database, 'revision')
  const key = keyOf(found ? sql`${found} ${where}` : where)
  const known = totals.get(key)
  if (known?.revision === revision) return known.total
  const query = found ? countFound(reader, selection, found) : countQuery(reader, selection)
  const total = Number(database.first(query)?.[0])
  totals.set(key, { revision, total })
  return total
}

/** How many users of a selection there are at least, as far as that is known without looking at many of them. */
export function countedAtOnce(reader: Reader, { condition, where, candidates, isSearched }: Selection): number {
  const exact = candidates.find(({ isExact, scans }) => isExact && !scans)
  const estimate = exact ? estimateOf(reader, exact, reader.looksMax) : 0
  if (estimate > 0 && estimate <= reader.looksMax) return estimate
  if (isSearched || ![...fieldsOf(condition)].every((field) => COUNTED.has(field))) return estimate
  return isConstant(condition) ? userCount(reader) : Number(reader.database.first(countWritten(where))?.[0])
}

// What is counted with every commit.
function countWritten(where: Fragment): Fragment {
  return sql`SELECT coalesce(sum(u.users), 0) FROM user_counts u WHERE ${where}`
}

function countFound(reader: Reader, { condition, where }: Selection, found: Fragment): Fragment {
  assertCheap(reader, userCount(reader))
  if (isConstant(condition)) return sql`SELECT count(*) FROM (${found})`
  return sql`SELECT count(*) FROM (${found}) c CROSS JOIN users u ON u.number = c.number
    WHERE ${timed(reader, where)}`
}

function countQuery(reader: Reader, { condition, where, candidates }: Selection): Fragment {
  const fields = fieldsOf(condition)
  if ([...fields].every((field) => COUNTED.has(field))) {
    return countWritten(where)
  }
  const exact = candidates.find(({ isExact }) => isExact)
  if (exact) {
    if (isLarge(reader)) assertCheap(reader, estimateOf(reader, exact, reader.looksMax))
    return sql`SELECT count(*) FROM (${exact.numbers})`
  }
  const most = Math.ceil(userCount(reader) * CANDIDATES_SHARE)
  const best = fewest(reader, candidates, isLarge(reader) ? Math.min(most, reader.looksMax) : most)
  if (best) return sql`SELECT count(*) FROM ${sourceOf(best.candidates)} WHERE ${timed(reader, where)}`
  assertCheap(reader, userCount(reader))
  const index = coveringIndex(fields)
  return sql`SELECT count(*) FROM users u ${raw(index === null ? 'NOT INDEXED' : `INDEXED BY ${index}`)}
    WHERE ${timed(reader, where)}`
}

function timed(reader: Reader, where: Fragment): Fragment {
  return and([...inTime(reader, 'u.number'), where])
}

// The index in which all columns stand that the condition asks about: one column, the id, and whether it is live.
function coveringIndex(fields: ReadonlySet<string>): string | null {
  const others = [...fields].filter((field) => field !== 'id' && field !== 'live')
  const [only] = others
  if (only === undefined || others.length > 1 || !Object.hasOwn(COLUMNS, only)) return null
  return COLUMNS[only as ColumnField].index
}

// The fields asked about; a question for deleted users alone is about `live`.
function fieldsOf(condition: Condition): ReadonlySet<string> {
  if (condition.kind !== 'atom') return new Set(condition.of.flatMap((one) => [...fieldsOf(one)]))
  const { atom } = condition
  if (atom.kind === 'subtree') return new Set(['customerId'])
  return new Set([isDeletedQuestion(atom) ? 'live' : splitField(atom.field).name])
}
