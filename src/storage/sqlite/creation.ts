import type { Position } from '../../core/query.ts'
import { conjuncts, isConstant, isLive, type Condition } from '../sql/condition.ts'
import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import { blockAfter } from './blocks.ts'
import { counter } from './counters.ts'
import { assertCheap, DEAR, inTime, isLarge } from './dear.ts'
import { fewest, sourceOf } from './matches.ts'
import { userCount, type Reader } from './reader.ts'
import type { ReadRun, Run } from './run.ts'
import type { Selection } from './selection.ts'

/** Users looked at one after another, in multiples of what may be gathered, before another way is tried. */
const PATIENCE = 2
/** Candidates beyond this part of all users are no better than all users. */
const CANDIDATES_SHARE = 1 / 4

/** A selection in creation order, which is the order of rows and of what full-text tables find. */
export function creationRuns(
  reader: Reader,
  selection: Selection,
  from: Position | null,
  reverse: boolean,
  gatherMax: number,
): Iterable<Run> {
  const { where, candidates } = selection
  const start = from === null ? null : Number(from.tie)
  const narrow = narrowIndex(selection.condition)
  if (narrow !== null) {
    const run = inOrder(raw(`users u INDEXED BY ${narrow}`), raw('u.number'), where, start, reverse)
    const isLeaping = narrow === 'users_live' && start === null && !reverse
    return [isLeaping ? { ...run, leap: (skip) => leap(reader, run, skip) } : run]
  }
  const question = candidates.find((one) => one.question !== null)?.question
  if (question) {
    const asked = and([sql`t.user_trigrams MATCH ${question}`, ...inTime(reader, 't.rowid'), where])
    const source = raw('user_trigrams t CROSS JOIN users u ON u.number = t.rowid')
    return nearFirst(reader, inOrder(source, raw('t.rowid'), asked, start, reverse), start, reverse)
  }
  return patientRuns(reader, selection, start, reverse, gatherMax * PATIENCE)
}

/** The index that has live users in creation order and all that is asked of them; null where there is none. */
export function narrowIndex(condition: Condition): 'users_live' | 'users_customer' | null {
  const all = conjuncts(condition)
  const others = all.filter((one) => !isLive(one))
  const [only] = others
  if (others.length === all.length || others.length > 1) return null
  if (!only) return 'users_live'
  const isCustomer = only.kind === 'atom' && !only.negated && only.atom.kind === 'compare'
  return isCustomer && only.atom.field === 'customerId' && only.atom.op === 'eq' && typeof only.atom.value === 'number'
    ? 'users_customer'
    : null
}

// Row by row, most often, fills a page soon. Where those wanted stand close together far away, it does not.
function* patientRuns(
  reader: Reader,
  selection: Selection,
  start: number | null,
  reverse: boolean,
  patience: number,
): Iterable<Run> {
  const rows = raw('users u NOT INDEXED')
  const number = raw('u.number')
  const { candidates } = selection
  const where = and([...inTime(reader, 'u.number'), selection.where])
  if (candidates.length === 0 && (!isLarge(reader) || isConstant(selection.condition))) {
    yield inOrder(rows, number, where, start, reverse)
    return
  }
  const first = start ?? (reverse ? counter(reader.database, 'number') + 1 : 0)
  const looks = isLarge(reader) ? Math.min(patience, affordable(reader, where)) : patience
  const end = first + (reverse ? -looks : looks)
  const near = sql`u.number ${raw(reverse ? '>=' : '<=')} ${end}`
  yield inOrder(rows, number, and([near, where]), start, reverse)
  // Whoever is not near enough may be anywhere.
  assertCheap(reader, userCount(reader))
  const best = fewest(reader, candidates, Math.ceil(userCount(reader) * CANDIDATES_SHARE))
  if (!best) yield inOrder(rows, number, and([where]), end, reverse)
  else {
    const { candidates: few } = best
    yield { ...inOrder(sourceOf(few), raw('number'), few.isExact ? raw('1') : where, end, reverse), sorts: true }
  }
}

// Where looking is restricted, those near the start are looked at and nobody else.
function* nearFirst(reader: Reader, run: ReadRun, start: number | null, reverse: boolean): Iterable<Run> {
  if (!isLarge(reader)) {
    yield run
    return
  }
  const first = start ?? (reverse ? counter(reader.database, 'number') + 1 : 0)
  const end = first + (reverse ? -reader.looksMax : reader.looksMax)
  yield { ...run, where: and([sql`${run.number} ${raw(reverse ? '>=' : '<=')} ${end}`, run.where]) }
  throw DEAR
}

/** To look at the values of a user takes longer than to look at a column. */
const VALUES_FACTOR = 8

function affordable({ looksMax }: Reader, where: Fragment): number {
  return where.text.includes('u.value_keys') ? Math.ceil(looksMax / VALUES_FACTOR) : looksMax
}

function inOrder(source: Fragment, number: Fragment, where: Fragment, start: number | null, reverse: boolean): ReadRun {
  const range = start === null ? [] : [sql`${number} ${raw(reverse ? '<' : '>')} ${start}`]
  const orderBy = sql`${number} ${raw(reverse ? 'DESC' : 'ASC')}`
  return { kind: 'read', source, where: and([...range, where]), orderBy, number, sorts: false, score: null }
}

// Live users are counted block by block: nobody has to step over all of them.
function leap({ database }: Reader, run: ReadRun, skip: number): { readonly run: ReadRun; readonly skip: number } {
  const block = blockAfter(database, skip)
  return { run: { ...run, where: and([sql`u.number >= ${block.first}`, run.where]) }, skip: skip - block.before }
}
