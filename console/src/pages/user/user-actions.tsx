import { useMutation } from '@tanstack/react-query'
import { Ban, CircleCheck, Trash2, Undo2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { User } from '@rollcall/sdk'
import { answers, directory, hasStatus } from '../../directory/client.ts'
import { useMay } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { TextField } from '../../widgets/field.tsx'
import { Form } from '../../widgets/form.tsx'
import { notify } from '../../widgets/notices.tsx'
import { AgainDialog, ChangedMeanwhile } from './changed-meanwhile.tsx'
import { keepUser, useRemoval, useRestoration } from './user-query.ts'

/** What can be done with a user besides editing: suspend, activate, delete, restore. */
export function UserActions({ user }: { readonly user: User }) {
  const mayWrite = useMay('users:write')
  const [asking, setAsking] = useState<'suspended' | 'active' | null>(null)
  const [again, setAgain] = useState<'Delete' | 'Restore' | null>(null)
  const settle = () => setAgain(null)
  const removal = useRemoval(user, (now) => {
    setAgain(now.status === 'deleted' ? null : 'Delete')
    if (now.status === 'deleted') notify(`Somebody else deleted ${now.fullName} meanwhile.`)
  })
  const restoration = useRestoration((now) => {
    setAgain(now.status === 'deleted' ? 'Restore' : null)
    if (now.status !== 'deleted') notify(`Somebody else restored ${now.fullName} meanwhile: it is ${now.status} now.`)
  })
  const remove = () => removal.mutate(undefined, { onSuccess: settle })
  const restore = () => restoration.mutate(user, { onSuccess: settle })
  if (!mayWrite) return null
  const isDeleted = user.status === 'deleted'
  return (
    <>
      {isDeleted ? (
        <Button
          icon={<Undo2 aria-hidden />}
          aria-busy={restoration.isPending}
          disabled={restoration.isPending}
          onClick={restore}
        >
          Restore
        </Button>
      ) : (
        <>
          {user.status === 'active' ? (
            <Button icon={<Ban aria-hidden />} onClick={() => setAsking('suspended')}>
              Suspend
            </Button>
          ) : (
            <Button icon={<CircleCheck aria-hidden />} onClick={() => setAsking('active')}>
              Activate
            </Button>
          )}
          <Button
            icon={<Trash2 aria-hidden />}
            aria-busy={removal.isPending}
            disabled={removal.isPending}
            onClick={remove}
          >
            Delete
          </Button>
        </>
      )}
      {!isDeleted && asking !== null && <StatusDialog user={user} status={asking} onClose={() => setAsking(null)} />}
      {again !== null && (
        <AgainDialog
          user={user}
          verb={again}
          isPending={removal.isPending || restoration.isPending}
          onAgain={again === 'Delete' ? remove : restore}
          onClose={settle}
        />
      )}
    </>
  )
}

interface StatusDialogProps {
  readonly user: User
  readonly status: 'suspended' | 'active'
  readonly onClose: () => void
}

function StatusDialog({ user, status, onClose }: StatusDialogProps) {
  const [reason, setReason] = useState('')
  const formId = useId()
  const verb = status === 'active' ? 'Activate' : 'Suspend'
  const change = useMutation({
    mutationFn: () =>
      directory.users.update(
        user.id,
        { status, statusReason: reason.trim() === '' ? null : reason.trim() },
        user.revision,
      ),
    onSuccess: (changed) => {
      keepUser(changed)
      notify(`${user.fullName} is ${status}.`)
      onClose()
    },
    onError: async (error) => {
      if (hasStatus(error, 412)) await answers.invalidateQueries({ queryKey: ['user', user.id] })
    },
  })
  const isConflict = hasStatus(change.error, 412)
  const faults = faultsOf(isConflict ? null : change.error, ['statusReason'])
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${verb} ${user.fullName}`}
      actions={
        <>
          <CancelButton />
          <Button look="main" type="submit" form={formId} aria-busy={change.isPending} disabled={change.isPending}>
            {verb}
          </Button>
        </>
      }
    >
      {status === 'suspended' && <p>Tokens of a suspended user do not work, and it cannot sign in.</p>}
      <Form id={formId} draft={reason} fault={faults.rest} onSubmit={() => change.mutate()}>
        <TextField
          label="Reason"
          hint="Kept with the user, and in its history."
          autoFocus
          value={reason}
          fault={faults.of('statusReason')}
          onChange={({ target }) => setReason(target.value)}
        />
      </Form>
      {isConflict && <ChangedMeanwhile user={user} verb={verb} />}
    </Dialog>
  )
}
