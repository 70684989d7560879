import type { RowOutcome } from '../../dialects/rollcall/import/outcome.ts'
import { rowDraft, type DraftRules } from '../../dialects/rollcall/import/user-draft.ts'
import type { OpenedRows } from './rows.ts'
import type { Refusals } from './refusals.ts'
import type { Row } from './row.ts'
import type { ImportTarget } from './target.ts'

/** What an import did. */
export interface ImportCounts {
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
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

/** Writes the rows of a file batch by batch; every one of them ends in a count, refused ones also with the refusals. */
export async function importRows(parts: ImportParts): Promise<ImportCounts> {
  const { rows, rules, target, refusals, progress, signal } = parts
  const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0 }
  const count = async (row: Row, outcome: RowOutcome) => {
    counts.rows += 1
    counts[outcome.outcome] += 1
    if (outcome.outcome === 'refused') await refusals.add(row, outcome.reason)
  }
  let batch: Row[] = []
  const flush = async () => {
    await writeBatch(batch, rules, target, count)
    batch = []
    progress(rows.read(), counts.rows)
  }
  // A pipe may have nothing more to say for a long time. The row it is closed in may be half of one.
  signal.addEventListener('abort', rows.close)
  for await (const row of rows.rows) {
    if (signal.aborted) break
    batch.push(row)
    if (batch.length === BATCH_SIZE) await flush()
  }
  if (!signal.aborted) await flush()
  return counts
}

async function writeBatch(
  batch: readonly Row[],
  rules: DraftRules,
  target: ImportTarget,
  count: (row: Row, outcome: RowOutcome) => Promise<void>,
): Promise<void> {
  const drafts = batch.map((row) => rowDraft(row, rules))
  const writable = drafts.flatMap((one) => ('draft' in one ? [one.draft] : []))
  const outcomes = writable.length === 0 ? [] : await target.write(writable)
  let next = 0
  for (const [index, row] of batch.entries()) {
    const one = drafts[index]
    if (!one) continue
    const outcome = 'draft' in one ? outcomes[next++] : ({ outcome: 'refused', reason: one.reason } as const)
    if (outcome) await count(row, outcome)
  }
}
