import { numberText, countText } from '../../text/count.ts'
import { Progress } from '../../work/progress.tsx'
import type { BulkRun } from './use-bulk-run.ts'

/** How far a change of many users is. */
export function BulkProgress({ run }: { readonly run: BulkRun }) {
  const total = Math.max(run.total, run.done)
  return (
    <>
      <Progress
        label="Users changed"
        share={total === 0 ? null : run.done / total}
        done={`${numberText(run.done)} of ${countText(total)}`}
        pace={run.pace}
        unit="user"
        standing={run.standing}
        isEnding={run.isEnding}
      />
      {run.counts.refused > 0 && <p>{countText(run.counts.refused)} refused so far.</p>}
    </>
  )
}
