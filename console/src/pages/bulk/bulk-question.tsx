import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { countText, isNumberTyped, numberText } from '../../text/count.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { TextField } from '../../widgets/field.tsx'
import { Form } from '../../widgets/form.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { BulkPreview } from './bulk-preview.tsx'
import { ChangeForm } from './change-form.tsx'
import type { Target } from './change-many.ts'
import { TITLES, type Change } from './change.ts'
import { firstOf } from './subject-query.ts'

/** More than these have to be confirmed by typing how many they are. */
const UNCONFIRMED_MAX = 100

const VERBS: Readonly<Record<Change['kind'], string>> = {
  status: 'Change',
  customer: 'Move',
  role: 'Change',
  tags: 'Change',
  delete: 'Delete',
  restore: 'Restore',
}

interface BulkQuestionProps {
  readonly kind: Change['kind']
  readonly target: Target
  readonly onClose: () => void
  readonly onStart: (change: Change, total: number) => void
}

/** What is to be done, whom it meets, and whether that is meant. */
export function BulkQuestion({ kind, target, onClose, onStart }: BulkQuestionProps) {
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
