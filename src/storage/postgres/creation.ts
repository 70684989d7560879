import type { Position } from '../../core/query.ts'
import { conjuncts, isLive, type Condition } from '../sql/condition.ts'
import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import { fewest } from './matches.ts'
import { namedUsers } from './named.ts'
import { userCount, type Reading } from './reader.ts'
import type { ReadRun, Run, Runs } from './run.ts'
import type { Selection } from './selection.ts'

/** Users looked at one after another, in multiples of what may be gathered, before another way is tried. */
const PATIENCE = 2
/** Candidates beyond this part of all users are no better than all users. */
const CANDIDATES_SHARE = 1 / 4

/** A selection in creation order, which is the order of numbers. */
export function creationRuns(
  reading: Reading,
  selection: Selection,
  from: Position | null,
  reverse: boolean,
  gatherMax: number,
): Runs {
  const { where, condition, candidates } = selection
  const start = from === null ? null : Number(from.tie)
  const rows = raw('users u')
  if (isNarrow(condition)) return [{ ...inOrder(rows, where, start, reverse), isPlain: true }]
  const named = namedUsers(condition)
  if (named) return [inOrder(rows, named, start, reverse)]
  if (candidates.length === 0) return [inOrder(rows, where, start, reverse)]
  return patientRuns(reading, selection, start, reverse, gatherMax * PATIENCE)
}

/** Whether an index has those asked for in creation order: live users, all of them or of one customer. */
export function isNarrow(condition: Condition): boolean {
  const all = conjuncts(condition)
  const others = all.filter((one) => !isLive(one))
  const [only] = others
  if (others.length === all.length || others.length > 1) return false
  if (!only) return true
  const isCustomer = only.kind === 'atom' && !only.negated && only.atom.kind === 'compare'
  return isCustomer && only.atom.field === 'customerId' && only.atom.op === 'eq' && typeof only.atom.value === 'number'
}

// Row by row, most often, fills a page soon. Where those wanted stand close together far away, it does not.
async function* patientRuns(
  reading: Reading,
  { where, candidates }: Selection,
  start: number | null,
  reverse: boolean,
  patience: number,
): AsyncIterable<Run> {
  const rows = raw('users u')
  const first = start ?? (reverse ? reading.heading.number + 1 : 0)
  const end = first + (reverse ? -patience : patience)
  yield inOrder(rows, and([sql`u.number ${raw(reverse ? '>=' : '<=')} ${end}`, where]), start, reverse)
  const best = await fewest(reading, candidates, Math.ceil(userCount(reading.heading) * CANDIDATES_SHARE))
  if (!best) yield inOrder(rows, where, end, reverse)
  else yield { ...inOrder(rows, and([best.where, where]), end, reverse), sorts: true }
}

function inOrder(source: Fragment, where: Fragment, start: number | null, reverse: boolean): ReadRun {
  const range = start === null ? [] : [sql`u.number ${raw(reverse ? '<' : '>')} ${start}`]
  const orderBy = sql`u.number ${raw(reverse ? 'DESC' : 'ASC')}`
  return { kind: 'read', source, where: and([...range, where]), orderBy, sorts: false, score: null }
}
