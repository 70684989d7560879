import { useMutation } from '@tanstack/react-query'
import type { Token } from '@rollcall/sdk'
import { answers, directory } from '../../directory/client.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { Moment } from '../../widgets/moment.tsx'
import { notify } from '../../widgets/notices.tsx'
import css from './tokens.module.css'

/** Asks once more before a token stops working. */
export function RevokeDialog({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const revoke = useMutation({
    mutationFn: () => directory.tokens.revoke(token.id),
    onSuccess: () => {
      notify(`${token.name} is revoked.`)
      void answers.invalidateQueries({ queryKey: ['tokens'] })
      onClose()
    },
  })
  const actions = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button look="danger" aria-busy={revoke.isPending} onClick={() => revoke.mutate()}>
        Revoke
      </Button>
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title={`Revoke ${token.name}?`} actions={actions}>
      <p>
        Whatever uses it stops working at once, and so do the sessions that were opened with it. It cannot be undone.
      </p>
      <p>
        Last used: <Moment at={token.lastUsedAt} none="never" />
      </p>
      {revoke.error !== null && (
        <p role="alert" className={css.fault}>
          {faultsOf(revoke.error, []).rest}
        </p>
      )}
    </Dialog>
  )
}
