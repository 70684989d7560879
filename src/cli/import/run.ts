import { matchValue } from '../../core/foresight.ts'
import { fold } from '../../core/text.ts'
import type { RowOutcome } from '../../dialects/rollcall/import/outcome.ts'
import { rowDraft, type DraftRules, type RowDraft } from '../../dialects/rollcall/import/user-draft.ts'
import type { OpenedRows } from './rows.ts'
import type { RefusableRow, Refusals } from './refusals.ts'
import type { ImportTarget } from './target.ts'

/** What an import did. */
export interface ImportCounts {
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
}

/** Why an import ended before its file did, with what is known of the rows until then. */
export class BrokenImport extends Error {
  override readonly name = 'BrokenImport'
  /** Of the rows that are done for sure. */
  readonly counts: ImportCounts
  /** The line of the first row of which that is not known; null where there was none any more. */
  readonly nextLine: number | null

  constructor(cause: unknown, counts: ImportCounts, nextLine: number | null) {
    super('The import broke off.', { cause })
    this.counts = counts
    this.nextLine = nextLine
  }
}

export interface ImportParts {
  readonly rows: OpenedRows
  readonly rules: DraftRules
  readonly target: ImportTarget
  readonly refusals: Refusals
  readonly progress: (bytes: number, rows: number) => void
  /** Ends the import after the batch that is being written. */
  readonly signal: AbortSignal
}

/** Users written at once. */
const BATCH_SIZE = 1000

/** A row and what it says. */
interface Drafted {
  readonly row: RefusableRow
  readonly said: RowDraft
}

/** A batch that is being written. */
interface UnderWay {
  readonly rows: readonly Drafted[]
  /** What its users are matched by. */
  readonly keys: ReadonlySet<string>
  readonly outcomes: Promise<readonly RowOutcome[]>
}

/**
 * Writes the rows of a file batch by batch; every one of them ends in a count, refused ones also with the refusals. A batch
 * may begin before the one before it is over, unless they have a user in common. Throws BrokenImport for whatever ends it early.
 */
export async function importRows(parts: ImportParts): Promise<ImportCounts> {
  const { rows, rules, target, refusals, progress, signal } = parts
  const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0 }
  const count = async (row: RefusableRow, outcome: RowOutcome) => {
    counts.rows += 1
    counts[outcome.outcome] += 1
    if (outcome.outcome === 'refused') await refusals.add(row, outcome.reason)
  }
  let batch: Drafted[] = []
  let underWay: readonly UnderWay[] = []
  // The row that was to be counted next where that failed.
  let stopped: RefusableRow | undefined
  const settleFirst = async () => {
    const [first, ...others] = underWay
    if (!first) return
    const before = counts.rows
    try {
      await settle(first, count)
    } catch (error) {
      stopped = first.rows[counts.rows - before]?.row
      throw error
    }
    underWay = others
    progress(rows.read(), counts.rows)
  }
  const flush = async () => {
    const next = { rows: batch, keys: keysOf(batch, rules) }
    batch = []
    while (underWay.length >= target.ahead || underWay.some((one) => haveCommon(one.keys, next.keys)))
      await settleFirst()
    underWay = [...underWay, begun(next, target)]
  }
  // A pipe may have nothing more to say for a long time. The row it is closed in may be half of one.
  signal.addEventListener('abort', rows.close)
  try {
    for await (const row of rows.rows) {
      if (signal.aborted) break
      // The cells are of no use any more: a thousand maps of them would be kept for nothing.
      batch.push({ row: { line: row.line, original: row.original }, said: rowDraft(row, rules) })
      if (batch.length === BATCH_SIZE) await flush()
    }
    if (!signal.aborted) await flush()
    while (underWay.length > 0) await settleFirst()
    return counts
  } catch (error) {
    // Where it was the file, what has been given to the target may be written all the same.
    while (stopped === undefined && underWay.length > 0) await settleFirst().catch(() => undefined)
    throw new BrokenImport(error, counts, (stopped ?? batch[0]?.row)?.line ?? null)
  } finally {
    await Promise.allSettled(underWay.map(({ outcomes }) => outcomes))
  }
}

function haveCommon(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const key of some) if (others.has(key)) return true
  return false
}

function keysOf(rows: readonly Drafted[], { match }: DraftRules): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { said } of rows) {
    const value = match !== null && 'draft' in said ? matchValue({ op: 'upsert', match, user: said.draft }) : undefined
    if (value !== undefined) keys.add(fold(value))
  }
  return keys
}

function begun(batch: Omit<UnderWay, 'outcomes'>, target: ImportTarget): UnderWay {
  const writable = batch.rows.flatMap(({ said }) => ('draft' in said ? [said.draft] : []))
  const outcomes = writable.length === 0 ? Promise.resolve([]) : target.write(writable)
  // Looked at in turn; until then it is nobody's failure.
  outcomes.catch(() => undefined)
  return { ...batch, outcomes }
}

async function settle(
  batch: UnderWay,
  count: (row: RefusableRow, outcome: RowOutcome) => Promise<void>,
): Promise<void> {
  const outcomes = await batch.outcomes
  let next = 0
  for (const { row, said } of batch.rows) {
    const outcome = 'draft' in said ? outcomes[next++] : ({ outcome: 'refused', reason: said.reason } as const)
    if (outcome) await count(row, outcome)
  }
}
