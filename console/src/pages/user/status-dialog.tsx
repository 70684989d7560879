import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { User } from '@rollcall/sdk'
import { directory } from '../../directory/client.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { TextField } from '../../widgets/field.tsx'
import { Form } from '../../widgets/form.tsx'
import { notify } from '../../widgets/notices.tsx'
import { ChangedMeanwhile, type Meanwhile } from './changed-meanwhile.tsx'
import { isOutdated, keepUser, readAgain } from './user-query.ts'

interface StatusDialogProps {
  readonly user: User
  readonly status: 'suspended' | 'active'
  readonly onClose: () => void
}

/** Suspends or activates a user, with a reason; not over what somebody else has made of it without asking again. */
export function StatusDialog({ user, status, onClose }: StatusDialogProps) {
  const [reason, setReason] = useState('')
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const formId = useId()
  const verb = status === 'active' ? 'Activate' : 'Suspend'
  const change = useMutation({
    mutationFn: (shown: User) =>
      directory.users.update(
        shown.id,
        { status, statusReason: reason.trim() === '' ? null : reason.trim() },
        shown.revision,
      ),
    onSuccess: (changed) => {
      keepUser(changed)
      notify(`${changed.fullName} is ${status}.`)
      onClose()
    },
    onError: async (error, shown) => {
      const now = await readAgain(error, shown.id)
      if (now?.status === 'deleted') {
        notify(`Somebody else deleted ${now.fullName} meanwhile.`)
        onClose()
      } else if (now !== null) setMeanwhile({ seen: shown, now })
    },
  })
  const faults = faultsOf(isOutdated(change.error) && meanwhile !== null ? null : change.error, ['statusReason'])
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${verb} ${user.fullName}`}
      width={meanwhile === null ? 'narrow' : 'wide'}
      actions={
        <>
          <CancelButton>{meanwhile === null ? 'Cancel' : 'Leave it as it is'}</CancelButton>
          <Button look="main" type="submit" form={formId} aria-busy={change.isPending} disabled={change.isPending}>
            {meanwhile === null ? verb : `${verb} all the same`}
          </Button>
        </>
      }
    >
      {status === 'suspended' && <p>Tokens of a suspended user do not work, and it cannot sign in.</p>}
      <Form id={formId} draft={reason} fault={faults.rest} onSubmit={() => change.mutate(meanwhile?.now ?? user)}>
        <TextField
          label="Reason"
          hint="Kept with the user, and in its history."
          autoFocus
          value={reason}
          fault={faults.of('statusReason')}
          onChange={({ target }) => setReason(target.value)}
        />
      </Form>
      {meanwhile !== null && <ChangedMeanwhile {...meanwhile} />}
    </Dialog>
  )
}
