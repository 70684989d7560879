import type { Client, ImportBatch, ImportResult } from '@rollcall/sdk'
import { Ended, type Course } from '../../work/course.ts'
import { memberAt } from './rules.ts'
import type { SourceRow } from './reading/source-row.ts'

/** What became of one row of the file. */
export interface RowOutcome {
  readonly row: SourceRow
  readonly outcome: ImportResult['outcome']
  /** Why it was refused, and for which column where it is one. */
  readonly reason?: string
  readonly column?: string
}

/** What an import works with. */
export interface ImportParts {
  readonly rows: AsyncIterable<SourceRow>
  /** What is the same for every row of the file. */
  readonly rules: Omit<ImportBatch, 'rows'>
  readonly write: Client['imports']['write']
  readonly course: Course
  /** Rows up to this line were written before and are passed over. */
  readonly afterLine?: number
  /** Told of the rows of each batch, batch after batch in the order of the file. */
  readonly onOutcomes: (outcomes: readonly RowOutcome[]) => void
}

const BATCH_ROWS = 500
/** Characters of a batch; the server takes 16 MiB. */
const BATCH_LENGTH = 2 * 1024 * 1024
const IN_FLIGHT_MAX = 2

interface Batch {
  readonly rows: readonly SourceRow[]
  readonly names: ReadonlySet<string>
  /** Whether an earlier run may have written it without hearing so. */
  readonly mayBeDone: boolean
}

/**
 * Writes the rows of a file batch by batch, two at a time but never two that name the same user: what comes later in the file
 * is written later. Says whether it went to the end; where the course is ended, what was written stays. Throws the fault that
 * stops it.
 */
export async function importRows(parts: ImportParts): Promise<'done' | 'ended'> {
  const { course, onOutcomes } = parts
  let inFlight: { readonly batch: Batch; readonly outcomes: Promise<readonly RowOutcome[]> }[] = []
  const settle = async () => {
    const [first] = inFlight
    if (first === undefined) return
    onOutcomes(await first.outcomes)
    inFlight = inFlight.slice(1)
  }
  try {
    for await (const batch of batchesOf(parts)) {
      await course.ready()
      while (inFlight.length >= IN_FLIGHT_MAX || inFlight.some((other) => haveCommon(other.batch.names, batch.names)))
        await settle()
      const outcomes = written(batch, parts)
      // Whoever waits for it sees its failure; until then nobody does.
      outcomes.catch(() => undefined)
      inFlight.push({ batch, outcomes })
    }
    while (inFlight.length > 0) await settle()
    return 'done'
  } catch (error) {
    // What is under way ends in one way or another. Only what is whole up to a line is told, so that one can go on after it.
    course.end()
    for (const { outcomes } of inFlight) {
      const told = await outcomes.catch(() => undefined)
      if (told === undefined) break
      onOutcomes(told)
    }
    if (error instanceof Ended) return 'ended'
    throw error
  }
}

async function* batchesOf({ rows, rules, afterLine = 0 }: ImportParts): AsyncGenerator<Batch> {
  const nameOf = namesBy(rules)
  let batch: SourceRow[] = []
  let names = new Set<string>()
  let length = 0
  let taken = 0
  const next = (): Batch => {
    const mayBeDone = afterLine > 0 && taken < BATCH_ROWS * IN_FLIGHT_MAX
    taken += batch.length
    return { rows: batch, names, mayBeDone }
  }
  for await (const row of rows) {
    if (row.line <= afterLine) continue
    batch.push(row)
    const name = nameOf(row)
    if (name !== undefined) names.add(name)
    length += lengthOf(row)
    if (batch.length < BATCH_ROWS && length < BATCH_LENGTH) continue
    yield next()
    batch = []
    names = new Set()
    length = 0
  }
  if (batch.length > 0) yield next()
}

function haveCommon(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...some].some((name) => others.has(name))
}

function lengthOf({ original }: SourceRow): number {
  return typeof original === 'string' ? original.length : original.reduce((sum, cell) => sum + cell.length, 0)
}

// What says who a row is about, as far as the columns tell: enough to keep rows of one user in their order.
function namesBy({ format, columns = [], mapping = {}, match }: ImportParts['rules']) {
  const fields: readonly (string | null)[] = match === null ? [] : [match, ...(match === 'identifier' ? ['email'] : [])]
  const named = columns.flatMap((column, index) =>
    fields.includes(mapping[column] ?? null) ? [{ column, index }] : [],
  )
  return ({ values }: SourceRow): string | undefined => {
    for (const { column, index } of named) {
      const value = format === 'csv' ? (values as readonly string[])[index] : memberAt(values, column)
      if (typeof value === 'string' && value.trim() !== '') return value.trim().normalize('NFKD').toLowerCase()
    }
    return undefined
  }
}

const TAKEN = / in use\b/
const NOTHING = { results: [], isResent: false } as const
const MAY_BE_WRITTEN = 'This row may have been written before the connection was lost'

// A row that finds what it wrote itself is told as it is; one that makes a new user finds its own values taken.
async function written(
  { rows, mayBeDone }: Batch,
  { rules, write, course }: ImportParts,
): Promise<readonly RowOutcome[]> {
  const sent = rows.filter(({ fault }) => fault === undefined)
  const { columns: _, ...withoutColumns } = rules
  const asked = rules.format === 'csv' ? rules : withoutColumns
  const batch = { ...asked, rows: sent.map(({ line, values }) => ({ line, values })) }
  const ask = async (isResent: boolean) => ({ results: (await write(batch)).results, isResent })
  const { results, isResent } = sent.length === 0 ? NOTHING : await course.patiently(ask)
  const nameOf = namesBy(rules)
  const isOwn = (row: SourceRow, reason: string) =>
    (isResent || mayBeDone) && !rules.dryRun && nameOf(row) === undefined && TAKEN.test(reason)
  let next = 0
  return rows.map((row) => {
    if (row.fault !== undefined) return { row, outcome: 'refused', reason: row.fault }
    const result = results[next++]
    if (result === undefined) return { row, outcome: 'refused', reason: 'The server said nothing about it.' }
    const { outcome, column } = result
    const reason =
      result.reason !== undefined && isOwn(row, result.reason) ? `${MAY_BE_WRITTEN}: ${result.reason}` : result.reason
    return { row, outcome, ...(reason === undefined ? {} : { reason }), ...(column === undefined ? {} : { column }) }
  })
}
