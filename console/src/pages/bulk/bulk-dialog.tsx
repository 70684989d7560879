import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { TextField } from '../../widgets/field.tsx'
import { Form } from '../../widgets/form.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { countText, isNumberTyped, numberText } from '../../text/count.ts'
import { LeaveGuard } from '../../work/leave-guard.tsx'
import { BulkOutcome } from './bulk-outcome.tsx'
import { BulkPreview } from './bulk-preview.tsx'
import { BulkProgress } from './bulk-progress.tsx'
import { ChangeForm } from './change-form.tsx'
import type { Change } from './change.ts'
import type { Target } from './change-many.ts'
import { firstOf } from './subject-query.ts'
import { useBulkRun } from './use-bulk-run.ts'

interface BulkDialogProps {
  readonly kind: Change['kind']
  readonly target: Target
  /** Called with whether the users may be gone from the list. */
  readonly onClose: (isSpent: boolean) => void
}

/** More than these have to be confirmed by typing how many they are. */
const UNCONFIRMED_MAX = 100

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
      <Question
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

const TITLES: Readonly<Record<Change['kind'], string>> = {
  status: 'Change the status',
  customer: 'Move to a customer',
  role: 'Change the role',
  tags: 'Change tags',
  delete: 'Delete users',
  restore: 'Restore users',
}

interface QuestionProps {
  readonly kind: Change['kind']
  readonly target: Target
  readonly onClose: () => void
  readonly onStart: (change: Change, total: number) => void
}

function Question({ kind, target, onClose, onStart }: QuestionProps) {
  const [change, setChange] = useState<Change | null>(kind === 'delete' || kind === 'restore' ? { kind } : null)
  const [typed, setTyped] = useState('')
  const first = useQuery(firstOf(target))
  const total = first.data?.total ?? 0
  const isConfirmed = total <= UNCONFIRMED_MAX || isNumberTyped(typed, total)
  const canStart = change !== null && total > 0 && isConfirmed && !first.isFetching
  const start = () => {
    if (canStart) onStart(change, total)
  }
  const count = first.data === undefined ? 'users' : countText(total)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={TITLES[kind]}
      width="wide"
      actions={
        <>
          <CancelButton />
          <Button look={kind === 'delete' ? 'danger' : 'main'} disabled={!canStart} type="submit" form="bulk-change">
            {VERBS[kind]} {count}
          </Button>
        </>
      }
    >
      <Form id="bulk-change" onSubmit={start}>
        <ChangeForm kind={kind} onChange={setChange} />
      </Form>
      {first.isPending && <Skeleton lines={4} label="Looking who it meets" />}
      {first.isError && <Fault error={first.error} onRetry={() => void first.refetch()} />}
      {first.data !== undefined && <BulkPreview change={change} users={first.data.users} total={total} />}
      {total > UNCONFIRMED_MAX && (
        <TextField
          label={`Type ${numberText(total)} to confirm`}
          hint={`This meets ${countText(total)}.`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          form="bulk-change"
          inputMode="numeric"
          autoComplete="off"
        />
      )}
    </Dialog>
  )
}

const VERBS: Readonly<Record<Change['kind'], string>> = {
  status: 'Change',
  customer: 'Move',
  role: 'Change',
  tags: 'Change',
  delete: 'Delete',
  restore: 'Restore',
}
