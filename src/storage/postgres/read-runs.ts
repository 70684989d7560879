import type { Position } from '../../core/query.ts'
import { join, raw, sql, type Fragment } from '../sql/fragment.ts'
import { positionFrom, type Order } from './order.ts'
import type { Reading } from './reader.ts'
import type { GroupRun, ListRun, ReadRun, Rows, Runs } from './run.ts'

/** A user and where it stands. */
export interface Found {
  readonly number: number
  readonly position: Position
}

/** The users of stretches read one after another: at most so many, after skipping so many. */
export async function readRuns(
  reading: Reading,
  order: Order,
  runs: Runs,
  most: number,
  offset: number,
): Promise<Found[]> {
  const run: Progress = { reading, order, most, skip: offset, found: [] }
  await read(run, runs)
  return run.found
}

interface Progress {
  readonly reading: Reading
  readonly order: Order
  readonly most: number
  /** How many are still to be skipped. */
  skip: number
  readonly found: Found[]
}

async function read(progress: Progress, runs: Runs): Promise<void> {
  for await (const run of runs) {
    if (run.kind === 'list') readList(progress, run)
    else if (run.kind === 'read') await readStatement(progress, run)
    else if (!(await isSkipped(progress, run))) await read(progress, run.runs())
    if (progress.found.length >= progress.most) return
  }
}

function readList(progress: Progress, run: ListRun): void {
  const { skip, most, found } = progress
  const end = Math.min(run.numbers.length, skip + most - found.length)
  // In the order of a sort there are no lists: their users are sorted by a statement.
  for (let at = skip; at < end; at++) found.push(foundAt(run, at))
  progress.skip = Math.max(0, skip - run.numbers.length)
}

/** The user at a place of a list. */
export function foundAt({ numbers, scores }: ListRun, at: number): Found {
  const number = numbers[at] ?? 0
  return { number, position: { keys: scores ? [scores[at] ?? 0] : [], tie: number } }
}

async function readStatement(progress: Progress, run: ReadRun): Promise<void> {
  if (progress.skip > 0 && run.sorts && (await isSkipped(progress, run))) return
  const { reading, most, found, skip, order } = progress
  const rows = await reading.asking.rows(ordered(order, run, most - found.length, skip))
  for (const [number, ...values] of rows) {
    const position = run.score === null ? positionFrom(order, values as (string | number | null)[]) : null
    found.push({
      number: Number(number),
      position: position ?? { keys: [run.score ?? 0], tie: Number(number) },
    })
  }
  if (rows.length > 0 || skip === 0) progress.skip = 0
  else await isSkipped(progress, run)
}

/**
 * The users of a run in order, at most so many after skipping so many: their numbers as `n`, then the values of their keys and
 * their tie as `k0` and so on.
 */
export function ordered(order: Order, run: ReadRun, most: number, skip: number): Fragment {
  const columns = join(
    [raw('u.number AS n'), ...keyColumns(order).map(({ expression }, at) => sql`${expression} AS ${raw(`k${at}`)}`)],
    ', ',
  )
  const select = ({ source, where, orderBy }: Rows) =>
    sql`SELECT ${columns} FROM ${source} WHERE ${where} ORDER BY ${orderBy}`
  const end = sql`LIMIT ${raw(String(most))}${skip > 0 ? sql` OFFSET ${skip}` : raw('')}`
  if (!run.beside) return sql`${select(run)} ${end}`
  const { rows, orderBy } = run.beside
  // Each by its own index, no farther than all of them are read together.
  const enough = skip > 0 ? sql`LIMIT ${skip + most}` : end
  return sql`SELECT * FROM ((${select(run)} ${enough}) UNION ALL (${select(rows)} ${enough})) s ORDER BY ${orderBy} ${end}`
}

/** The keys of an order and its tie. */
export function keyColumns(order: Order): readonly Order['tie'][] {
  return [...order.keys, order.tie]
}

// Skips a whole stretch when all of it is to be skipped, by counting it.
async function isSkipped(progress: Progress, run: ReadRun | GroupRun): Promise<boolean> {
  const { reading, skip } = progress
  if (skip === 0) return false
  const all = run.kind === 'read' && run.beside ? [run, run.beside.rows] : [run]
  const each = all.map(({ source, where }) => sql`SELECT 1 FROM ${source} WHERE ${where}`)
  const row = await reading.asking.first(sql`SELECT count(*) FROM (${join(each, ' UNION ALL ')} LIMIT ${skip + 1}) a`)
  const count = Number(row?.[0])
  if (count > skip) return false
  progress.skip -= count
  return true
}
