import { useState } from 'react'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { countText, numberText } from '../../text/count.ts'
import { LeaveGuard } from '../../work/leave-guard.tsx'
import { BulkOutcome } from './bulk-outcome.tsx'
import { BulkProgress } from './bulk-progress.tsx'
import { BulkQuestion } from './bulk-question.tsx'
import { TITLES, type Change } from './change.ts'
import type { Target } from './change-many.ts'
import { useBulkRun } from './use-bulk-run.ts'

interface BulkDialogProps {
  readonly kind: Change['kind']
  readonly target: Target
  /** Called with whether the users may be gone from the list. */
  readonly onClose: (isSpent: boolean) => void
}

/** Changes many users: what is to be done, who it meets, how far it is, and what became of each. */
export function BulkDialog({ kind, target, onClose }: BulkDialogProps) {
  const [now, setNow] = useState({ kind, target, isUndo: false })
  const { run, change, retry, takeBack } = useBulkRun()
  const [made, setMade] = useState<Change | null>(null)
  const isRunning = run?.state === 'running'
  // All of a list may be others once they were changed, also where taking it back changed nobody.
  const [wasSpent, setWasSpent] = useState(false)
  const mayBeGone = kind === 'delete' || kind === 'restore' || target.kind === 'all'
  const isSpent = wasSpent || (run !== null && run.counts.changed > 0 && mayBeGone)
  const close = () => onClose(isSpent)

  if (run === null) {
    return (
      <BulkQuestion
        kind={now.kind}
        target={now.target}
        onClose={close}
        onStart={(wanted, total) => {
          setMade(wanted)
          change(now.target, wanted, total)
        }}
      />
    )
  }
  const title = now.isUndo ? 'Take it back' : TITLES[kind]
  return (
    <>
      <Dialog
        isOpen
        onClose={close}
        title={title}
        width="wide"
        isFirm={isRunning}
        actions={
          isRunning ? (
            <>
              <Button onClick={run.end} disabled={run.isEnding}>
                Stop
              </Button>
              {run.standing.kind === 'lost' && (
                <Button look="main" onClick={run.resume} disabled={run.isEnding}>
                  Go on
                </Button>
              )}
            </>
          ) : (
            <>
              {!now.isUndo && run.reversible.length > 0 && (
                <Button
                  onClick={() => {
                    setNow({ ...now, isUndo: true })
                    setWasSpent(isSpent)
                    takeBack(run.reversible)
                  }}
                >
                  Undo {countText(run.reversible.length)}
                </Button>
              )}
              {!now.isUndo && made !== null && run.refused.length > 0 && (
                <Button onClick={() => retry(run, made)}>Retry {countText(run.refused.length)}</Button>
              )}
              <Button look="main" onClick={close}>
                Close
              </Button>
            </>
          )
        }
      >
        {isRunning ? <BulkProgress run={run} /> : <BulkOutcome run={run} kind={kind} isUndo={now.isUndo} />}
      </Dialog>
      <LeaveGuard isNeeded={isRunning} title="Leave while users are being changed?">
        <p>
          It ends where it is. What was done stays: {countText(run.done)} of {numberText(run.total)} so far.
        </p>
      </LeaveGuard>
    </>
  )
}
